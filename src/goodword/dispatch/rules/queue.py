"""Who is answered first, and why: the reasons that are printed are the sum that sorts (S1-20)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

# Every weight is ours, in points; the owner may change them. The smallest flag (60) outranks the longest wait (40):
# flags go before first in, first out (S1-1). Danger to life goes before everything else together.
HARM: Final[Mapping[str, int]] = {
    "gas": 2000,
    "sparks": 2000,
    "device": 2000,
    "water": 150,
    "waste": 120,
    "no_heating": 100,
    "no_water": 100,
    "cold_store": 80,
    "closed": 80,
}
PEOPLE: Final[Mapping[str, int]] = {"medical": 150, "infant": 100, "elderly": 80, "alone": 60}
EMERGENCY: Final = 100
SEVERITY: Final = 30
MOST_OF_A_DEADLINE: Final = 90
DEADLINE_WITHIN: Final = timedelta(hours=24)
MOST_OF_A_PROMISE: Final = 90
PROMISE_WITHIN: Final = timedelta(hours=4)
MOST_OF_A_WAIT: Final = 40
WAIT_WITHIN: Final = timedelta(hours=8)

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """One request that waits for an answer.

    Attributes
    ----------
    emergency, severity
        Of the kind of work; severity from 0 to 2.
    harm, people
        Codes of what goes wrong and of whom it hits.
    needed_by
        By when they need it, as they said (S4-35).
    promised_by
        By when we said that we would call, if we did.
    """

    key: str
    taken_at: datetime
    emergency: bool = False
    severity: int = 0
    harm: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    needed_by: datetime | None = None
    promised_by: datetime | None = None


@dataclass(frozen=True)
class Because:
    """One reason: ``emergency``, ``severity``, ``harm``, ``people``, ``needed_by``, ``promised_by`` or ``waits``."""

    code: str
    points: float
    about: str = ""


@dataclass(frozen=True)
class Place:
    """Where a request stands: the first is 1. ``reasons``: the heaviest first; their points are ``points``."""

    number: int
    waiting: Waiting
    points: float
    reasons: tuple[Because, ...]


def order(rows: Iterable[Waiting], now: datetime) -> list[Place]:
    """The queue, the most urgent first.

    Parameters
    ----------
    rows
        In any order; the result does not depend on it.
    now
        Company time, aware.

    Returns
    -------
    list of Place
        By points, then by deadline, then by who asked first, then by key.
    """
    weighed = [(row, reasons(row, now)) for row in rows]
    weighed.sort(key=lambda pair: _key(*pair))
    return [Place(n, row, points(why), why) for n, (row, why) in enumerate(weighed, start=1)]


def _key(row: Waiting, why: tuple[Because, ...]) -> tuple[float, datetime, datetime, str]:
    return -points(why), row.needed_by or _NEVER, row.taken_at, row.key


def points(why: Iterable[Because]) -> float:
    """What the reasons weigh together, to a thousandth: two requests do not change places by a rounding."""
    return round(sum(one.points for one in why), 3)


def reasons(row: Waiting, now: datetime) -> tuple[Because, ...]:
    """Everything that counts for this request, the heaviest first. Unknown codes weigh as the smallest flag does.

    A deadline or a promised call weighs more the nearer it is, and most when it has passed; a wait weighs more the
    longer it is, up to a limit.
    """
    found = [Because("harm", HARM.get(code, min(PEOPLE.values())), code) for code in row.harm]
    found += [Because("people", PEOPLE.get(code, min(PEOPLE.values())), code) for code in row.people]
    if row.emergency:
        found.append(Because("emergency", EMERGENCY))
    if row.severity:
        found.append(Because("severity", SEVERITY * row.severity))
    if row.needed_by is not None:
        found.append(Because("needed_by", _near(row.needed_by - now, DEADLINE_WITHIN, MOST_OF_A_DEADLINE)))
    if row.promised_by is not None:
        found.append(Because("promised_by", _near(row.promised_by - now, PROMISE_WITHIN, MOST_OF_A_PROMISE)))
    waited = min(max(now - row.taken_at, timedelta()), WAIT_WITHIN)
    found.append(Because("waits", MOST_OF_A_WAIT * (waited / WAIT_WITHIN)))
    return tuple(sorted(found, key=lambda one: (-one.points, one.code, one.about)))


def _near(left: timedelta, within: timedelta, most: int) -> float:
    """From 0 for what is far away to ``most`` for what is due."""
    return most * (1 - min(max(left, timedelta()), within) / within)


def ahead(first: Place, second: Place) -> str:
    """The kind of reason by which one stands before the other: the one with the largest difference.

    ``needed_by`` or ``waits`` where the points are equal; empty where ``first`` does not stand before ``second``.
    """
    if first.number >= second.number:
        return ""
    if first.points == second.points:
        return "needed_by" if first.waiting.needed_by != second.waiting.needed_by else "waits"
    kinds = {one.code for one in first.reasons}
    gain = {kind: _of(first, kind) - _of(second, kind) for kind in kinds}
    return max(sorted(gain), key=lambda kind: gain[kind])


def _of(place: Place, kind: str) -> float:
    return sum(one.points for one in place.reasons if one.code == kind)
