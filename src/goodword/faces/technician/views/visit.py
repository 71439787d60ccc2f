from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from goodword.crew.queries import Viewer, company
from goodword.customers import queries as customers
from goodword.dispatch.queries.board import stops_of
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.money import Money, money_words
from goodword.next_steps.queries import steps_about
from goodword.parts.attached import Subject, files_on
from goodword.parts.bill import bill_words
from goodword.parts.bracket import Audience
from goodword.parts.doorway import signed_in
from goodword.parts.promised import bracket_of
from goodword.parts.times import clock_words
from goodword.promises.rules import State as Verdict
from goodword.visits import queries as visits
from goodword.visits.models import Request, Visit
from goodword.visits.models.calls import Harm, Vulnerability
from goodword.visits.queries.calls import whom_it_hits
from goodword.visits.rules import ENDS_IN, Outcome, Stage, TurnedBack, areas_of, filled, minutes_to_tell, next_step

BUTTONS = {
    "review": _("I have read it"),
    "depart": _("On my way"),
    "arrive": _("I am at the door"),
    "check_parts": _("All on board"),
    "meet": _("I met them"),
    "confirm_site": _("Same as last time"),
    "confirm_scope": _("They agree to the work"),
    "start_work": _("Start work"),
    "observe_working": _("I have seen it work"),
    "clean_up": _("All left clean"),
    "pay": _("Paid by card"),
    "sign": _("Signed"),
    "complete": _("End the visit"),
}
NOBODY_THERE = {"authorised", "nobody", "minor", "wrong_person"}
LATE = (15, 30, 60)


