"""The held inbox: what could not be applied, kept whole until a person has settled it."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from goodword.crew.queries import held_visible_to
from goodword.crew.rules import Verb
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must, who
from goodword.faces.api.inputs import Cursor, Id, Limit, Words, Write
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.kit.held import settle
from goodword.visits.queries import visible_to

router = Noun("held")
BY_AGE = By("opened_at", datetime)


class SentOut(Schema):
    """The command as it was sent."""

    id: UUID
    kind: str
    about: UUID | None
    at: datetime
    received_at: datetime
    by_id: UUID | None
    device: UUID | None
    seq: int | None
    gap_before: int
    facts: dict[str, Any]


class HeldOut(Schema):
    """Why it waits, in ``says``; how and by whom it was settled."""

    id: UUID
    command: SentOut
    code: str
    says: str
    scope: UUID | None
    waits: bool
    opened_at: datetime
    settled_at: datetime | None
    settled_by: UUID | None
    how: str
    words: str
    changes: dict[str, Any]


class SettlementIn(Write):
    """Apply it, apply it with changed facts, apply it to another visit (``about``), or decline it with words."""

    how: Literal["applied", "changed", "moved", "declined"]
    words: Words = ""
    about: Id | None = None
    facts: Annotated[dict[str, Any], Field(max_length=50)] | None = None


@router.get("/held", response=Page[HeldOut])
def list_held(request: Asked, settled: bool = False, after: Cursor = None, limit: Limit = 50) -> Any:
    """The oldest first. Whoever may not settle sees what they have sent themselves."""
    rows = held_visible_to(who(request)).filter(settled_at__isnull=not settled)
    return page(rows, BY_AGE, after, limit)


@router.get("/held/{uuid:held_id}", response=HeldOut)
def one_held(request: Asked, held_id: UUID) -> Any:
    return found(held_visible_to(who(request)), held_id)


@router.post("/held/{uuid:held_id}/settlement", response=HeldOut)
def settlement(request: Asked, held_id: UUID, body: SettlementIn) -> Any:
    """Settle it in the name of the person who sent it; the settler stands in the event."""
    there = found(held_visible_to(who(request)), held_id)
    must(request, Verb.SETTLE, there.scope)
    about = body.about or there.command.about
    if body.how != "declined" and about is not None:
        found(visible_to(who(request)), about)
    done = settle(there.id, body.how, body.words, body.about, body.facts, **door(request, body))
    return found(held_visible_to(who(request)), done.id)
