"""What is written down: notes on a visit or a customer, and talks on the phone."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema, Status
from pydantic import Field

from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import customers_seen, door, found, who
from goodword.faces.api.inputs import Cursor, Id, Limit, Line, Note, Write
from goodword.faces.api.nouns.attached import UndoIn
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.kit.refusals import BadInput
from goodword.visits import actions as visits
from goodword.visits.queries import (
    call_to_change,
    calls_visible_to,
    note_to_change,
    notes_visible_to,
    require_to_write,
    visible_to,
)

router = Noun("notes and calls")
NEWEST = By("at", datetime, down=True)


class WrittenOut(Schema):
    """A note: about a visit or a customer. ``corrects``: the note whose place it took."""

    id: UUID
    visit_id: UUID | None
    customer_id: UUID | None
    words: str
    at: datetime
    by_id: UUID | None
    corrects_id: UUID | None
    withdrawn_at: datetime | None


class CallOut(Schema):
    id: UUID
    customer_id: UUID
    visit_id: UUID | None
    we_called: bool
    ours_id: UUID | None
    theirs: str
    words: str
    at: datetime
    lasted_s: int | None
    withdrawn_at: datetime | None


class WordsIn(Write):
    words: Note


class CallIn(Write):
    """``at``: when it began. ``theirs``: who spoke on the customer's side. ``visit_id``: which visit it was about."""

    we_called: bool
    theirs: Line
    words: Note
    lasted_s: Annotated[int, Field(ge=0, le=43_200)] | None = None
    visit_id: Id | None = None


def _about(request: Asked, visit_id: UUID | None, customer_id: UUID | None) -> dict[str, UUID]:
    """The visible row that a list is about."""
    if (visit_id is None) == (customer_id is None):
        raise BadInput("visit_id", _("Name a visit or a customer."))
    if visit_id is not None:
        return {"visit": found(visible_to(who(request)), visit_id).id}
    return {"customer": found(customers_seen(request), str(customer_id)).id}


@router.get("/notes", response=Page[WrittenOut])
def list_notes(
    request: Asked, visit_id: Id | None = None, customer_id: Id | None = None, after: Cursor = None, limit: Limit = 50
) -> Any:
    """Notes on one visit or on one customer, the newest first; what a correction has replaced is left out."""
    rows = notes_visible_to(who(request)).filter(corrected_by=None, **_about(request, visit_id, customer_id))
    return page(rows, NEWEST, after, limit)


@router.post("/customers/{uuid:customer_id}/notes", response={201: WrittenOut})
def new_customer_note(request: Asked, customer_id: UUID, body: WordsIn) -> Any:
    there = found(customers_seen(request), customer_id)
    require_to_write(who(request), there.branch_id)
    return Status(201, visits.add_customer_note(there.id, body.words, **door(request, body)))


@router.post("/notes/{uuid:note_id}/correction", response={201: WrittenOut})
def note_correction(request: Asked, note_id: UUID, body: WordsIn) -> Any:
    """A new note takes its place."""
    note = note_to_change(who(request), note_id)
    return Status(201, visits.correct_note(note.id, body.words, **door(request, body)))


@router.post("/notes/{uuid:note_id}/withdrawal", response=WrittenOut)
def note_withdrawal(request: Asked, note_id: UUID, body: UndoIn) -> Any:
    """It shall not count; with ``undo`` it counts again."""
    return visits.withdraw_note(note_to_change(who(request), note_id).id, body.undo, **door(request, body))


@router.get("/calls", response=Page[CallOut])
def list_calls(
    request: Asked, visit_id: Id | None = None, customer_id: Id | None = None, after: Cursor = None, limit: Limit = 50
) -> Any:
    """Talks about one visit or with one customer, the newest first."""
    rows = calls_visible_to(who(request)).filter(**_about(request, visit_id, customer_id))
    return page(rows, NEWEST, after, limit)


@router.post("/customers/{uuid:customer_id}/calls", response={201: CallOut})
def new_call(request: Asked, customer_id: UUID, body: CallIn) -> Any:
    there = found(customers_seen(request), customer_id)
    require_to_write(who(request), there.branch_id)
    about = body.visit_id
    if about is not None:
        about = found(visible_to(who(request)).filter(order__customer=there), about).id
    said = (there.id, body.we_called, body.theirs, body.words, body.lasted_s, about)
    return Status(201, visits.log_call(*said, **door(request, body)))


@router.post("/calls/{uuid:call_id}/withdrawal", response=CallOut)
def call_withdrawal(request: Asked, call_id: UUID, body: UndoIn) -> Any:
    """Entered by mistake; with ``undo`` it counts again."""
    return visits.withdraw_call(call_to_change(who(request), call_id).id, body.undo, **door(request, body))
