"""What a branch holds dearer than what, and the last day that is over as it would have been."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema, Status

from goodword.crew.models import Branch
from goodword.crew.queries import branches_visible_to
from goodword.crew.rules import Verb
from goodword.dispatch import actions as dispatch
from goodword.dispatch.queries.weights import newest_trial, weights_of
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must_any, who
from goodword.faces.api.inputs import Instant, Write
from goodword.faces.api.router import Noun
from goodword.kit.clock import company_now

router = Noun("weights")
Answer = Literal["less", "even", "more"]


class WeightsOut(Schema):
    """``even`` is how Goodword weighs; ``surety``: how sure a window must be before it is offered."""

    promises: Answer
    overtime: Answer
    change: Answer
    surety: Answer


class WeightsIn(Write):
    promises: Answer = "even"
    overtime: Answer = "even"
    change: Answer = "even"
    surety: Answer = "even"

    def chosen(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in ("promises", "overtime", "change", "surety")}


class FiguresOut(Schema):
    """Expected misses, seconds, and numbers of visits."""

    broken: float
    driving_s: float
    overtime_s: float
    others: int
    left_out: int


class TrialOut(Schema):
    """``status``: waiting, working, done, failed. ``found``: as it stood, planned as now, planned with these."""

    id: UUID
    chosen: WeightsOut
    day: date
    status: str
    asked_at: datetime
    found: dict[Literal["stood", "in_force", "on_trial"], FiguresOut]

    @staticmethod
    def resolve_found(row: Any) -> Any:
        return {name: row.found[name] for name in ("stood", "in_force", "on_trial") if name in row.found}


def _branch(request: Asked, branch_id: UUID) -> Branch:
    branch = found(branches_visible_to(who(request)), branch_id)
    must_any(request, branch.id, Verb.SETTINGS, Verb.STAFF)
    return branch


@router.get("/branches/{uuid:branch_id}/weights", response=WeightsOut)
def weights(request: Asked, branch_id: UUID, at: Instant | None = None) -> Any:
    """As of now, or of a past moment."""
    return weights_of(_branch(request, branch_id).id, at or company_now())


@router.post("/branches/{uuid:branch_id}/weights", response=WeightsOut)
def set_weights(request: Asked, branch_id: UUID, body: WeightsIn) -> Any:
    """From now on offers, ways to mend a day and plans follow them."""
    branch = dispatch.set_weights(_branch(request, branch_id).id, body.chosen(), **door(request, body))
    return weights_of(branch.id, company_now())


@router.get("/branches/{uuid:branch_id}/weights/trial", response={200: TrialOut, 204: None})
def trial(request: Asked, branch_id: UUID) -> Any:
    """The newest trial; nothing (204) where none was asked for."""
    return newest_trial(_branch(request, branch_id).id) or Status(204, None)


@router.post("/branches/{uuid:branch_id}/weights/trial", response={202: TrialOut})
def new_trial(request: Asked, branch_id: UUID, body: WeightsIn) -> Any:
    """Have the last day that is over worked out by the worker with these; nothing else changes."""
    branch = _branch(request, branch_id)
    return Status(202, dispatch.try_weights(branch.id, body.chosen(), **door(request, body)))
