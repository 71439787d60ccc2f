from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from goodword.customers import queries as customers
from goodword.customers.actions import index_words
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.kit.text import NOTE, clean
from goodword.visits.actions.calls import harm_codes, record_flags, say, vulnerability_codes
from goodword.visits.models import Request, WorkOrder


@action("request.take")
def take_request(
    site_id: UUID,
    work_type: str,
    branch_id: UUID,
    words: str = "",
    since_when: str = "",
    harm: list[str] | None = None,
    contact_id: UUID | None = None,
    needed_by: datetime | None = None,
    caller: str = "",
    vulnerability: list[str] | None = None,
    stops_them: str = "",
    expects: str = "",
    expects_source: str = "",
    advised: list[str] | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Request:
    """Write down what a customer asks for, in their own words.

    ``advised``: the kinds of trouble for which what we say until we come was said on the phone.
    """
    site = customers.site(site_id)
    wanted = clean(expects, "expects", limit=NOTE)
    request = Request.objects.create(
        customer_id=site.customer_id,
        site=site,
        contact_id=contact_id,
        branch_id=branch_id,
        work_type_id=work_type,
        caller=clean(caller, "caller"),
        words=clean(words, "words", limit=NOTE),
        since_when=clean(since_when, "since_when"),
        harm=harm_codes(harm),
        vulnerability=vulnerability_codes(vulnerability),
        stops_them=clean(stops_them, "stops_them", limit=NOTE),
        needed_by=needed_by,
        expects=wanted,
        expects_source=_source(expects_source) if wanted else "",
        taken_at=at,
        taken_by=by.id,
    )
    facts = {"work_type": work_type, "harm": request.harm, "customer": str(site.customer_id)}
    record("request.taken", about=request, by=by, at=at, command=command, scope=branch_id, facts=facts)
    if request.vulnerability:
        record_flags(request, by=by, at=at, command=command)
    if say(request, advised or [], by=by, at=at, command=command):
        request.save(update_fields=["advice", "advised_at", "advised_by"])
    return request


def _source(said: str) -> str:
    """Where their expectation comes from; never left open (S1-8)."""
    if said not in Request.Source.values:
        raise BadInput("expects_source", _("Say where you have this from: on the phone, face to face, or in writing."))
    return said


@action("request.mark")
def mark_request(request_id: UUID, status: str, *, by: Actor, at: datetime, command: UUID) -> Request:
    """The request was answered or booked: it leaves the queue."""
    request = Request.objects.select_for_update().get(id=request_id)
    request.status = status
    request.save(update_fields=["status"])
    record(
        "request.answered",
        about=request,
        by=by,
        at=at,
        command=command,
        scope=request.branch_id,
        facts={"status": status},
    )
    return request


@action("request.close")
def close_request(request_id: UUID, reason: str, *, by: Actor, at: datetime, command: UUID) -> Request:
    """No visit comes of it: say why."""
    request = Request.objects.select_for_update().get(id=request_id)
    request.status, request.closed_reason = Request.Status.CLOSED, clean(reason, "reason", needed=True)
    request.save(update_fields=["status", "closed_reason"])
    record(
        "request.answered",
        about=request,
        by=by,
        at=at,
        command=command,
        scope=request.branch_id,
        facts={"status": "closed"},
    )
    return request


@action("order.open")
def open_order(
    site_id: UUID,
    work_type: str,
    branch_id: UUID,
    scope_of_work: str = "",
    request_id: UUID | None = None,
    contact_id: UUID | None = None,
    callback_of_id: UUID | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> WorkOrder:
    """Open a work order under the next number; its number is found by the search."""
    site = customers.site(site_id)
    order = WorkOrder.objects.create(
        number=_next_number(),
        request_id=request_id,
        customer_id=site.customer_id,
        site=site,
        contact_id=contact_id,
        branch_id=branch_id,
        work_type_id=work_type,
        scope_of_work=clean(scope_of_work, "scope_of_work", limit=NOTE),
        callback_of_id=callback_of_id,
        opened_at=at,
    )
    index_words(
        site.customer_id, branch_id, "order", "workorder", order.id, str(order.number), by=by, at=at, command=command
    )
    record(
        "order.opened",
        about=order,
        by=by,
        at=at,
        command=command,
        scope=branch_id,
        facts={"work_type": work_type, "request": str(request_id) if request_id else None},
    )
    return order


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('visits_order_number')")
        return int(cursor.fetchone()[0])


@action("order.change")
def change_order(order_id: UUID, scope_of_work: str, *, by: Actor, at: datetime, command: UUID) -> WorkOrder:
    """Change what is to be done. The version goes up; a review of an older version no longer counts (S0-4)."""
    order = WorkOrder.objects.select_for_update().get(id=order_id)
    order.scope_of_work = clean(scope_of_work, "scope_of_work", limit=NOTE)
    order.version += 1
    order.save(update_fields=["scope_of_work", "version"])
    record(
        "order.changed",
        about=order,
        by=by,
        at=at,
        command=command,
        scope=order.branch_id,
        facts={"version": order.version},
    )
    return order
