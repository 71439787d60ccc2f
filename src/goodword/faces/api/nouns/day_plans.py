"""A plan of a day to come: asked for, looked at, stopped, published, discarded, taken back; the day as it stands."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema, Status

from goodword.crew.models import Branch
from goodword.crew.queries import branches_visible_to
from goodword.crew.rules import Verb
from goodword.dispatch import actions as dispatch
from goodword.dispatch.models import DayPlan
from goodword.dispatch.queries.day_plans import as_it_stands, newest_plan, plans_visible_to, what_was_found
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must, must_any, who
from goodword.faces.api.inputs import Day, Write
from goodword.faces.api.nouns.repairs import UnservedOut
from goodword.faces.api.router import Noun
from goodword.kit.clock import company_now

router = Noun("plans")


class PairOut(Schema):
    """The day as it stands, and with the plan."""

    before: float
    after: float


class PlanStopOut(Schema):
    """``before``: who has it now, empty where nobody has. ``p``: of keeping its promise."""

    visit_id: UUID
    customer: str
    before: str
    was_at: datetime | None
    start: datetime | None
    p_before: float | None
    p_after: float | None
    arrival_before: datetime | None
    arrival_after: datetime | None


class PlanLaneOut(Schema):
    person_id: UUID
    name: str
    changed: bool
    driving_s: PairOut
    overtime_s: PairOut
    stops: list[PlanStopOut]


class AgainstOut(Schema):
    """A rule that is broken: about which customer or technician, in a sentence."""

    name: str
    says: str


class FoundOut(Schema):
    """Expected misses, seconds of driving and overtime; ``value_s``: all costs, as seconds of driving."""

    broken: PairOut
    driving_s: PairOut
    overtime_s: PairOut
    value_s: PairOut
    rounds: int
    stopped: bool
    lanes: list[PlanLaneOut]
    left_out: list[UnservedOut]
    stands: list[AgainstOut]
    then: list[AgainstOut]


class DayPlanOut(Schema):
    """``status``: waiting, working, draft, published, discarded, failed, taken_back. ``share``: 0 to 1 of the work."""

    id: UUID
    branch_id: UUID
    day: date
    begins_at: datetime
    status: str
    asked_at: datetime
    share: float
    value: float | None
    made_at: datetime | None
    label: str
    found: FoundOut | None

    @staticmethod
    def resolve_found(row: DayPlan) -> Any:
        return what_was_found(row)


class StandsOut(Schema):
    broken: float
    driving_s: float
    overtime_s: float
    value_s: float
    left_out: list[UnservedOut]
    rules: list[AgainstOut]


class DayPlanIn(Write):
    """``day``: tomorrow or later; today as long as nobody's shift has begun."""

    day: Day


class PublicationIn(Write):
    """``rest``: leave out the technicians whose day has changed since, and all who exchange visits with them."""

    rest: bool = False


class EveningIn(Write):
    wanted: bool


def _branch(request: Asked, branch_id: UUID) -> Branch:
    branch = found(branches_visible_to(who(request)), branch_id)
    must(request, Verb.ASSIGN, branch.id)
    return branch


def _plan(request: Asked, plan_id: UUID) -> DayPlan:
    row = found(plans_visible_to(who(request)), plan_id)
    must(request, Verb.ASSIGN, row.branch_id)
    return row


@router.get("/branches/{uuid:branch_id}/plan", response={200: DayPlanOut, 204: None})
def day_plan(request: Asked, branch_id: UUID, day: Day) -> Any:
    """The newest plan of a day, whatever became of it; nothing (204) where none was asked for."""
    return newest_plan(_branch(request, branch_id), day) or Status(204, None)


@router.get("/branches/{uuid:branch_id}/plan/as-it-stands", response=StandsOut)
def plan_as_it_stands(request: Asked, branch_id: UUID, day: Day) -> Any:
    """The day as it is planned now, scored and explained: what is left out and which rules it breaks."""
    return as_it_stands(_branch(request, branch_id), day, company_now())


@router.post("/branches/{uuid:branch_id}/plan", response={202: DayPlanOut})
def new_day_plan(request: Asked, branch_id: UUID, body: DayPlanIn) -> Any:
    """Have a day planned by the worker. While that is under way, asking again answers the same plan."""
    return Status(202, dispatch.ask_plan(_branch(request, branch_id).id, body.day, **door(request, body)))


@router.post("/branches/{uuid:branch_id}/plan/evening", response={204: None})
def set_evening(request: Asked, branch_id: UUID, body: EveningIn) -> Any:
    """Have the next day planned each evening at 18:00, or no longer; a person still publishes."""
    branch = found(branches_visible_to(who(request)), branch_id)
    must_any(request, branch.id, Verb.SETTINGS, Verb.STAFF)
    dispatch.set_evening_plan(branch.id, body.wanted, **door(request, body))
    return Status(204, None)


@router.post("/plans/{uuid:plan_id}/stop", response=DayPlanOut)
def stop_day_plan(request: Asked, plan_id: UUID, body: Write) -> Any:
    """Enough: the best found so far becomes the draft."""
    return dispatch.stop_plan(_plan(request, plan_id).id, **door(request, body))


@router.post("/plans/{uuid:plan_id}/publication", response=DayPlanOut)
def publication(request: Asked, plan_id: UUID, body: PublicationIn) -> Any:
    """Every move in one step; 409 `plan-moved-on` says whose day has changed and how."""
    return dispatch.publish_plan(_plan(request, plan_id).id, body.rest, **door(request, body))


@router.post("/plans/{uuid:plan_id}/discarding", response=DayPlanOut)
def discarding(request: Asked, plan_id: UUID, body: Write) -> Any:
    """Nothing comes of it; the plan that is published stays."""
    return dispatch.discard_plan(_plan(request, plan_id).id, **door(request, body))


@router.post("/plans/{uuid:plan_id}/return", response=DayPlanOut)
def plan_taken_back(request: Asked, plan_id: UUID, body: Write) -> Any:
    """Until the day begins: what publishing moved is again whose and when it was."""
    return dispatch.take_back_plan(_plan(request, plan_id).id, **door(request, body))
