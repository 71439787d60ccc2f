"""Who reacts to an event, who may object to an action: by name, so that no lower room imports a higher one."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def _table(module: str, which: str) -> dict[str, list[str]]:
    return getattr(import_module(module), which)  # type: ignore[no-any-return]


def reactions_to(event: str) -> list[str]:
    """Dotted names of the functions that react to ``event``."""
    return _table(settings.GOODWORD_WIRING, "reactions").get(event, [])


def objections_to(action: str) -> list[Callable[..., Any]]:
    return [import_string(name) for name in _table(settings.GOODWORD_WIRING, "objections").get(action, [])]


def commands() -> dict[str, str]:
    """Dotted names of the handlers of the command kinds that clients may send."""
    return _table(settings.GOODWORD_WIRING, "commands")  # type: ignore[return-value]
