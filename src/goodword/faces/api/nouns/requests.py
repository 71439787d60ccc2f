"""What customers ask for, in their own words."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema, Status
from pydantic import Field

from goodword.crew import queries as crew
from goodword.crew.rules import Verb
from goodword.customers.queries import contacts_visible_in, sites_visible_in
from goodword.dispatch.actions import promise_call_back
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import customers_seen, door, found, must, who
from goodword.faces.api.inputs import Code, Cursor, Id, Instant, Limit, Line, Note, Words, Write
from goodword.faces.api.nouns.promises import PromiseOut
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.kit.refusals import BadInput
from goodword.visits.actions import close_request, take_request
from goodword.visits.actions.calls import advise, flag_request
from goodword.visits.models import Request
from goodword.visits.queries import requests_visible_to, work_types
from goodword.visits.queries.calls import whom_it_hits

router = Noun("requests")
BY_TIME = By("taken_at", datetime)
Status_ = Literal["waiting", "answered", "booked", "closed"]


class AdviceSaid(Schema):
    harm: str
    says: str


class RequestOut(Schema):
    """``vulnerability`` is empty for those who do not need to know."""

    id: UUID
    customer_id: UUID
    customer_name: str
    site_id: UUID
    address: str
    contact_id: UUID | None
    caller: str
    branch_id: UUID
    work_type: str
    words: str
    since_when: str
    harm: list[str]
    vulnerability: list[str]
    stops_them: str
    needed_by: datetime | None
    expects: str
    expects_source: str
    advice: list[AdviceSaid]
    advised_at: datetime | None
    taken_at: datetime
    taken_by: UUID | None
    status: str
    closed_reason: str

    @staticmethod
    def resolve_customer_name(row: Any) -> str:
        return row.customer.name  # type: ignore[no-any-return]

    @staticmethod
    def resolve_address(row: Any) -> str:
        return row.site.address  # type: ignore[no-any-return]

    @staticmethod
    def resolve_work_type(row: Any) -> str:
        return row.work_type_id  # type: ignore[no-any-return]

    @staticmethod
    def resolve_vulnerability(row: Any, context: Any) -> list[str]:
        return whom_it_hits(who(context["request"]), row)


Codes = Annotated[list[Code], Field(max_length=20)]


class RequestIn(Write):
    """``harm``: what goes wrong (water, gas, no_heating, …); ``vulnerability``: for whom (infant, medical, …).

    ``stops_them``: what they cannot do, and ``needed_by``: by when. ``expects``: in their words, with
    ``expects_source`` (phone, face, email, text, page, other). ``advised``: the kinds of harm for which advice
    was said.
    """

    site_id: Id
    work_type: Code
    branch_id: Id
    words: Note = ""
    since_when: Line = ""
    harm: Codes = []
    contact_id: Id | None = None
    needed_by: Instant | None = None
    caller: Line = ""
    vulnerability: Codes = []
    stops_them: Note = ""
    expects: Note = ""
    expects_source: Annotated[str, Field(max_length=12)] = ""
    advised: Codes = []


class FlagsIn(Write):
    """All of them as they are now: what is left out is taken away."""

    harm: Codes = []
    vulnerability: Codes = []
    needed_by: Instant | None = None


class AdvisedIn(Write):
    harm: Annotated[list[Code], Field(min_length=1, max_length=20)]


class ClosureIn(Write):
    reason: Annotated[str, Field(min_length=1, max_length=200)]


class CallBackIn(Write):
    """No window can be kept: "we call you by …" is the promise. ``said``: in other words than ours."""

    due_at: Instant
    said: Words = ""


@router.get("/requests", response=Page[RequestOut])
def list_requests(
    request: Asked, status: Status_ | None = None, branch: Id | None = None, after: Cursor = None, limit: Limit = 50
) -> Any:
    """The oldest first: it waits longest."""
    rows = requests_visible_to(who(request))
    rows = rows.filter(status=status) if status else rows
    return page(rows.filter(branch=branch) if branch else rows, BY_TIME, after, limit)


def to_book(request: Asked, request_id: UUID) -> Request:
    """A visible request that the caller may book for."""
    there = found(requests_visible_to(who(request)), request_id)
    must(request, Verb.BOOK, there.branch_id)
    return there


@router.get("/requests/{uuid:request_id}", response=RequestOut)
def one_request(request: Asked, request_id: UUID) -> Any:
    return found(requests_visible_to(who(request)), request_id)


@router.post("/requests", response={201: RequestOut})
def new_request(request: Asked, body: RequestIn) -> Any:
    branch = found(crew.branches_visible_to(who(request)), body.branch_id)
    site = found(sites_visible_in(customers_seen(request)), body.site_id)
    must(request, Verb.BOOK, branch.id)
    if body.contact_id is not None:
        found(contacts_visible_in(customers_seen(request)), body.contact_id)
    if not work_types().filter(code=body.work_type, retired=False).exists():
        raise BadInput("work_type", _("There is no such kind of work. Choose one of the list."))
    facts = body.model_dump(exclude={"command", "at", "site_id", "branch_id"})
    return Status(201, take_request(site.id, branch_id=branch.id, **facts, **door(request, body)))


@router.post("/requests/{uuid:request_id}/flags", response=RequestOut)
def flags(request: Asked, request_id: UUID, body: FlagsIn) -> Any:
    """They say more: what goes wrong, for whom, by when. It may move up in the queue."""
    there = to_book(request, request_id)
    facts = body.model_dump(exclude={"command", "at"})
    return flag_request(there.id, **facts, **door(request, body))


@router.post("/requests/{uuid:request_id}/advice", response=RequestOut)
def advised(request: Asked, request_id: UUID, body: AdvisedIn) -> Any:
    """What we say until we come was said."""
    return advise(to_book(request, request_id).id, body.harm, **door(request, body))


@router.post("/requests/{uuid:request_id}/closure", response=RequestOut)
def closure(request: Asked, request_id: UUID, body: ClosureIn) -> Any:
    """No visit comes of it: say why."""
    return close_request(to_book(request, request_id).id, body.reason, **door(request, body))


@router.post("/requests/{uuid:request_id}/call-back", response={201: PromiseOut})
def call_back(request: Asked, request_id: UUID, body: CallBackIn) -> Any:
    there = to_book(request, request_id)
    return Status(201, promise_call_back(there.id, body.due_at, body.said, **door(request, body)))
