"""What somebody owes by when."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema, Status
from pydantic import Field

from goodword.crew.rules import Verb
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import colleague, door, found, must_any, who
from goodword.faces.api.inputs import Cursor, Id, Instant, Limit, Words, Write
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.next_steps import actions as steps
from goodword.next_steps.models import Step
from goodword.next_steps.queries import visible_to
from goodword.visits.queries import visible_to as visits_visible_to

router = Noun("steps")
BY_DUE = By("due_at", datetime)
Kind = Annotated[str, Field(pattern="^[a-z_]{1,40}$")]
Role = Annotated[str, Field(pattern="^[a-z_]{0,12}$")]


class StepOut(Schema):
    id: UUID
    kind: str
    owner_id: UUID | None
    owner_role: str
    branch_id: UUID | None
    due_at: datetime
    about_kind: str
    about_id: UUID
    reason: str
    words: str
    opened_at: datetime
    done_at: datetime | None
    done_by: UUID | None
    done_words: str


class StepIn(Write):
    """About a visit; owned by a person, or by whoever has the role at the branch."""

    visit_id: Id
    kind: Kind
    owner_id: Id | None = None
    owner_role: Role = "office"
    due_at: Instant
    words: Words = ""


class HandIn(Write):
    owner_id: Id | None = None
    owner_role: Role = ""


class StepDoneIn(Write):
    words: Words = ""


@router.get("/steps", response=Page[StepOut])
def list_steps(request: Asked, done: bool = False, after: Cursor = None, limit: Limit = 50) -> Any:
    """What waits, the most urgent first; or what is done."""
    return page(visible_to(who(request)).filter(done_at__isnull=not done), BY_DUE, after, limit)


@router.post("/steps", response={201: StepOut})
def new_step(request: Asked, body: StepIn) -> Any:
    visit = found(visits_visible_to(who(request)), body.visit_id)
    must_any(request, visit.branch_id, Verb.BOOK, Verb.STAGE)
    owner = colleague(request, body.owner_id)
    made = steps.open_step(
        body.kind,
        owner,
        body.owner_role,
        visit.branch_id,
        body.due_at,
        "visit",
        visit.id,
        body.kind,
        body.words,
        **door(request, body),
    )
    return Status(201, made)


def _step(request: Asked, step_id: UUID) -> Step:
    """A visible step: one's own, or by the right to book (or plan) in its branch."""
    there = found(visible_to(who(request)), step_id)
    own = there.owner_id == who(request).person.id
    if not own:
        must_any(request, there.branch_id, Verb.BOOK, Verb.STAFF, *_by_role(request, there))
    return there


def _by_role(request: Asked, step: Step) -> list[Verb]:
    """Whoever has the role that owns it may do it."""
    held = {(role, branch) for role, branch in who(request).held}
    mine = {(step.owner_role, step.branch_id), (step.owner_role, None)} & held
    return [Verb.READ] if mine else []


@router.post("/steps/{uuid:step_id}/handing", response=StepOut)
def hand(request: Asked, step_id: UUID, body: HandIn) -> Any:
    """Give it to somebody else."""
    there = _step(request, step_id)
    owner = colleague(request, body.owner_id)
    return steps.hand_step(there.id, owner, body.owner_role, **door(request, body))


@router.post("/steps/{uuid:step_id}/done", response=StepOut)
def step_done(request: Asked, step_id: UUID, body: StepDoneIn) -> Any:
    return steps.done_step(_step(request, step_id).id, body.words, **door(request, body))
