"""Assign, swap, move, cancel: what a dispatcher does to a visit, with its promise."""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Status
from pydantic import Field

from goodword.crew.rules import Verb
from goodword.dispatch import actions as dispatch
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import colleague, door, found, must, who
from goodword.faces.api.inputs import Id, Instant, Line, Whole, Write
from goodword.faces.api.nouns.promises import PromiseOut
from goodword.faces.api.nouns.visits import VisitOut, shown
from goodword.faces.api.router import Noun
from goodword.visits.models import Visit
from goodword.visits.queries import visible_to

router = Noun("planning")
WHO = Literal["customer", "us"]


class AssignmentIn(Write):
    """Behind ``after_id`` on the technician's day (null: first). What cannot be kept needs a reason in ``anyway``."""

    technician_id: Id | None
    after_id: Id | None = None
    revision: Whole | None = None
    anyway: Line = ""


class SwapIn(Write):
    """A stale revision of either is a 409 that says when. ``anyway``: why, where something speaks against it."""

    other_id: Id
    revision: Whole | None = None
    other_revision: Whole | None = None
    anyway: Line = ""


class MoveIn(Write):
    """Another window, named by a person. By us with fewer than two ``options`` the old promise is broken."""

    opens_at: Instant
    closes_at: Instant
    by_whom: WHO
    reason: Line = ""
    technician_id: Id | None = None
    planned_start: Instant | None = None
    planned_end: Instant | None = None
    options: Annotated[int, Field(ge=1, le=20)] = 1
    revision: Whole | None = None


class CancellationIn(Write):
    by_whom: WHO
    reason: Annotated[Line, Field(min_length=1)]


def _visit(request: Asked, visit_id: UUID, verb: Verb) -> Visit:
    visit = found(visible_to(who(request)), visit_id)
    must(request, verb, visit.branch_id)
    return visit


@router.post("/visits/{uuid:visit_id}/assignment", response=VisitOut)
def assignment(request: Asked, visit_id: UUID, body: AssignmentIn) -> Any:
    """Give it to a technician, or to nobody; the promise stays. Stale ``revision``: 409 says when it changed."""
    visit = _visit(request, visit_id, Verb.ASSIGN)
    technician = colleague(request, body.technician_id)
    if body.after_id is not None:
        found(visible_to(who(request)), body.after_id)
    done = dispatch.assign(visit.id, technician, body.after_id, body.revision, body.anyway, **door(request, body))
    return shown(request, done)


@router.post("/visits/{uuid:visit_id}/swap", response=VisitOut)
def swap(request: Asked, visit_id: UUID, body: SwapIn) -> Any:
    """Two visits exchange technicians and times."""
    visit, other = (_visit(request, v, Verb.ASSIGN) for v in (visit_id, body.other_id))
    done = dispatch.swap(visit.id, other.id, body.revision, body.other_revision, body.anyway, **door(request, body))
    return shown(request, done)


@router.post("/visits/{uuid:visit_id}/move", response={201: PromiseOut})
def move(request: Asked, visit_id: UUID, body: MoveIn) -> Any:
    """The old visit and its promise stay as they were; the answer is the successor's promise."""
    visit = _visit(request, visit_id, Verb.BOOK)
    colleague(request, body.technician_id)
    facts = body.model_dump(exclude={"command", "at"})
    return Status(201, dispatch.move(visit.id, **facts, **door(request, body)))


@router.post("/visits/{uuid:visit_id}/cancellation", response=VisitOut)
def cancellation(request: Asked, visit_id: UUID, body: CancellationIn) -> Any:
    visit = _visit(request, visit_id, Verb.BOOK)
    return shown(request, dispatch.cancel(visit.id, body.by_whom, body.reason, **door(request, body)))
