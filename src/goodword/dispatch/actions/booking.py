"""Choosing an offered window: visit, promise and confirmation come into being in one transaction, or not at all."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from goodword import engine
from goodword.crew.actions import defer_double_booking, release
from goodword.crew.models import Engagement
from goodword.dispatch import errors
from goodword.dispatch.actions.confirming import confirm
from goodword.dispatch.actions.lines import line_up
from goodword.dispatch.actions.offering import let_go_of_others, locked_option, refuse_if_chosen
from goodword.dispatch.models import Offer, Option
from goodword.dispatch.queries.offers import Question, in_words
from goodword.dispatch.rules import words
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.calendar import read_instant, zone
from goodword.kit.clock import company_now
from goodword.kit.events import record
from goodword.promises import actions as promises
from goodword.promises.models import Promise
from goodword.promises.queries import is_open, open_window_of
from goodword.visits import actions as visits
from goodword.visits.models import Request, Visit


@action("offer.choose")
def book(option_id: UUID, said: str = "", *, by: Actor, at: datetime, command: UUID) -> Promise:
    """Agree on an option: it is checked again, then promised in said words, and the confirmation is on its way.

    Raises
    ------
    OfferGone, NoLongerFits, DoubleBooked
        Chosen before, lapsed, or overtaken meanwhile; nothing is written.
    """
    option = locked_option(option_id)
    _still_good(option, at)
    let_go_of_others(option, by=by, at=at, command=command)
    release(option.id, Engagement.Kind.HOLD, by=by, at=at, command=command)
    option.status, option.held_until = Option.Status.CHOSEN, None
    option.save(update_fields=["status", "held_until"])
    visit, before = _visit(option, by=by, at=at, command=command)
    sentence = said or words.said_window(option.opens_at, option.closes_at, option.offer.branch.zone)
    promise = promises.make_window(
        visit.id,
        option.opens_at,
        option.closes_at,
        sentence,
        before.id if before else None,
        by=by,
        at=at,
        command=command,
    )
    confirm(promise, moved=before is not None, by=by, at=at, command=command)
    facts = {"option": str(option.id), "visit": str(visit.id), "promise": str(promise.id), "p_kept": option.p_kept}
    record("offer.chosen", about=option.offer, by=by, at=at, command=command, scope=option.offer.branch_id, facts=facts)
    return promise


@action("offer.by_hand")
def book_by_hand(
    request_id: UUID,
    technician_id: UUID,
    opens_at: datetime,
    closes_at: datetime,
    planned_start: datetime | None = None,
    planned_end: datetime | None = None,
    anyway: str = "",
    said: str = "",
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Promise:
    """A window that a dispatcher has chosen. Checked like an offer; what cannot be kept needs a reason (S0-5)."""
    request = Request.objects.select_related("site", "work_type", "branch").get(id=request_id)
    start, end = _planned_by_hand(request, technician_id, opens_at, closes_at, anyway, at)
    option = Option(
        offer=Offer(request=request, branch=request.branch),
        opens_at=opens_at,
        closes_at=closes_at,
        technician_id=technician_id,
        planned_start=planned_start or start,
        planned_end=planned_end or end,
    )
    visit, _before = _visit(option, by=by, at=at, command=command)
    sentence = said or words.said_window(opens_at, closes_at, request.branch.zone)
    promise = promises.make_window(visit.id, opens_at, closes_at, sentence, by=by, at=at, command=command)
    confirm(promise, moved=False, by=by, at=at, command=command)
    return promise


def _planned_by_hand(
    request: Request, technician_id: UUID, opens_at: datetime, closes_at: datetime, anyway: str, at: datetime
) -> tuple[datetime, datetime]:
    """When the engine would plan it; where it cannot be kept, from the window's opening, but only with a reason."""
    day = opens_at.astimezone(zone(request.branch.zone)).date()
    line_up(technician_id, day, request.branch.zone)
    question = Question(request, None, at)
    picture = question.picture()
    found = question.check(picture, opens_at, closes_at, technician_id)
    if isinstance(found, engine.WindowOption):
        return picture.instant(found.planned.start_s), picture.instant(found.planned.end_s)
    if not anyway.strip():
        raise errors.Infeasible(why=in_words(picture, found))
    return opens_at, opens_at + timedelta(seconds=request.work_type.mean_s)


def _still_good(option: Option, at: datetime) -> None:
    """An offer is checked again when chosen, held or not."""
    offer = option.offer
    refuse_if_chosen(option)
    day = option.planned_start.astimezone(zone(offer.branch.zone)).date()
    line_up(option.technician_id, day, offer.branch.zone, offer.moving_id)
    question = Question(offer.request, offer.moving, at)
    picture = question.picture(leave_out=offer.options.values_list("id", flat=True))
    fresh = question.check(picture, option.opens_at, option.closes_at, option.technician_id)
    if isinstance(fresh, engine.Reason):
        raise errors.NoLongerFits(why=in_words(picture, fresh))
    option.planned_start = picture.instant(fresh.planned.start_s)
    option.planned_end = picture.instant(fresh.planned.end_s)
    option.shifted = [
        {
            "visit": s.visit,
            "start": picture.instant(s.planned.start_s).isoformat(),
            "end": picture.instant(s.planned.end_s).isoformat(),
        }
        for s in fresh.shifted
    ]
    option.save(update_fields=["planned_start", "planned_end", "shifted"])


def _visit(option: Option, **door: Any) -> tuple[Visit, Promise | None]:
    """The visit that keeps the new promise, and the promise before it when a visit moved."""
    with defer_double_booking():
        _make_room(option, **door)
        if option.offer.moving is not None:
            return _moved(option, option.offer.moving, **door)
        return _first(option, option.offer.request, **door), None


def _first(option: Option, request: Request | None, **door: Any) -> Visit:
    assert request is not None
    order = visits.open_order(
        request.site_id, request.work_type_id, request.branch_id, request.words, request.id, request.contact_id, **door
    )
    visit = visits.plan_visit(order.id, option.technician_id, option.planned_start, option.planned_end, **door)
    visits.mark_request(request.id, Request.Status.BOOKED, **door)
    return visit


def _make_room(option: Option, **door: Any) -> None:
    """Visits behind it move their planned time (never their window) in the same transaction."""
    for row in option.shifted or []:
        if row["visit"].startswith("hold:"):
            continue
        visit = Visit.objects.get(id=row["visit"])
        start, end = read_instant(row["start"]), read_instant(row["end"])
        visits.assign(visit.id, visit.technician_id, start, end, **door)


def _moved(option: Option, old: Visit, **door: Any) -> tuple[Visit, Promise | None]:
    """Another time for a visit: released when the customer started it, agreed anew when we did (design 2)."""
    before = open_window_of(old.id)
    if before is not None:
        end_of(before, option.offer.by_whom, options=option.offer.options.count(), **door)
    successor = visits.move(
        old.id, option.technician_id, option.planned_start, option.planned_end, option.offer.by_whom, **door
    )
    return successor, before


def end_of(before: Promise, by_whom: str, options: int, **door: Any) -> None:
    """What becomes of a promise whose visit moves. Moved by us with fewer than two choices, it stays and is broken.

    One that is broken already stays so, whoever moves the visit now.
    """
    if not is_open(before, company_now()):
        return
    if by_whom == "customer":
        promises.release_promise(before.id, "moved", **door)
    elif options >= 2:
        promises.renegotiate(before.id, options, **door)
