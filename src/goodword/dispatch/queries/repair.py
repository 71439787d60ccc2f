"""Ways to mend a branch's day, as last worked out, with names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.crew.models import Branch, Person
from goodword.dispatch.models import Proposal
from goodword.dispatch.queries.consequence import ChangedPromise
from goodword.dispatch.rules.words import trade_words
from goodword.kit.calendar import read_instant
from goodword.visits.models import Visit


@dataclass(frozen=True)
class MovedVisit:
    """A visit that somebody else makes, or at another place of the day. ``before``: empty where nobody had it."""

    visit_id: UUID
    customer: str
    before: str
    to: str
    start: datetime | None
    says: tuple[str, ...]

    @property
    def stays(self) -> bool:
        return self.before == self.to


@dataclass(frozen=True)
class Unserved:
    """A visit to which nobody comes even so, and why."""

    visit_id: UUID
    customer: str
    says: str


@dataclass(frozen=True)
class Way:
    """One way, whole. ``told``: customers to whom somebody else comes; ``broken_after``: expected number of misses."""

    key: str
    says: str
    told: int
    broken_after: float
    added_travel_s: float
    added_overtime_s: float
    moves: tuple[MovedVisit, ...]
    promises: tuple[ChangedPromise, ...]
    unserved: tuple[Unserved, ...]


@dataclass(frozen=True)
class Ways:
    """What could be done now, the cheapest first. ``broken_before``: expected misses if nothing is done."""

    branch: Branch
    made_at: datetime
    broken_before: float
    label: str
    ways: tuple[Way, ...]


def ways_to_mend(branch: Branch) -> Ways | None:
    """What was proposed with the last forecast; None: nothing is needed, or nothing would help. Three queries."""
    row = Proposal.objects.filter(branch=branch).first()
    if row is None:
        return None
    names = _Names(row.ways)
    return Ways(branch, row.made_at, row.broken_before, row.label, tuple(_way(one, names) for one in row.ways))


class _Names:
    """Customers and technicians of all ways, asked for once each."""

    def __init__(self, ways: Iterable[Mapping[str, Any]]) -> None:
        listed = [*ways]
        visits = {row["visit"] for one in listed for part in ("moves", "promises", "unserved") for row in one[part]}
        people = {move[side] for one in listed for move in one["moves"] for side in ("before", "to")} - {None}
        rows = Visit.objects.filter(id__in=visits).values_list("id", "order__customer__name")
        self.customers = {str(key): name for key, name in rows}
        self.people = {str(key): name for key, name in Person.objects.filter(id__in=people).values_list("id", "name")}


def _way(one: Mapping[str, Any], names: _Names) -> Way:
    starts = {row["visit"]: read_instant(row["start"]) for row in one["planned"]}
    return Way(
        key=one["key"],
        says=trade_words(one["trades"]),
        told=one["told"],
        broken_after=one["broken_after"],
        added_travel_s=one["added_travel_s"],
        added_overtime_s=one["added_overtime_s"],
        moves=tuple(
            MovedVisit(
                UUID(row["visit"]),
                names.customers.get(row["visit"], ""),
                names.people.get(row["before"], ""),
                names.people.get(row["to"], ""),
                starts.get(row["visit"]),
                tuple(row["says"]),
            )
            for row in one["moves"]
        ),
        promises=tuple(
            ChangedPromise(
                UUID(row["visit"]),
                names.customers.get(row["visit"], ""),
                row["p_before"],
                row["p_after"],
                _maybe(row["arrival_before"]),
                _maybe(row["arrival_after"]),
            )
            for row in one["promises"]
        ),
        unserved=tuple(
            Unserved(UUID(row["visit"]), names.customers.get(row["visit"], ""), row["says"]) for row in one["unserved"]
        ),
    )


def _maybe(text: str | None) -> datetime | None:
    return read_instant(text) if text is not None else None
