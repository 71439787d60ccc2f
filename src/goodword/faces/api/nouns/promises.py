"""What we said to customers, and whether it was kept."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field

from goodword.crew.rules import Verb
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must, must_any, who
from goodword.faces.api.inputs import Cursor, Id, Instant, Limit, Line, Write
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.kit.clock import company_now
from goodword.promises import actions as promises
from goodword.promises.models import Promise
from goodword.promises.queries import judgement, marks_of, visible_to
from goodword.visits.queries import visible_to as visits_visible_to

router = Noun("promises")
BY_DUE = By("closes_at", datetime)
States = Literal["open", "kept", "broken", "renegotiated", "released", "void"]


class VerdictOut(Schema):
    """Computed, never typed. ``told``: before the due time, or silently. ``proof``: what shows it."""

    state: str
    cause: str
    told: str
    proof: str
    decided_at: datetime | None


class PromiseOut(Schema):
    id: UUID
    type: str
    customer_id: UUID
    site_id: UUID | None
    branch_id: UUID
    visit_id: UUID | None
    request_id: UUID | None
    opens_at: datetime | None
    closes_at: datetime
    said: str
    made_at: datetime
    maker: UUID | None
    keeper: UUID | None
    successor_of_id: UUID | None
    verdict: VerdictOut | None
    at_risk_since: datetime | None
    known_since: datetime | None

    @staticmethod
    def resolve_verdict(row: Any) -> Any:
        return getattr(row, "verdict", None)

    @staticmethod
    def resolve_at_risk_since(row: Any) -> datetime | None:
        return marks_of(row).get("at_risk")

    @staticmethod
    def resolve_known_since(row: Any) -> datetime | None:
        return marks_of(row).get("known")


class JudgedOut(PromiseOut):
    """With the verdict as of a moment, computed again from the event journal."""

    as_of: datetime

    @staticmethod
    def resolve_verdict(row: Any) -> Any:
        return row.judged


class NoticeIn(Write):
    """The customer knows that it may not be kept: spoken with, read by them, or answered by them."""

    how: Literal["spoken", "read", "answered"]


class ReleaseIn(Write):
    why: Annotated[str, Field(pattern="^[a-z_]{1,40}$")] = "customer"


class VoidIn(Write):
    reason: Annotated[Line, Field(min_length=1)]


def _seen(request: Asked) -> QuerySet[Promise]:
    viewer = who(request)
    return visible_to(viewer, visits_visible_to(viewer).order_by() if viewer.is_technician else None)


@router.get("/promises", response=Page[PromiseOut])
def list_promises(
    request: Asked,
    state: States | None = None,
    branch: Id | None = None,
    due_from: Instant | None = None,
    due_until: Instant | None = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """By due time. Verdicts are the projection as of the last thing that happened."""
    wanted = {
        "verdict__state": state, "branch": branch, "closes_at__gte": due_from, "closes_at__lt": due_until,
    }  # fmt: skip
    return page(_seen(request).filter(**{k: v for k, v in wanted.items() if v is not None}), BY_DUE, after, limit)


@router.get("/promises/{uuid:promise_id}", response=JudgedOut)
def one_promise(request: Asked, promise_id: UUID, as_of: Instant | None = None) -> Any:
    there = found(_seen(request), promise_id)
    moment = as_of or company_now()
    vars(there).update(judged=judgement(there, moment), as_of=moment)
    return there


def _to_change(request: Asked, promise_id: UUID, *verbs: Verb) -> Promise:
    there = found(_seen(request), promise_id)
    must_any(request, there.branch_id, *verbs)
    return there


def _again(request: Asked, promise: Promise) -> Promise:
    return found(_seen(request), promise.id)


@router.post("/promises/{uuid:promise_id}/notice", response=PromiseOut)
def notice(request: Asked, promise_id: UUID, body: NoticeIn) -> Any:
    """The customer was told early. Whoever is with them or books for them may say so."""
    there = _to_change(request, promise_id, Verb.BOOK, Verb.STAGE)
    return _again(request, promises.tell(there.id, body.how, **door(request, body)))


@router.post("/promises/{uuid:promise_id}/notice/withdrawal", response=PromiseOut)
def notice_withdrawal(request: Asked, promise_id: UUID, body: Write) -> Any:
    """ "Told" was a slip: they have yet to hear it."""
    there = _to_change(request, promise_id, Verb.BOOK, Verb.STAGE)
    return _again(request, promises.take_back_told(there.id, **door(request, body)))


@router.post("/promises/{uuid:promise_id}/early-start", response=PromiseOut)
def early_start(request: Asked, promise_id: UUID, body: Write) -> Any:
    """The customer agreed to an early start."""
    there = _to_change(request, promise_id, Verb.BOOK, Verb.STAGE)
    return _again(request, promises.agree_early(there.id, **door(request, body)))


@router.post("/promises/{uuid:promise_id}/release", response=PromiseOut)
def release(request: Asked, promise_id: UUID, body: ReleaseIn) -> Any:
    """The customer started the change."""
    there = _to_change(request, promise_id, Verb.BOOK)
    return _again(request, promises.release_promise(there.id, body.why, **door(request, body)))


@router.post("/promises/{uuid:promise_id}/void", response=PromiseOut)
def void(request: Asked, promise_id: UUID, body: VoidIn) -> Any:
    """An entry error or a duplicate: by a second person, before its time."""
    there = _to_change(request, promise_id, Verb.BOOK)
    return _again(request, promises.void(there.id, body.reason, **door(request, body)))


@router.post("/promises/{uuid:promise_id}/done", response=PromiseOut)
def done(request: Asked, promise_id: UUID, body: Write) -> Any:
    """A call-back or a task was done, as its keeper says."""
    there = found(_seen(request), promise_id)
    if there.keeper != who(request).person.id:
        must(request, Verb.BOOK, there.branch_id)
    return _again(request, promises.say_done(there.id, **door(request, body)))


@router.post("/promises/{uuid:promise_id}/not-done", response=PromiseOut)
def not_done(request: Asked, promise_id: UUID, body: Write) -> Any:
    """ "Done" was a slip: it waits again."""
    there = found(_seen(request), promise_id)
    if there.keeper != who(request).person.id:
        must(request, Verb.BOOK, there.branch_id)
    return _again(request, promises.take_back_done(there.id, **door(request, body)))
