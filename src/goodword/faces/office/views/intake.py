"""Requests: who waits for an answer, and what we can offer them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.customers import queries as customers
from goodword.dispatch import actions as dispatch
from goodword.dispatch.queries.queue import queue as in_order
from goodword.dispatch.queries.visible import offers_visible_to
from goodword.faces.office.forms.fields import instant, span
from goodword.faces.office.forms.requests import ByHandForm, CallBackForm, ClosingForm
from goodword.faces.office.views.acting import Door, carry_out, posted
from goodword.faces.office.views.day import door_of
from goodword.faces.office.views.nothing_offered import call_by, what_now
from goodword.faces.office.views.offers import offer_view
from goodword.faces.office.views.pages import chosen_day, desk, show
from goodword.faces.office.views.reasons import HARM_WORDS, PEOPLE_WORDS, because, words_of
from goodword.faces.office.views.staff import who_comes
from goodword.faces.office.views.why_not import asked_time
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import Forbidden, NotFound, Refusal
from goodword.parts.attached import Subject, files_on
from goodword.parts.doorway import SignedIn, door, tapped
from goodword.promises import actions as promises
from goodword.promises.models import Promise
from goodword.promises.queries import visible_to as promises_visible_to
from goodword.promises.rules import State as Verdict
from goodword.visits import actions as visits
from goodword.visits.actions.calls import advise
from goodword.visits.models import Request
from goodword.visits.queries import requests_visible_to
from goodword.visits.queries.advice import advice_for
from goodword.visits.queries.calls import whom_it_hits

PAGE = 50  # ours: rows of the queue on one page


def harm_words(row: Request) -> list[str]:
    return words_of(row.harm, HARM_WORDS)


def people_words(request: SignedIn, row: Request) -> list[str]:
    """Whom it hits, for those who need to know."""
    return words_of(whom_it_hits(request.viewer, row), PEOPLE_WORDS)


@require_safe
@desk
def queue(request: SignedIn) -> HttpResponse:
    """Who waits, the most urgent first, each with the reason; below, whom we said we would call."""
    viewer, now = request.viewer, company_now()
    rows = in_order(viewer, now)
    waiting = [(row, door_of(row.request.site), because(row, now)) for row in rows[:PAGE]]
    calls = promises_visible_to(viewer).filter(type=Promise.Type.CALL_BACK_BY, verdict__state=Verdict.OPEN)
    context = {
        "waiting": waiting,
        "more": len(rows) - len(waiting),
        "calls": calls.order_by("closes_at", "id")[:PAGE],
        "may_book": viewer.may(Verb.BOOK),
        "now": now,
    }
    return show(request, "office/requests/queue.html", context)


def _request(request: SignedIn, request_id: UUID) -> Request:
    there: Request | None = requests_visible_to(request.viewer).select_related("contact").filter(id=request_id).first()
    if there is None:
        raise NotFound
    return there


def _to_book(request: SignedIn, request_id: UUID) -> Request:
    there = _request(request, request_id)
    require(request.viewer, Verb.BOOK, there.branch_id)
    return there


def about(row: Request) -> dict[str, Any]:
    """What every page about one request says above."""
    return {
        "asked": row,
        "door": door_of(row.site),
        "harm": harm_words(row),
        "zone": zone(row.branch.zone),
        "now": company_now(),
    }


@require_safe
@desk
def one(request: SignedIn, request_id: UUID) -> HttpResponse:
    """One request: their words, and the windows that can be kept."""
    row = _request(request, request_id)
    context = about(row)
    made = offers_visible_to(request.viewer).select_related("branch").filter(request=row).order_by("-made_at").first()
    open_ones = {Request.Status.WAITING, Request.Status.ANSWERED}
    context |= {
        "made": offer_view(made, context["now"]) if made is not None else None,
        "contacts": customers.contacts_of(row.customer_id),
        "site": row.site,
        "people": people_words(request, row),
        "unsaid": unsaid(row),
        "visit": row.orders.filter(visits__moved_at=None).values_list("visits__id", flat=True).first(),
        "calls": promises_visible_to(request.viewer).filter(request=row, type=Promise.Type.CALL_BACK_BY),
        "is_open": row.status in open_ones,
        **files_on(request.viewer, Subject("request", row, row.branch_id)),
        **(asked_time(request, row, None, context["now"]) if row.status in open_ones and row.site.lat else {}),
        "may_book": request.viewer.may(Verb.BOOK, row.branch_id) and row.status in open_ones,
        "may_plan": request.viewer.may(Verb.ASSIGN, row.branch_id) and row.status in open_ones,
    }
    if context["may_book"] and made is not None and not made.options.exists():
        context |= what_now(row, context["now"])
    return show(request, "office/requests/request.html", context)


def unsaid(row: Request) -> list[tuple[str, str, list[str]]]:
    """What we say until we come, and have not said yet."""
    said = {one["harm"] for one in row.advice}
    words = advice_for(row.branch_id, [code for code in row.harm if code not in said])
    return [(code, str(HARM_WORDS[code]), lines) for code, lines in words.items()]


@require_POST
@desk
def advised(request: SignedIn, request_id: UUID) -> HttpResponse:
    """It was said."""
    row = _to_book(request, request_id)
    to = reverse("office:request", args=[row.id])
    return tapped(
        request,
        lambda d: advise(row.id, request.POST.getlist("advised"), **d),
        to,
        _("Said, and kept with the request."),
    )


@require_POST
@desk
def make_offer(request: SignedIn, request_id: UUID) -> HttpResponse:
    """Ask for windows, as the day stands now."""
    row = _to_book(request, request_id)
    to = reverse("office:request", args=[row.id]) + "#windows"
    try:
        dispatch.offer(row.id, **door(request))
    except (NotFound, Forbidden):
        raise
    except Refusal as refusal:
        messages.error(request, refusal.detail, extra_tags="broken")
    return redirect(to)


@require_http_methods(["GET", "POST"])
@desk
def by_hand(request: SignedIn, request_id: UUID) -> HttpResponse:
    """A window that a dispatcher has chosen; what cannot be kept is said, and needs a reason."""
    row = _to_book(request, request_id)
    require(request.viewer, Verb.ASSIGN, row.branch_id)
    day = chosen_day(request, row.branch, company_now())
    people = who_comes(row.branch, day, row.work_type.skills)
    return carry_out(
        request,
        ByHandForm(posted(request), technicians=people, initial={"day": day}),
        lambda facts, door: _book(row, facts, door),
        template="office/requests/act.html",
        context=about(row)
        | {
            "title": _("Book by hand"),
            "lead": _("The window is checked against the day. Where it cannot be kept, you read why, and may insist."),
            "button": _("Promise this window"),
        },
        to=lambda promise: reverse("office:agreed", args=[promise.visit_id]),
        says=_("Booked. The confirmation is on its way."),
    )


def _book(row: Request, facts: Mapping[str, Any], door: Door) -> Promise:
    opens, closes = span(facts, row.branch.zone)
    technician = UUID(facts["technician"])
    return dispatch.book_by_hand(row.id, technician, opens, closes, anyway=facts.get("anyway", ""), **door)


@require_http_methods(["GET", "POST"])
@desk
def call_back(request: SignedIn, request_id: UUID) -> HttpResponse:
    """Nothing can be offered: then we say by when we call."""
    row = _to_book(request, request_id)
    due = call_by(row, company_now())
    return carry_out(
        request,
        CallBackForm(posted(request), initial={"day": due.date(), "by": due.time()}),
        lambda facts, door: dispatch.promise_call_back(
            row.id, instant(facts["day"], facts["by"], row.branch.zone, "by"), **door
        ),
        template="office/requests/act.html",
        context=about(row)
        | {
            "title": _("We call them"),
            "lead": _("That is a promise too: it is kept when somebody calls by then."),
            "button": _("Promise the call"),
        },
        to=reverse("office:request", args=[row.id]),
        says=_("Promised."),
    )


@require_http_methods(["GET", "POST"])
@desk
def closing(request: SignedIn, request_id: UUID) -> HttpResponse:
    """No visit comes of it: say why."""
    row = _to_book(request, request_id)
    return carry_out(
        request,
        ClosingForm(posted(request)),
        lambda facts, door: visits.close_request(row.id, facts["reason"], **door),
        template="office/requests/act.html",
        context=about(row)
        | {
            "title": _("Close this request"),
            "lead": _("It leaves the queue. The words stay."),
            "button": _("Close it"),
        },
        to=reverse("office:intake"),
        says=_("Closed."),
    )


@require_POST
@desk
def called(request: SignedIn, promise_id: UUID) -> HttpResponse:
    """Somebody has called, as we said."""
    promise = _promised_call(request, promise_id)
    to = reverse("office:intake")
    return tapped(request, lambda d: promises.say_done(promise.id, **d), to, _("Called, as we said."))


@require_POST
@desk
def not_called(request: SignedIn, promise_id: UUID) -> HttpResponse:
    """The tap was a slip."""
    promise = _promised_call(request, promise_id)
    to = reverse("office:steps")
    return tapped(request, lambda d: promises.take_back_done(promise.id, **d), to, _("It waits again."))


def _promised_call(request: SignedIn, promise_id: UUID) -> Promise:
    rows = promises_visible_to(request.viewer).filter(type=Promise.Type.CALL_BACK_BY)
    promise: Promise | None = rows.filter(id=promise_id).first()
    if promise is None:
        raise NotFound
    require(request.viewer, Verb.BOOK, promise.branch_id)
    return promise
