"""The one door for writes: rows change only inside an action, or inside a piece of machinery on a short list.

The tests' connection wrapper asks :func:`writing` before every INSERT, UPDATE and DELETE.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

_writing: ContextVar[str | None] = ContextVar("writing", default=None)
MACHINERY: dict[str, Callable[..., Any]] = {}


def writing() -> str | None:
    """The name of the action or machinery that is open in this thread, if any."""
    return _writing.get()


@contextmanager
def opened(name: str) -> Iterator[None]:
    token = _writing.set(name)
    try:
        yield
    finally:
        _writing.reset(token)


def machinery[**P, R](name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a writer that is not an action (relay, sealer, leases, projections). ``tests/house`` holds the list."""

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def inner(*args: P.args, **kwargs: P.kwargs) -> R:
            with opened(name):
                return function(*args, **kwargs)

        MACHINERY[name] = inner
        return inner

    return wrap
