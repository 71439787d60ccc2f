"""Checks of single values, used by the types when they are made."""

from __future__ import annotations

from math import isfinite

from goodword.engine.errors import NotANumber, Reversed

LONGEST_S = 4.0e9  # 126 years: a time beyond it is a mistake (milliseconds, say), never a day


def check_time(value: float | None, *, name: str, owner: str) -> None:
    """Refuse a time that is not finite or absurdly far from the origin; None passes.

    Raises
    ------
    NotANumber
    """
    if value is not None and not (isfinite(value) and abs(value) <= LONGEST_S):
        raise NotANumber(name=name, owner=owner, value=value, needed="a finite number of seconds near the origin")


def check_at_least(value: float, least: float, *, name: str, owner: str) -> None:
    """Refuse a value below `least`, infinite or not a number.

    Raises
    ------
    NotANumber
    """
    if not (isfinite(value) and least <= value <= LONGEST_S):
        raise NotANumber(name=name, owner=owner, value=value, needed=f"finite and at least {least:g}")


def check_positive(value: float, *, name: str, owner: str) -> None:
    """Refuse zero, negative, infinite and not-a-number values.

    Raises
    ------
    NotANumber
    """
    if not (isfinite(value) and 0.0 < value <= LONGEST_S):
        raise NotANumber(name=name, owner=owner, value=value, needed="finite and above 0")


def check_share(value: float, *, name: str, owner: str) -> None:
    """Refuse what is not a probability.

    Raises
    ------
    NotANumber
    """
    if not (isfinite(value) and 0.0 <= value <= 1.0):
        raise NotANumber(name=name, owner=owner, value=value, needed="between 0 and 1")


def check_interval(from_s: float, to_s: float, *, name: str, owner: str) -> None:
    """Refuse an interval that is not finite, reversed or empty.

    Raises
    ------
    NotANumber, Reversed
    """
    check_time(from_s, name=f"{name} start", owner=owner)
    check_time(to_s, name=f"{name} end", owner=owner)
    if to_s <= from_s:
        raise Reversed(name=name, owner=owner, from_s=from_s, to_s=to_s)