@require_safe
@signed_in
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One visit in four stages: what was said, what to know, the next thing to do."""
    return render(request, "technician/visit.html", context_of(request, visit_id))


@require_safe
@signed_in
def ending(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """How it ended: the outcome, with what is still open and the way on."""
    context = context_of(request, visit_id)
    stage = context["visit"].stage
    at_the_door = stage in {Stage.ARRIVE, Stage.WORK}
    usual = (Stage.COMPLETE,)
    choices = [(value, says) for value, says in Outcome.choices() if stage in ENDS_IN.get(Outcome(value), usual)]
    if context["works_not_yet"]:
        choices.sort(key=lambda choice: choice[0] != Outcome.NEEDS_RETURN)
    more = {"outcomes": choices, "at_the_door": at_the_door, "chosen": request.GET.get("outcome", "")}
    return render(request, "technician/ending.html", context | more)


def context_of(request: HttpRequest, visit_id: UUID) -> dict[str, Any]:
    """All that the page of a visit shows."""
    row = visits.visit_for(request.viewer, visit_id)  # type: ignore[attr-defined]
    subject = Subject("visit", row, row.branch_id, row.technician_id == request.viewer.person.id)  # type: ignore[attr-defined]
    stop = stops_of([row])[0]
    step = next_step(row, visits.stages_for(row))
    people = customers.contacts_of(row.order.customer_id)
    return {
        "visit": row,
        "stop": stop,
        "bracket": bracket_of(stop, Audience.TECHNICIAN),
        "stage": row.stage.value if row.stage is not Stage.OVER else Stage.COMPLETE.value,
        "step": step,
        "button": BUTTONS.get(step, ""),
        "turns": step in {"walk_through", "satisfied"},
        "is_mine": row.technician_id == request.viewer.person.id,  # type: ignore[attr-defined]
        "contact": people[0] if people else None,
        "phone": next((c.value for p in people for c in p.channels.all() if c.kind == "phone"), ""),
        "site": row.order.site,
        "asked": row.order.request,
        "hits": hits_words(row.order.request, request.viewer),  # type: ignore[attr-defined]
        "written": visits.said_about(request.viewer, row, customers.family(row.order.customer_id), company_now()),  # type: ignore[attr-defined]
        "said_at_most": visits.SAID_AT_MOST,
        "who_looks": request.viewer.person.id,  # type: ignore[attr-defined]
        "late_choices": LATE,
        "turned_choices": TurnedBack.choices(),
        "written_to": step != "arrive" or _may_be_written_to(row),
        "at_the_door": row.stage in {Stage.ARRIVE, Stage.WORK} and row.arrived_at is not None,
        "now": company_now(),
        **files_on(request.viewer, subject),  # type: ignore[attr-defined]
        "zone": zone(row.branch.zone),
        "their_words": _their_words(row) if row.satisfied_at is not None else "",
        "paid": _paid(row) if row.paid_at is not None and not row.is_over else "",
        **_found(row),
        "nobody_there": row.met_who in NOBODY_THERE,
        **_script(row, people[0] if people else None),
        **(_brief(row) if row.stage is Stage.PREPARE else {}),
    }


def _may_be_written_to(row: Visit) -> bool:
    return customers.contact_to_write(row.order.customer_id, "service", kinds=["email"])[1] is not None


def _found(row: Visit) -> dict[str, Any]:
    """What stands in the way and what was measured so far, while at work."""
    return {"obstacles": row.obstacles.all(), "readings": row.readings.all()} if row.stage is Stage.WORK else {}


def _paid(row: Visit) -> str:
    """£96.00, card; or that it was not paid."""
    payment = row.payment
    kind = str(payment.get_kind_display())
    return f"{money_words(Money(payment.amount_minor, payment.currency))}, {kind}" if payment.amount_minor else kind


def hits_words(asked: Request | None, viewer: Viewer) -> list[str]:
    """What goes wrong meanwhile, and whom it hits, as it was asked on the phone."""
    if asked is None:
        return []
    people = whom_it_hits(viewer, asked)
    return [str(Harm(code).label) for code in asked.harm] + [str(Vulnerability(code).label) for code in people]


def _brief(row: Visit) -> dict[str, Any]:
    """What went wrong here last, and what they have been told to expect."""
    last = visits.went_wrong_last(row)
    return {
        "last": last,
        "last_outcome": dict(Outcome.choices()).get(Outcome(last.outcome)) if last and last.outcome else "",
        "last_words": _their_words(last),
        "last_owed": list(steps_about([last.id]).waiting()) if last else [],
        "last_late": bool(last and stops_of([last])[0].verdict == Verdict.BROKEN),
        "shown_last": visits.shown_last(row),
    }


def _their_words(row: Visit | None) -> str:
    """What the customer said before we left, in their own words."""
    return getattr(getattr(row, "leaving", None), "customer_words", "")


def _script(row: Visit, contact: Any) -> dict[str, Any]:
    """The card of the stage in the words of this visit, what it would be about, and what is known from last time."""
    now, work = company_now(), row.order.work_type
    minutes = minutes_to_tell(work.mean_s, work.cv)
    done_by = row.finish_told_at or now + timedelta(minutes=minutes)
    charges, called = visits.charges_of(row), visits.name_at_the_door(row)
    due = charges.due_minor
    currency = company().currency
    money = Money(due, currency)
    names = {
        "customer": called,
        "technician": (row.technician.name if row.technician else "").split(" ")[0],
        "time": clock_words(done_by, zone(row.order.site.zone)),
    }
    card = visits.card_for(row, row.stage) if not row.is_over else []
    work_area, materials_area = areas_of(row.order.site.areas)
    return {
        "card": [(kind, filled(words, names)) for kind, words in card],
        "called": called,
        "minutes": minutes,
        "due_minor": due,
        "due": str(money.decimal),
        "due_words": money_words(money),
        **bill_words(charges, currency, they_pay=row.order.customer.payer_id is None),
        "work_area": work_area,
        "materials_area": materials_area,
        "parts": row.order.lines.exclude(kind="work"),
        "lines": row.order.lines.filter(kind="work"),
        "must_stop": row.nobody_may_work,
        "works_not_yet": visits.works_not_yet(row),
        "was_read": row.reviewed_at is not None and not row.is_read,
    }
