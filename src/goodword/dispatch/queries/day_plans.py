"""Plans of a day as people read them: names and sentences for what the account keeps; beside it the day as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from goodword import engine
from goodword.crew.models import Branch, Person
from goodword.crew.queries import Viewer
from goodword.dispatch.models import DayPlan, EveningPlan
from goodword.dispatch.queries.account import Kept, day_to_plan, sums
from goodword.dispatch.queries.offers import in_words
from goodword.dispatch.queries.repair import Unserved
from goodword.kit.calendar import read_instant
from goodword.visits.models import Visit
from goodword.visits.queries import day_of


@dataclass(frozen=True)
class Pair:
    """The day as it stands, and as it would be."""

    before: float
    after: float


@dataclass(frozen=True)
class PlanStop:
    """One visit of a technician in the plan. ``before``: who has it now, empty where nobody has; ``p``: of keeping."""

    visit_id: UUID
    customer: str
    before: str
    was_at: datetime | None
    start: datetime | None
    p_before: float | None
    p_after: float | None
    arrival_before: datetime | None
    arrival_after: datetime | None


@dataclass(frozen=True)
class PlanLane:
    """One technician's day in the plan, in order. Seconds are expected ones."""

    person_id: UUID
    name: str
    changed: bool
    driving_s: Pair
    overtime_s: Pair
    stops: tuple[PlanStop, ...]


@dataclass(frozen=True)
class Against:
    """What a plan breaks: the customer or the technician it is about, and the rule in a sentence."""

    name: str
    says: str


@dataclass(frozen=True)
class PlanOut:
    """A plan that was worked out. ``stands``, ``then``: the rules that the day breaks as it is, and with the plan."""

    broken: Pair
    driving_s: Pair
    overtime_s: Pair
    value_s: Pair
    rounds: int
    stopped: bool
    lanes: tuple[PlanLane, ...]
    left_out: tuple[Unserved, ...]
    stands: tuple[Against, ...]
    then: tuple[Against, ...]

    @property
    def changed(self) -> list[PlanLane]:
        return [lane for lane in self.lanes if lane.changed]


@dataclass(frozen=True)
class Stands:
    """The plan as it is, made by whomever, scored and explained as one that was computed."""

    broken: float
    driving_s: float
    overtime_s: float
    value_s: float
    left_out: tuple[Unserved, ...]
    rules: tuple[Against, ...]


def plans_visible_to(viewer: Viewer) -> QuerySet[DayPlan]:
    """Plans of the branches that the viewer reads."""
    rows = DayPlan.objects.select_related("branch")
    if not viewer.reads_branches:
        return rows.none()
    return rows if viewer.branches is None else rows.filter(branch__in=viewer.branches)


def newest_plan(branch: Branch, day: date) -> DayPlan | None:
    """The last one asked for, whatever became of it."""
    rows = DayPlan.objects.select_related("branch").filter(branch=branch, day=day)
    return rows.order_by("-asked_at", "-id").first()


def evening_plan(branch: Branch) -> EveningPlan | None:
    """Whether, and when, the branch's next day is planned by itself."""
    return EveningPlan.objects.filter(branch=branch).first()


def what_was_found(row: DayPlan) -> PlanOut | None:
    """None: it is not worked out yet. Two queries for the names."""
    found = row.found
    if not found:
        return None
    names = _Names(row)
    sum_of = {key: Pair(*found["sums"][key]) for key in ("broken", "driving_s", "overtime_s", "value_s")}
    return PlanOut(
        **sum_of,
        rounds=found["sums"]["rounds"],
        stopped=found["sums"]["stopped"],
        lanes=tuple(_lane(lane, names) for lane in found["lanes"]),
        left_out=tuple(
            Unserved(UUID(one["visit"]), names.name_of(one["visit"]), names.says(one))
            for one in found["left_out"]
            if not one["visit"].startswith("hold:")
        ),
        stands=_against(found["rules"], 0, names),
        then=_against(found["rules"], 1, names),
    )


def as_it_stands(branch: Branch, day: date, now: datetime) -> Stands:
    """Score and explain the day as it is planned now."""
    picture = day_to_plan(branch, day, now)
    seen = engine.explain(picture.problem, picture.problem.routes)
    total = {key: one[0] for key, one in sums(picture.problem, [seen]).items()}
    return Stands(
        **total,
        left_out=tuple(
            Unserved(picture.visits[one.visit].id, picture.name_of(one.visit), in_words(picture, one.reason))
            for one in seen.left_out
            if one.visit in picture.visits
        ),
        rules=tuple(
            Against(picture.name_of(key), in_words(picture, why))
            for key, reasons in seen.broken_rules.items()
            if not key.startswith("hold:")
            for why in reasons
        ),
    )


class _Names:
    """Names and instants for what a plan keeps; what :func:`in_words` needs."""

    def __init__(self, row: DayPlan) -> None:
        self.branch, self.origin = row.branch, day_of(row.day, row.branch.zone)[0]
        lanes, left = row.found["lanes"], row.found["left_out"]
        stops = [stop for lane in lanes for stop in lane["stops"]]
        people = {lane["person"] for lane in lanes} | {stop["before"] for stop in stops} - {None}
        ids = {one["visit"] for one in [*stops, *left] if not one["visit"].startswith("hold:")}
        rows = Visit.objects.filter(id__in=ids).values_list("id", "order__customer__name")
        self.known = {str(key): name for key, name in rows}
        self.known |= {str(key): name for key, name in Person.objects.filter(id__in=people).values_list("id", "name")}

    def instant(self, seconds: float) -> datetime:
        return self.origin + timedelta(seconds=round(seconds))

    def name_of(self, key: str) -> str:
        """Of a visit's customer, a person, or a person's shift."""
        return self.known.get(key) or self.known.get(key.partition(":")[0], "")

    def says(self, kept: Mapping[str, Any]) -> str:
        return in_words(self, engine.Reason(code=engine.Code(kept["code"]), facts=kept["facts"]))


def _against(rules: Mapping[str, Any], side: int, names: _Names) -> tuple[Against, ...]:
    found = [(key, why) for key, both in rules.items() if not key.startswith("hold:") for why in both[side]]
    return tuple(Against(names.name_of(key), names.says(why)) for key, why in found)


def _lane(lane: Kept, names: _Names) -> PlanLane:
    return PlanLane(
        person_id=UUID(lane["person"]),
        name=names.name_of(lane["person"]),
        changed=lane["changed"],
        driving_s=Pair(*lane["driving_s"]),
        overtime_s=Pair(*lane["overtime_s"]),
        stops=tuple(_stops(lane["stops"], names)),
    )


def _stops(stops: Iterable[Kept], names: _Names) -> Iterable[PlanStop]:
    for stop in stops:
        was_at, start, *arrivals = (
            read_instant(text) if text else None for text in (stop["was_at"], stop["start"], *stop["arrival"])
        )
        before = names.name_of(stop["before"]) if stop["before"] else ""
        yield PlanStop(
            UUID(stop["visit"]), names.name_of(stop["visit"]), before, was_at, start, *stop["p"], *arrivals
        )  # fmt: skip
