"""Objections: read-only checks inside an action's transaction. Their answers are the phone's to-do list."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import Refusal
from goodword.kit.wiring import objections_to


@dataclass(frozen=True)
class Ask:
    """One missing step: what to say, which commands clear it, and the way on (definitions 4.13)."""

    code: str
    says: str | Promise
    cleared_by: tuple[str, ...] = ()
    way_on: str | Promise = ""


class Asks(Refusal):
    """Held where nobody can be asked back; what is missing may still be on its way, then it goes through by itself."""

    code = "asks"
    says = _("Before this, there is something to settle: {first}")
    waits = True

    def __init__(self, asks: list[Ask]) -> None:
        self.asks = asks
        super().__init__(first=str(asks[0].says), asks=[_plain(a) for a in asks])


def _plain(ask: Ask) -> dict[str, Any]:
    return {"code": ask.code, "says": str(ask.says), "cleared_by": list(ask.cleared_by), "way_on": str(ask.way_on)}


def objections(action: str, **subject: Any) -> list[Ask]:
    """What the rooms above have to say about ``action``, in the order of the wiring."""
    return [ask for check in objections_to(action) for ask in check(**subject)]


def ask(action: str, **subject: Any) -> None:
    """Raise :class:`Asks` when any room objects."""
    if missing := objections(action, **subject):
        raise Asks(missing)
