"""Every tap: one action each, back to the visit, with one sentence where something is in the way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goodword.crew.queries import Viewer, company, require
from goodword.crew.rules import Verb
from goodword.faces.technician.views.doubts import doubt_about
from goodword.faces.technician.views.typed import minor, whole
from goodword.kit.clock import company_now
from goodword.kit.money import Money, money_words
from goodword.kit.refusals import BadInput, NotFound, Refusal
from goodword.next_steps.actions import open_step
from goodword.parts.doorway import back, door, signed_in
from goodword.parts.lateness import late_words
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.visits.queries import handovers_visible_to, notes_visible_to, visit_for

DAY = timedelta(days=1)
NOBODY_TO_WORK_FOR = {"nobody", "wrong_person"}  # the visit ends here: the page of the ending comes next
OURS = {"csrfmiddlewaretoken", "command"}  # of a form, not typed by anybody
SITE = ("pets", "children", "parking", "work_area", "materials_area")


def _to(visit_id: UUID) -> str:
    return reverse("technician:visit", args=[visit_id])


def mine(request: HttpRequest, visit_id: UUID) -> Visit:
    """The visit, to whom may write on it: its technician, and who may correct it for them."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    visit = visit_for(viewer, visit_id)
    own = visit.technician_id == viewer.person.id
    require(viewer, Verb.STAGE if own else Verb.CORRECT, visit.branch_id)
    return visit


def _tap(
    request: HttpRequest, visit_id: UUID, do: Callable[[dict[str, Any]], object], says: str = "", to: str = ""
) -> HttpResponse:
    mine(request, visit_id)
    try:
        do(door(request))
    except NotFound:
        raise
    except Refusal as refusal:
        return back(request, _to(visit_id), refusal=refusal)
    return back(request, to or _to(visit_id), says)


@require_POST
@signed_in
def step(request: HttpRequest, visit_id: UUID, step: str) -> HttpResponse:
    """One step of a stage; what is hardly meant is asked first, on the same page."""
    row = mine(request, visit_id)
    if request.POST.get("sure") != "yes" and (doubt := doubt_about(request, row, step, company_now())):
        typed = [(name, value) for name, values in request.POST.lists() for value in values if name not in OURS]
        return render(request, "technician/doubt.html", {"visit": row, "doubt": doubt, "typed": typed})
    return _step(request, visit_id, step)


def _step(request: HttpRequest, visit_id: UUID, step: str) -> HttpResponse:
    plain: dict[str, Callable[..., object]] = {
        "review": visits.review,
        "depart": visits.depart,
        "arrive": visits.arrive,
        "start_work": visits.start_work,
        "observe_working": visits.observe_working,
        "resume_work": visits.resume_work,
        "sign": visits.sign,
    }
    with_words = _with_words(request, visit_id)
    if step == "meet" and request.POST.get("who") in NOBODY_TO_WORK_FOR:
        ends = reverse("technician:ending", args=[visit_id]) + "?outcome=no_access"
        return _tap(request, visit_id, with_words[step], to=ends)
    if step in with_words:
        return _tap(request, visit_id, with_words[step])
    if step in plain:
        return _tap(request, visit_id, lambda d: plain[step](visit_id, **d))
    if step == "make_safe":
        return _tap(request, visit_id, lambda d: visits.start_work(visit_id, make_safe=True, **d))
    if step == "works_not_yet":
        return _tap(request, visit_id, lambda d: visits.observe_working(visit_id, works=False, **d))
    if step == "satisfied":
        happy = request.POST.get("answer") == "yes"
        words = request.POST.get("words", "")
        return _tap(request, visit_id, lambda d: visits.answer_satisfied(visit_id, happy, words, **d))
    raise NotFound


def _with_words(request: HttpRequest, visit_id: UUID) -> dict[str, Callable[[dict[str, Any]], object]]:
    """Steps that say more than that they were done."""
    sent = request.POST
    reason, how = sent.get("reason", ""), sent.get("how", "done")
    met = sent.get("called", ""), sent.get("allowed_by", "")
    changed = {field: sent[field] for field in SITE if field in sent}
    return {
        "check_parts": lambda d: visits.check_parts(visit_id, _ids(sent.getlist("missing")), **d),
        "meet": lambda d: visits.meet(visit_id, sent.get("who", "contact"), *met, **d),
        "confirm_site": lambda d: visits.confirm_site(visit_id, changed, **d),
        "confirm_scope": lambda d: visits.confirm_scope(
            visit_id, sent.get("how", "confirmed"), reason, whole(request, "minutes") or None, **d
        ),
        "walk_through": lambda d: visits.walk_through(visit_id, sent.get("how", "together"), **d),
        "clean_up": lambda d: visits.clean_up(visit_id, how, reason, **d),
        "pay": lambda d: visits.record_payment(visit_id, sent.get("kind", ""), minor(request), reason, **d),
        "finish_line": lambda d: visits.finish_line(visit_id, _id(request, "line"), **d),
        "take_back_line": lambda d: visits.take_back_line(visit_id, _id(request, "line"), **d),
        "take_reading": lambda d: visits.take_reading(
            visit_id, sent.get("name", ""), sent.get("value", ""), sent.get("unit", ""), **d
        ),
        "tell_obstacle": lambda d: visits.tell_obstacle(visit_id, _id(request, "obstacle"), **d),
        "decline_change": lambda d: visits.add_note(visit_id, _declined(request), **d),
        "meet_obstacle": lambda d: visits.meet_obstacle(
            visit_id, sent.get("kind", ""), sent.get("words", ""), whole(request, "minutes"), minor(request),
            told=sent.get("told") == "yes", **d,
        ),
        "agree_change": lambda d: visits.agree_change(
            visit_id, sent.get("words", ""), minor(request), sent.get("how", "customer"), sent.get("agreed_by", ""),
            finish_at=d["at"] + timedelta(minutes=whole(request, "minutes")), **d,
        ),
    }  # fmt: skip


