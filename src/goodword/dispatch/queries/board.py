"""Today: a branch's day by technician, with what was said, what is forecast and what is in the way."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goodword.crew import queries as crew
from goodword.crew.models import Branch
from goodword.dispatch.models import Forecast
from goodword.promises import queries as promises
from goodword.promises.models import Mark, Promise
from goodword.promises.rules import State
from goodword.visits import queries as visits
from goodword.visits.models import Visit
from goodword.visits.queries.day import day_of
from goodword.visits.rules import Stage


@dataclass(frozen=True)
class Stop:
    """One visit of the day with its promise and its forecast, as far as there are any; ``missing``: critical parts."""

    visit: Visit
    promise: Promise | None = None
    forecast: Forecast | None = None
    missing: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        verdict = getattr(self.promise, "verdict", None)
        return verdict.state if verdict is not None else State.OPEN

    @property
    def marks(self) -> Mapping[str, datetime]:
        return promises.marks_of(self.promise) if self.promise is not None else {}

    @property
    def is_at_risk(self) -> bool:
        """P-27: computed from the forecast or from a critical part that is missing, only while the promise is open."""
        if self.verdict != State.OPEN or self.visit.arrived_at is not None:
            return False
        p_kept = self.forecast.p_kept if self.forecast is not None else None
        return (p_kept is not None and p_kept < 0.9) or (self.promise is not None and bool(self.missing))

    @property
    def at_risk_since(self) -> datetime | None:
        return self.marks.get(Mark.Kind.AT_RISK)

    @property
    def known_since(self) -> datetime | None:
        return self.marks.get(Mark.Kind.KNOWN)


@dataclass(frozen=True)
class Lane:
    """A technician's row."""

    person_id: UUID
    name: str
    skills: tuple[str, ...]
    starts_at: datetime | None
    ends_at: datetime | None
    absent: bool
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Board:
    """The day as Today shows it."""

    branch: Branch
    day: date
    lanes: tuple[Lane, ...]
    unassigned: tuple[Stop, ...]

    @property
    def stops(self) -> tuple[Stop, ...]:
        return tuple(s for lane in self.lanes for s in lane.stops) + self.unassigned

    @property
    def at_risk(self) -> list[Stop]:
        """Who must hear first: the promise that ends soonest."""
        return sorted((s for s in self.stops if s.is_at_risk), key=_closes)

    @property
    def done(self) -> list[Stop]:
        """Newest first."""
        over = [s for s in self.stops if s.visit.completed_at is not None]
        return sorted(over, key=lambda s: s.visit.completed_at or s.visit.id, reverse=True)

    @property
    def counts(self) -> Mapping[str, int]:
        """Visits by what the technician is doing: done, at_work, driving, to_come."""
        return Counter(_doing(s.visit) for s in self.stops)


def _closes(stop: Stop) -> datetime:
    assert stop.promise is not None
    return stop.promise.closes_at


def _doing(visit: Visit) -> str:
    if visit.stage is Stage.OVER:
        return "done"
    if visit.arrived_at is not None:
        return "at_work"
    return "driving" if visit.on_the_way_at is not None else "to_come"


def board(branch: Branch, day: date) -> Board:
    """The day of a branch, in a number of queries that does not grow with its visits."""
    since, until = day_of(day, branch.zone)
    rows = list(visits.visits_of_day(branch.id, since, until))
    stops = stops_of(rows)
    by_person: dict[UUID | None, list[Stop]] = defaultdict(list)
    for stop in stops:
        by_person[stop.visit.technician_id].append(stop)
    lanes = [_lane(t, by_person.pop(t.person.id, []), since, until) for t in crew.technicians(branch, day)]
    unassigned = tuple(by_person.pop(None, []))
    visiting = [
        Lane(person or branch.id, s[0].visit.technician.name, (), None, None, False, tuple(s))  # type: ignore[union-attr]
        for person, s in by_person.items()
    ]
    return Board(branch, day, tuple(lanes + visiting), unassigned)


def _lane(t: crew.Technician, stops: list[Stop], since: datetime, until: datetime) -> Lane:
    away = any(a.starts_at < until and a.ends_at > since for a in t.absences)
    starts_at, ends_at = (t.shift.starts_at, t.shift.ends_at) if t.shift is not None else (None, None)
    return Lane(t.person.id, t.person.name, tuple(t.skills), starts_at, ends_at, away, tuple(stops))


def stops_of(rows: list[Visit]) -> list[Stop]:
    """Visits with their promises, forecasts and missing parts, in five queries."""
    windows = promises.windows_of(v.id for v in rows)
    forecasts = Forecast.objects.in_bulk([v.id for v in rows])
    missing = visits.missing_parts(v.order_id for v in rows)
    return [Stop(v, windows.get(v.id), forecasts.get(v.id), tuple(missing.get(v.order_id, ()))) for v in rows]
