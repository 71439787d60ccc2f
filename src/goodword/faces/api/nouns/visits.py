"""Visits: a day's list with promise and forecast, and one with everything about it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Prefetch, Value
from django.db.models.functions import Coalesce
from ninja import Schema, Status

from goodword.crew import queries as crew
from goodword.crew.rules import Verb
from goodword.dispatch.queries.board import stops_of
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must, must_any, who
from goodword.faces.api.inputs import Cursor, Day, Id, Limit, Note, Write
from goodword.faces.api.nouns.handovers import HandoverOut
from goodword.faces.api.nouns.promises import PromiseOut
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.kit.calendar import LATEST
from goodword.visits.actions import add_note, change_order
from goodword.visits.models import Note as WrittenNote
from goodword.visits.models import Visit
from goodword.visits.queries import day_of, orders_visible_to, visible_to
from goodword.visits.rules import Stage

router = Noun("visits")
BY_START = By("sorts_at", datetime)


class ForecastOut(Schema):
    """What we compute of the arrival; never a promise. ``assumed``: durations are not learned yet."""

    p10: datetime | None
    p50: datetime | None
    p90: datetime | None
    finish_p50: datetime | None
    p_kept: float | None
    assumed: bool
    reason: str
    label: str
    computed_at: datetime


class VisitOut(Schema):
    id: UUID
    order_id: UUID
    order_number: int
    order_version: int
    branch_id: UUID
    customer_id: UUID
    customer_name: str
    site_id: UUID
    address: str
    zone: str
    work_type: str
    scope_of_work: str
    technician_id: UUID | None
    technician_name: str | None
    planned_start: datetime | None
    planned_end: datetime | None
    revision: int
    stage: Stage
    reviewed_at: datetime | None
    reviewed_version: int | None
    on_the_way_at: datetime | None
    arrived_at: datetime | None
    arrived_claimed: bool
    met_at: datetime | None
    met_who: str
    scope_confirmed_at: datetime | None
    scope_confirmed_how: str
    work_started_at: datetime | None
    observed_working_at: datetime | None
    walked_through_at: datetime | None
    satisfied: bool | None
    satisfied_at: datetime | None
    signed_at: datetime | None
    completed_at: datetime | None
    outcome: str
    steps_missed: list[str]
    late_by_s: int
    cancelled_at: datetime | None
    cancelled_by: str
    cancel_reason: str
    moved_to_id: UUID | None
    moved_at: datetime | None
    return_of_id: UUID | None
    promise: PromiseOut | None = None
    forecast: ForecastOut | None = None

    @staticmethod
    def resolve_order_number(row: Any) -> int:
        return row.order.number  # type: ignore[no-any-return]

    @staticmethod
    def resolve_order_version(row: Any) -> int:
        return row.order.version  # type: ignore[no-any-return]

    @staticmethod
    def resolve_customer_id(row: Any) -> UUID:
        return row.order.customer_id  # type: ignore[no-any-return]

    @staticmethod
    def resolve_customer_name(row: Any) -> str:
        return row.order.customer.name  # type: ignore[no-any-return]

    @staticmethod
    def resolve_site_id(row: Any) -> UUID:
        return row.order.site_id  # type: ignore[no-any-return]

    @staticmethod
    def resolve_address(row: Any) -> str:
        return row.order.site.address  # type: ignore[no-any-return]

    @staticmethod
    def resolve_zone(row: Any) -> str:
        return row.order.site.zone  # type: ignore[no-any-return]

    @staticmethod
    def resolve_work_type(row: Any) -> str:
        return row.order.work_type_id  # type: ignore[no-any-return]

    @staticmethod
    def resolve_scope_of_work(row: Any) -> str:
        return row.order.scope_of_work  # type: ignore[no-any-return]

    @staticmethod
    def resolve_technician_name(row: Any) -> str | None:
        return row.technician.name if row.technician else None

    @staticmethod
    def resolve_promise(row: Any) -> Any:
        return getattr(row, "shown_promise", None)

    @staticmethod
    def resolve_forecast(row: Any) -> Any:
        return getattr(row, "shown_forecast", None)


class NoteOut(Schema):
    id: UUID
    visit_id: UUID
    words: str
    at: datetime
    by_id: UUID | None


class OneVisitOut(VisitOut):
    notes: list[NoteOut]
    handovers: list[HandoverOut]


class NoteIn(Write):
    words: Note


class ScopeOfWorkIn(Write):
    scope_of_work: Note


class OrderOut(Schema):
    id: UUID
    number: int
    version: int
    scope_of_work: str
    customer_id: UUID
    site_id: UUID
    branch_id: UUID
    request_id: UUID | None


def with_promises(rows: Iterable[Visit]) -> list[Visit]:
    """The visits with what was said and what is forecast; a few queries whatever their number."""
    visits = list(rows)
    for stop in stops_of(visits):
        vars(stop.visit).update(shown_promise=stop.promise, shown_forecast=stop.forecast)
    return visits


def shown(request: Asked, visit: Visit) -> Visit:
    """A visit as it stands after an action."""
    return with_promises([visible_to(who(request)).filter(id=visit.id).first() or visit])[0]


@router.get("/visits", response=Page[VisitOut])
def list_visits(
    request: Asked,
    branch: Id | None = None,
    day: Day | None = None,
    technician: Id | None = None,
    customer: Id | None = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """By planned start; what is not planned yet comes last. ``day`` is the branch's day (else the company's)."""
    rows = visible_to(who(request)).annotate(
        sorts_at=Coalesce("planned_start", Value(LATEST), output_field=DateTimeField())
    )
    if day is not None:
        since, until = day_of(day, _zone(request, branch))
        rows = rows.filter(planned_start__gte=since, planned_start__lt=until)
    wanted = {"branch": branch, "technician": technician, "order__customer": customer}
    listed = page(rows.filter(**{k: v for k, v in wanted.items() if v is not None}), BY_START, after, limit)
    return listed | {"items": with_promises(listed["items"])}


def _zone(request: Asked, branch: UUID | None) -> str:
    if branch is None:
        return crew.company().zone
    return found(crew.branches_visible_to(who(request)), branch).zone


@router.get("/visits/{uuid:visit_id}", response=OneVisitOut)
def one_visit(request: Asked, visit_id: UUID) -> Any:
    rows = visible_to(who(request)).prefetch_related(Prefetch("notes", WrittenNote.objects.standing()), "handovers")
    return with_promises([found(rows, visit_id)])[0]


@router.post("/visits/{uuid:visit_id}/notes", response={201: NoteOut})
def new_note(request: Asked, visit_id: UUID, body: NoteIn) -> Any:
    """Before, during and after the visit."""
    visit = found(visible_to(who(request)), visit_id)
    must_any(request, visit.branch_id, Verb.BOOK, Verb.STAGE)
    return Status(201, add_note(visit.id, body.words, **door(request, body)))


@router.post("/orders/{uuid:order_id}/scope", response=OrderOut)
def new_scope_of_work(request: Asked, order_id: UUID, body: ScopeOfWorkIn) -> Any:
    """Change what is to be done; a technician who has read it before must read it again."""
    there = found(orders_visible_to(who(request)), order_id)
    must(request, Verb.BOOK, there.branch_id)
    return change_order(there.id, body.scope_of_work, **door(request, body))
