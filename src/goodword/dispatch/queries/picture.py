"""One consistent picture of a branch for the engine: rows in, plain arrays out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from goodword import engine
from goodword.crew import queries as crew
from goodword.crew.models import Branch, Engagement
from goodword.dispatch.models import Option
from goodword.dispatch.queries.learned import Learned, learned
from goodword.dispatch.queries.roads import travel_between
from goodword.dispatch.queries.weights import weights_of
from goodword.kit.calendar import zone
from goodword.promises import queries as promises
from goodword.promises.models import Promise
from goodword.visits import queries as visits
from goodword.visits.models import Visit, WorkType
from goodword.visits.queries.day import day_of

SCENARIOS = 128
SEED = 20_260_913  # ours: every question of a day meets the same luck

Point = tuple[float, float]


@dataclass
class Picture:
    """The problem, and what its keys and seconds stand for."""

    branch: Branch
    origin: datetime
    now: datetime
    problem: engine.Problem
    sites: dict[Point, int]
    points: list[Point]
    visits: dict[str, Visit]
    windows: dict[UUID, Promise]
    people: dict[str, str]
    shifts: dict[str, UUID] = field(default_factory=dict)
    learned: Learned = field(default_factory=Learned)

    def seconds(self, at: datetime) -> float:
        return (at - self.origin).total_seconds()

    def instant(self, seconds: float) -> datetime:
        return self.origin + timedelta(seconds=round(seconds))

    def name_of(self, key: str) -> str:
        """A person's or a customer's name for a key of the problem."""
        if key in self.visits:
            return self.visits[key].order.customer.name
        return self.people.get(key, key)


def picture_of(
    branch: Branch,
    first: date,
    days: int,
    now: datetime,
    *,
    places: Sequence[Point] = (),
    leave_out: Iterable[UUID] = (),
    also: Iterable[Visit] = (),
) -> Picture:
    """The branch from ``first`` on for some days, as it stands now.

    Parameters
    ----------
    places
        Further sites (lat, lon) that the question is about.
    leave_out
        Engagements or visits (by what they are about) that are to be imagined away: the hold being checked, the visit
        being moved.
    also
        Visits that no plan holds yet: nobody is assigned, no time is planned.
    """
    builder = _Builder(branch, first, days, now, set(leave_out))
    return builder.build(list(places), list(also))


class _Builder:
    """Collects technicians, visits and holds; then asks for the roads once."""

    def __init__(self, branch: Branch, first: date, days: int, now: datetime, leave_out: set[UUID]) -> None:
        self.branch, self.now, self.leave_out = branch, now, leave_out
        self.days = [first + timedelta(days=n) for n in range(days)]
        self.origin = day_of(first, branch.zone)[0]
        self.end = day_of(self.days[-1], branch.zone)[1]
        self.points: list[Point] = [(branch.lat, branch.lon)]
        self.index: dict[Point, int] = {self.points[0]: 0}
        self.people: dict[str, str] = {}
        self.shifts: dict[str, UUID] = {}
        self.learned = learned(branch.id, now)

    def build(self, places: list[Point], also: list[Visit]) -> Picture:
        technicians = [t for n, day in enumerate(self.days) for t in self._technicians(day, n)]
        rows = [v for v in visits.visits_of_day(self.branch.id, self.origin, self.end) if v.id not in self.leave_out]
        rows += [v for v in also if v.id not in {row.id for row in rows}]
        windows = dict(promises.windows_of(v.id for v in rows))
        routed: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        known = {t.key for t in technicians}
        planned = [self._visit(v, windows.get(v.id)) for v in rows]
        for row in rows:
            self._route(routed, known, row.technician_id, row.planned_start, str(row.id))
        planned += self._holds(routed, known, {row.id for row in rows})
        for place in places:
            self.site(place)
        weights = weights_of(self.branch.id, self.now)
        problem = engine.Problem(
            technicians=tuple(technicians),
            visits=tuple(planned),
            routes=tuple(
                engine.Route(technician=key, visits=tuple(v for _, v in sorted(stops))) for key, stops in routed.items()
            ),
            travel=self.learned.travel(travel_between(self.points)),
            now_s=self._s(self.now),
            costs=weights.costs(),
            policy=weights.policy(),
            seed=SEED,
            scenarios=SCENARIOS,
        )
        by_key = {str(v.id): v for v in rows}
        return Picture(
            self.branch,
            self.origin,
            self.now,
            problem,
            self.index,
            self.points,
            by_key,
            windows,
            self.people,
            self.shifts,
            self.learned,
        )

    def site(self, point: Point) -> int:
        if point not in self.index:
            self.index[point] = len(self.points)
            self.points.append(point)
        return self.index[point]

    def _at(self, lat: float | None, lon: float | None) -> int:
        """The site of a place; one that is not on the map yet counts as the depot."""
        return 0 if lat is None or lon is None else self.site((lat, lon))

    def _s(self, at: datetime) -> float:
        return (at - self.origin).total_seconds()

    def _technicians(self, day: date, number: int) -> list[engine.Technician]:
        found = []
        for row in crew.technicians(self.branch, day):
            if row.shift is None:
                continue
            person = row.person
            key = f"{person.id}:{day}"
            self.people[key] = self.people[str(person.id)] = person.name
            self.shifts[key] = person.id
            found.append(
                engine.Technician(
                    key=key,
                    person=str(person.id),
                    day=number,
                    shift_start_s=self._s(row.shift.starts_at),
                    shift_end_s=self._s(row.shift.ends_at),
                    start_site=self._at(person.base_lat, person.base_lon),
                    skills=dict(row.skills),
                    duration_factor=self.learned.factor(person.id),
                    absences=tuple(
                        engine.Absence(from_s=self._s(a.starts_at), to_s=self._s(a.ends_at)) for a in row.absences
                    ),
                )
            )
        return found

    def _route(
        self,
        routed: dict[str, list[tuple[datetime, str]]],
        known: set[str],
        person: UUID | None,
        at: datetime | None,
        key: str,
    ) -> None:
        if person is None or at is None:
            return
        shift = f"{person}:{at.astimezone(zone(self.branch.zone)).date()}"
        if shift in known:
            routed[shift].append((at, key))

    def _visit(self, row: Visit, window: Promise | None) -> engine.Visit:
        site, work = row.order.site, row.order.work_type
        promised = None
        if window is not None and window.opens_at is not None:
            promised = engine.Window(opens_s=self._s(window.opens_at), closes_s=self._s(window.closes_at))
        return engine.Visit(
            key=str(row.id),
            site=self._at(site.lat, site.lon),
            duration=self._duration(row, work),
            skills=dict.fromkeys(work.skills, 1),
            window=promised,
            not_before_s=self._not_before(row),
            planned=self._planned(row),
            severity=engine.Severity(min(work.severity, 2)),
            progress=engine.Progress(
                on_the_way_s=self._maybe(row.on_the_way_at),
                arrived_s=self._maybe(row.arrived_at),
                started_s=self._maybe(row.work_started_at),
                finished_s=self._maybe(row.completed_at),
            ),
        )

    def _maybe(self, at: datetime | None) -> float | None:
        """Seconds; a phone's claim of a future time counts as now."""
        return None if at is None else self._s(min(at, self.now))

    def _planned(self, row: Visit) -> engine.Planned | None:
        if row.planned_start is None or row.planned_end is None or row.completed_at is not None:
            return None
        return engine.Planned(start_s=self._s(row.planned_start), end_s=self._s(row.planned_end))

    def _duration(self, row: Visit, work: WorkType) -> engine.Duration:
        """Learned, or assumed from the work type; what was said about running late while working replaces it."""
        if row.late_by_s and row.arrived_at and row.planned_start and row.planned_end:
            said = (row.planned_end - row.planned_start).total_seconds() + row.late_by_s
            return engine.Duration(mean_s=said, cv=work.cv / 3, assumed=True)
        return self.learned.duration(work)

    def _not_before(self, row: Visit) -> float | None:
        """A technician who says before the door that they run late does not arrive before the plan plus that much."""
        if row.late_by_s and row.arrived_at is None and row.planned_start is not None:
            return self._s(row.planned_start) + row.late_by_s
        return None

    def _holds(
        self, routed: dict[str, list[tuple[datetime, str]]], known: set[str], seen: set[UUID]
    ) -> list[engine.Visit]:
        """Held offers stand in the day like visits: as exclusive, without a promise of their own."""
        people = set(self.shifts.values())
        rows = crew.engagements(people, self.origin, self.end)
        found = []
        for row in rows:
            if row.kind != Engagement.Kind.HOLD or row.about_id in self.leave_out or row.about_id in seen:
                continue
            start, end = row.during.lower, row.during.upper
            key = f"hold:{row.about_id}"
            length = (end - start).total_seconds()
            found.append(
                engine.Visit(
                    key=key,
                    site=self._site_of_hold(row.about_id),
                    duration=engine.Duration(mean_s=length, cv=0.3),
                    window=engine.Window(opens_s=self._s(start) - 3600, closes_s=self._s(start) + 3600),
                    planned=engine.Planned(start_s=self._s(start), end_s=self._s(end)),
                    pinned=True,
                )
            )
            self._route(routed, known, row.person_id, start, key)
        return found

    def _site_of_hold(self, option_id: UUID) -> int:
        place = place_of_option(option_id)
        return self.site(place) if place else 0


def place_of_option(option_id: UUID) -> Point | None:
    """Where a held option would take the technician."""
    option = (
        Option.objects.filter(id=option_id).select_related("offer__request__site", "offer__moving__order__site").first()
    )
    if option is None:
        return None
    site = option.offer.request.site if option.offer.request else option.offer.moving.order.site  # type: ignore[union-attr]
    return on_the_map(site.lat, site.lon)


def on_the_map(lat: float | None, lon: float | None) -> Point | None:
    return None if lat is None or lon is None else (lat, lon)
