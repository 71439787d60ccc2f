"""Input the engine cannot reason about. Each error is a `ValueError` that carries its code and its facts."""

from __future__ import annotations

from typing import ClassVar

Fact = str | int | float | bool | None


class EngineError(ValueError):
    """The problem as given makes no sense; nothing was computed.

    Parameters
    ----------
    **facts : str, int, float, bool or None
        What was wrong and where; the words of `says` are filled from them.

    Attributes
    ----------
    code : str
        Stable kebab-case name of the kind of error.
    facts : dict
        The facts as given.
    """

    code: ClassVar[str] = "engine-error"
    says: ClassVar[str] = "The engine cannot use this input."

    def __init__(self, **facts: Fact) -> None:
        self.facts = facts
        super().__init__(self.says.format(**facts))


class NotANumber(EngineError):
    """A value is infinite, not a number, or outside the range its meaning allows."""

    code = "not-a-number"
    says = "{name} of {owner} is {value}; it must be {needed}."


class Reversed(EngineError):
    """An interval ends before (or exactly when) it begins."""

    code = "reversed"
    says = "The {name} of {owner} runs from {from_s} to {to_s}: backwards or empty."


class BadMatrix(EngineError):
    """A travel matrix is not square, has another shape than its twin, or holds negative or infinite values."""

    code = "bad-matrix"
    says = "The {name} matrix is unusable: {why}."


class UnknownKey(EngineError):
    """Somebody refers to a visit, technician or site that the problem does not hold."""

    code = "unknown-key"
    says = "{owner} refers to {kind} {key}, which is not in the problem."


class DuplicateKey(EngineError):
    """The same key stands twice where it may stand once."""

    code = "duplicate-key"
    says = "{kind} {key} is given twice."


class Contradiction(EngineError):
    """Two facts that cannot both hold, such as a visit pinned to one technician in the route of another."""

    code = "contradiction"
    says = "{owner}: {why}."


class MovedOn(EngineError):
    """A repair was computed on another state of the branch than the present one; it must be asked for again."""

    code = "moved-on"
    says = "Something has changed since this repair was computed; ask again."
