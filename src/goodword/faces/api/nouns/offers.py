"""Windows that can be kept: offered with reasons, held for ten minutes, chosen."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Schema, Status

from goodword.crew.rules import Verb
from goodword.dispatch.actions import book, book_by_hand, hold, offer, release_hold
from goodword.dispatch.models import Option
from goodword.dispatch.queries.visible import offers_visible_to, options_visible_to
from goodword.dispatch.queries.why_not import why_not
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import colleague, door, door_at, found, must, who
from goodword.faces.api.inputs import Id, Instant, Line, Words, Write
from goodword.faces.api.nouns.promises import PromiseOut
from goodword.faces.api.nouns.requests import to_book
from goodword.faces.api.router import Noun
from goodword.kit.clock import company_now
from goodword.visits.queries import visible_to

router = Noun("offers")


class ReasonOut(Schema):
    """Why: a code for programs, words for people. With times where it is about one window."""

    code: str
    says: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None


class OptionOut(Schema):
    id: UUID
    offer_id: UUID
    place: int
    opens_at: datetime
    closes_at: datetime
    technician_id: UUID
    technician_name: str
    planned_start: datetime
    planned_end: datetime
    p_kept: float
    added_travel_s: float
    reasons: list[ReasonOut]
    status: str
    held_until: datetime | None

    @staticmethod
    def resolve_technician_name(row: Any) -> str:
        return row.technician.name  # type: ignore[no-any-return]


class OfferOut(Schema):
    """``assumed``: durations and travel are assumed, not learned yet. ``refusals``: what is not offered, and why."""

    id: UUID
    request_id: UUID | None
    moving_id: UUID | None
    branch_id: UUID
    made_at: datetime
    emergency: bool
    label: str
    assumed: bool
    options: list[OptionOut]
    refusals: list[ReasonOut]


class SpanOut(Schema):
    opens_at: datetime
    closes_at: datetime


class WhyNotOut(Schema):
    """``code``: ``can``, or what speaks against it. Also the window that holds the time, and the nearest."""

    wanted: datetime
    code: str
    says: str
    opens_at: datetime | None
    closes_at: datetime | None
    visit_id: UUID | None
    nearest: SpanOut | None

    @staticmethod
    def resolve_nearest(row: Any) -> dict[str, datetime] | None:
        return dict(zip(("opens_at", "closes_at"), row.nearest, strict=True)) if row.nearest else None


class MovingIn(Write):
    """Who starts the move: by the customer the promise is released, by us it is renegotiated."""

    by_whom: Literal["customer", "us"]


class ChoiceIn(Write):
    """``said``: the promise in other words than ours."""

    said: Words = ""


class ByHandIn(Write):
    """A window that a person has chosen; one that cannot be kept needs a reason in ``anyway``."""

    technician_id: Id
    opens_at: Instant
    closes_at: Instant
    planned_start: Instant | None = None
    planned_end: Instant | None = None
    anyway: Line = ""
    said: Words = ""


@router.post("/requests/{uuid:request_id}/offers", response={201: OfferOut})
def new_offer(request: Asked, request_id: UUID, body: Write) -> Any:
    """Windows for a request, computed from the day as it stands."""
    return Status(201, offer(to_book(request, request_id).id, **door(request, body)))


@router.post("/visits/{uuid:visit_id}/offers", response={201: OfferOut})
def new_offer_to_move(request: Asked, visit_id: UUID, body: MovingIn) -> Any:
    """Other windows for a visit that is to move."""
    visit = found(visible_to(who(request)), visit_id)
    must(request, Verb.BOOK, visit.branch_id)
    return Status(201, offer(None, visit.id, body.by_whom, **door(request, body)))


@router.get("/requests/{uuid:request_id}/why-not", response=WhyNotOut)
def why_not_then(request: Asked, request_id: UUID, at: Annotated[Instant, Query()]) -> Any:
    """Can this time be kept, and why not? Nothing is offered or held."""
    return why_not(to_book(request, request_id), None, at, company_now())


@router.get("/visits/{uuid:visit_id}/why-not", response=WhyNotOut)
def why_not_moved_then(request: Asked, visit_id: UUID, at: Annotated[Instant, Query()]) -> Any:
    """The same for a visit that is to move."""
    visit = found(visible_to(who(request)), visit_id)
    must(request, Verb.BOOK, visit.branch_id)
    return why_not(None, visit, at, company_now())


@router.get("/offers/{uuid:offer_id}", response=OfferOut)
def one_offer(request: Asked, offer_id: UUID) -> Any:
    return found(offers_visible_to(who(request)), offer_id)


def _option(request: Asked, option_id: UUID) -> Option:
    there = found(options_visible_to(who(request)), option_id)
    must(request, Verb.BOOK, there.offer.branch_id)
    return there


@router.post("/options/{uuid:option_id}/hold", response=OptionOut)
def new_hold(request: Asked, option_id: UUID, body: Write) -> Any:
    """Hold it for ten minutes, as exclusive as a visit. Holding another of the same offer lets go of this one."""
    return hold(_option(request, option_id).id, **door(request, body))


@router.delete("/options/{uuid:option_id}/hold", response=OptionOut)
def end_hold(request: Asked, option_id: UUID, command: Annotated[Id, Query()]) -> Any:
    return release_hold(_option(request, option_id).id, **door_at(request, command))


@router.post("/options/{uuid:option_id}/choice", response={201: PromiseOut})
def choice(request: Asked, option_id: UUID, body: ChoiceIn) -> Any:
    """Agree: checked again, promised, planned and confirmed in one transaction, or nothing of it."""
    return Status(201, book(_option(request, option_id).id, body.said, **door(request, body)))


@router.post("/requests/{uuid:request_id}/booking", response={201: PromiseOut})
def booking_by_hand(request: Asked, request_id: UUID, body: ByHandIn) -> Any:
    there = to_book(request, request_id)
    must(request, Verb.ASSIGN, there.branch_id)
    colleague(request, body.technician_id)
    facts = body.model_dump(exclude={"command", "at"})
    return Status(201, book_by_hand(there.id, **facts, **door(request, body)))