def _declined(request: HttpRequest) -> str:
    """More work that the customer did not want, kept in words until it is raised again."""
    price = money_words(Money(minor(request), company().currency))
    what = request.POST.get("words", "").strip()
    return _("They said no to: {what}, {price} more.").format(what=what, price=price)


def _id(request: HttpRequest, field: str) -> UUID:
    return _ids([request.POST.get(field, "")])[0]


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError as error:
        raise NotFound from error


@require_POST
@signed_in
def lateness(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Running late by so many minutes; the answer says who waits, whether they hear of it and who must call."""
    mine(request, visit_id)
    try:
        visits.running_late(visit_id, whole(request, "minutes"), **door(request))
    except NotFound:
        raise
    except Refusal as refusal:
        return back(request, _to(visit_id), refusal=refusal)
    row = mine(request, visit_id)
    return back(request, _to(visit_id), late_words(row, lambda there: _to(there.id), at_the_desk=False), kind="told")


@require_POST
@signed_in
def turning_back(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """On the way, and not any more: a slip of the thumb, called elsewhere, something in the way."""
    why = request.POST.get("why", "")
    slip = _("You are not on the way. Tap “On my way” when you leave.")
    heard = _("Noted. The office sees it and calls the customer.")
    return _tap(request, visit_id, lambda d: visits.turn_back(visit_id, why, **d), slip if why == "slip" else heard)


@require_POST
@signed_in
def completion(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The end of the visit. What is in the way stays on the ending page, with the way on."""
    mine(request, visit_id)
    outcome, leave = request.POST.get("outcome", ""), request.POST.get("leave_now") == "yes"
    proof = {"waited_s": whole(request, "waited") * 60, "calls": whole(request, "calls")}
    try:
        if outcome == "no_access" and not (proof["waited_s"] and proof["calls"]):
            raise BadInput("waited", _("Say how long you waited and how often you called: it proves that we came."))
        visits.complete(visit_id, outcome, proof if outcome == "no_access" else None, leave, **door(request))
    except Refusal as refusal:
        return back(request, reverse("technician:ending", args=[visit_id]), refusal=refusal)
    return back(request, reverse("technician:today"), _("The visit is complete."))


@require_POST
@signed_in
def next_step(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The customer is not satisfied, or another visit is needed: who does what by when."""
    row = mine(request, visit_id)
    words = request.POST.get("words", "")

    def do(d: dict[str, Any]) -> object:
        if not words.strip():
            raise BadInput("words", _("Say what is to be done, so that the office can do it."))
        due_at = d["at"] + DAY
        return open_step("follow_up", None, "office", row.branch_id, due_at, "visit", row.id, "agreed", words, **d)

    return _tap(request, visit_id, do, _("The office does it by tomorrow."))


@require_POST
@signed_in
def note(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    return _tap(request, visit_id, lambda d: visits.add_note(visit_id, request.POST.get("words", ""), **d), _("Noted."))


@require_POST
@signed_in
def correct_note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """My own words: other ones in their place, withdrawn, or back again."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = notes_visible_to(viewer).filter(id=note_id).exclude(visit=None).first()
    if row is None or row.visit_id is None:
        raise NotFound
    if row.by_id != viewer.person.id:
        require(viewer, Verb.CORRECT, mine(request, row.visit_id).branch_id)
    if request.POST.get("undo") == "yes" or request.POST.get("withdraw") == "yes":
        undo = request.POST.get("undo") == "yes"
        return _tap(request, row.visit_id, lambda d: visits.withdraw_note(note_id, undo, **d))
    words = request.POST.get("words", "")
    return _tap(request, row.visit_id, lambda d: visits.correct_note(note_id, words, **d), _("Corrected."))


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
