"""Every tap: one action each, back to the visit, with one sentence where something is in the way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goodword.crew.queries import Viewer, require
from goodword.crew.rules import Verb
from goodword.kit.clock import company_now
from goodword.kit.refusals import BadInput, NotFound, Refusal
from goodword.next_steps.actions import open_step
from goodword.parts.doorway import back, door, signed_in
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.visits.queries import handovers_visible_to, visit_for

DAY = timedelta(days=1)


def _to(visit_id: UUID) -> str:
    return reverse("technician:visit", args=[visit_id])


def _mine(request: HttpRequest, visit_id: UUID) -> Visit:
    """The visit, to whom may write on it: its technician, and who may correct it for them."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    visit = visit_for(viewer, visit_id)
    own = visit.technician_id == viewer.person.id
    require(viewer, Verb.STAGE if own else Verb.CORRECT, visit.branch_id)
    return visit


def _tap(request: HttpRequest, visit_id: UUID, do: Callable[[dict[str, Any]], object], says: str = "") -> HttpResponse:
    _mine(request, visit_id)
    try:
        do(door(request))
    except NotFound:
        raise
    except Refusal as refusal:
        return back(request, _to(visit_id), refusal=refusal)
    return back(request, _to(visit_id), says)


@require_POST
@signed_in
def step(request: HttpRequest, visit_id: UUID, step: str) -> HttpResponse:
    """One step of a stage."""
    plain: dict[str, Callable[..., object]] = {
        "review": visits.review,
        "depart": visits.depart,
        "arrive": visits.arrive,
        "start_work": visits.start_work,
        "observe_working": visits.observe_working,
        "walk_through": visits.walk_through,
        "sign": visits.sign,
    }
    if step in plain:
        return _tap(request, visit_id, lambda d: plain[step](visit_id, **d))
    if step == "make_safe":
        return _tap(request, visit_id, lambda d: visits.start_work(visit_id, make_safe=True, **d))
    if step == "meet":
        return _tap(request, visit_id, lambda d: visits.meet(visit_id, request.POST.get("who", "contact"), **d))
    if step == "confirm_scope":
        how = request.POST.get("how", "confirmed")
        return _tap(request, visit_id, lambda d: visits.confirm_scope(visit_id, how, **d))
    if step == "satisfied":
        happy = request.POST.get("answer") == "yes"
        return _tap(request, visit_id, lambda d: visits.answer_satisfied(visit_id, happy, **d))
    raise NotFound


@require_POST
@signed_in
def lateness(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Running late by so many minutes; the customer's office sees it at once."""
    return _tap(
        request,
        visit_id,
        lambda d: visits.running_late(visit_id, _number(request, "minutes"), **d),
        _("Noted. The visits behind it are computed again."),
    )


@require_POST
@signed_in
def completion(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The end of the visit. What is in the way stays on the ending page, with the way on."""
    _mine(request, visit_id)
    outcome, leave = request.POST.get("outcome", ""), request.POST.get("leave_now") == "yes"
    proof = {"waited_s": _number(request, "waited") * 60, "calls": _number(request, "calls")}
    try:
        visits.complete(visit_id, outcome, proof if outcome == "no_access" else None, leave, **door(request))
    except Refusal as refusal:
        return back(request, reverse("technician:ending", args=[visit_id]), refusal=refusal)
    return back(request, reverse("technician:today"), _("The visit is complete."))


@require_POST
@signed_in
def next_step(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The customer is not satisfied, or another visit is needed: who does what by when."""
    row = _mine(request, visit_id)
    words = request.POST.get("words", "")

    def do(d: dict[str, Any]) -> object:
        if not words.strip():
            raise BadInput("words", _("Say what is to be done, so that the office can do it."))
        due_at = company_now() + DAY
        return open_step("follow_up", None, "office", row.branch_id, due_at, "visit", row.id, "agreed", words, **d)

    return _tap(request, visit_id, do, _("The office does it by tomorrow."))


@require_POST
@signed_in
def note(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    return _tap(request, visit_id, lambda d: visits.add_note(visit_id, request.POST.get("words", ""), **d), _("Noted."))


@require_POST
@signed_in
def accept(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """A colleague's visit becomes mine; of an absent colleague's also by who may assign."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    offered = handovers_visible_to(viewer).filter(id=handover_id).first()
    if offered is None:
        raise NotFound
    require(viewer, Verb.STAGE if offered.to_person_id == viewer.person.id else Verb.ASSIGN, offered.visit.branch_id)
    try:
        handover = visits.accept_handover(handover_id, **door(request))
    except Refusal as refusal:
        return back(request, reverse("technician:today"), refusal=refusal)
    return back(request, _to(handover.visit_id), _("This visit is yours now."))


def _number(request: HttpRequest, field: str) -> int:
    """A whole number from a form; 0 when left empty."""
    text = request.POST.get(field, "").strip()
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise BadInput(field, _("Write a whole number."))
    return int(text)
