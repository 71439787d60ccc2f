"""Making a promise, and everything that may happen to it short of being kept, which nobody types (P-11)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.actions import action, machinery
from goodword.kit.actors import Actor
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.erasing import end_links
from goodword.kit.events import record
from goodword.kit.refusals import BadInput, NotFound
from goodword.kit.text import clean
from goodword.messaging.actions import erase_messages
from goodword.next_steps.actions import erase_steps
from goodword.promises import errors
from goodword.promises.models import Mark, Promise, Verdict
from goodword.promises.queries import judgement, tellings_of
from goodword.promises.rules import SAID_DONE, SPOKEN, State
from goodword.visits.models import Request, Visit


@action("promise.make_window")
def make_window(
    visit_id: UUID,
    opens_at: datetime,
    closes_at: datetime,
    said: str,
    successor_of_id: UUID | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Promise:
    """Promise to arrive between two times, in the words that were said."""
    visit = Visit.objects.select_related("order").get(id=visit_id)
    if closes_at <= opens_at:
        raise BadInput("closes_at", _("A window ends after it begins."))
    if closes_at <= at:
        raise errors.WindowPast(closes_at=closes_at.astimezone(zone(visit.branch.zone)))
    return _make(
        Promise(
            type=Promise.Type.ARRIVAL_WINDOW,
            customer_id=visit.order.customer_id,
            site_id=visit.order.site_id,
            branch_id=visit.branch_id,
            visit=visit,
            request_id=visit.order.request_id,
            opens_at=opens_at,
            closes_at=closes_at,
            said=clean(said, "said", limit=2_000, needed=True),
            made_at=at,
            maker=by.id,
            keeper=visit.technician_id,
            successor_of_id=successor_of_id,
        ),
        by=by,
        at=at,
        command=command,
    )


@action("promise.make_finish")
def make_finish(
    visit_id: UUID, closes_at: datetime, successor_of_id: UUID | None = None, *, by: Actor, at: datetime, command: UUID
) -> Promise:
    """The customer was told how long it takes: it is done by then (S0-22)."""
    visit = Visit.objects.select_related("order__site").get(id=visit_id)
    local = closes_at.astimezone(zone(visit.order.site.zone))
    return _make(
        Promise(
            type=Promise.Type.FINISH_BY,
            customer_id=visit.order.customer_id,
            site_id=visit.order.site_id,
            branch_id=visit.branch_id,
            visit=visit,
            request_id=visit.order.request_id,
            closes_at=closes_at,
            said=_("Done by %(time)s.") % {"time": f"{local.hour}:{local.minute:02d}"},
            made_at=at,
            maker=by.id,
            keeper=visit.technician_id,
            successor_of_id=successor_of_id,
        ),
        by=by,
        at=at,
        command=command,
    )


@action("promise.make_call_back")
def make_call_back(
    request_id: UUID, due_at: datetime, said: str, keeper: UUID | None = None, *, by: Actor, at: datetime, command: UUID
) -> Promise:
    """ "We call you by ..." is a promise too."""
    request = Request.objects.get(id=request_id)
    if due_at <= at:
        raise errors.WindowPast(closes_at=due_at.astimezone(zone(request.branch.zone)))
    return _make(
        Promise(
            type=Promise.Type.CALL_BACK_BY,
            customer_id=request.customer_id,
            site_id=request.site_id,
            branch_id=request.branch_id,
            request=request,
            closes_at=due_at,
            said=clean(said, "said", limit=2_000, needed=True),
            made_at=at,
            maker=by.id,
            keeper=keeper or by.id,
        ),
        by=by,
        at=at,
        command=command,
    )


def _make(promise: Promise, *, by: Actor, at: datetime, command: UUID) -> Promise:
    promise.save(force_insert=True)
    facts = {
        "type": promise.type,
        "opens_at": promise.opens_at.isoformat() if promise.opens_at else None,
        "closes_at": promise.closes_at.isoformat(),
        "visit": _text(promise.visit_id),
        "customer": str(promise.customer_id),
        "successor_of": _text(promise.successor_of_id),
    }
    record("promise.made", about=promise, by=by, at=at, command=command, scope=promise.branch_id, facts=facts)
    rejudge(promise)
    return promise


def _text(value: UUID | None) -> str | None:
    return str(value) if value is not None else None


def _locked(promise_id: UUID) -> Promise:
    promise = Promise.objects.select_for_update().filter(id=promise_id).first()
    if promise is None:
        raise NotFound
    return promise


def _open(promise: Promise) -> None:
    state = judgement(promise, company_now()).state
    if state is not State.OPEN:
        raise errors.NotOpen(state=state.value)


def _happened(name: str, promise: Promise, facts: dict[str, Any] | None = None, **door: Any) -> Promise:
    record(name, about=promise, scope=promise.branch_id, facts=facts, **door)
    rejudge(promise)
    return promise


@action("promise.tell")
def tell(promise_id: UUID, how: str, *, by: Actor, at: datetime, command: UUID) -> Promise:
    """The customer was told that it may not be kept: spoken, read or answered (P-32)."""
    if how not in {SPOKEN, "read", "answered"}:
        raise BadInput("how", _("Say how they were told: spoken, read or answered."))
    return _happened("promise.told", _locked(promise_id), {"how": how}, by=by, at=at, command=command)


@action("promise.not_told")
def take_back_told(promise_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Promise:
    """ "I have told the customer" was a slip: they have yet to hear it. Where nobody said so, nothing changes."""
    promise = _locked(promise_id)
    if not any(told.facts.get("how") == SPOKEN for told in tellings_of([promise.id])[promise.id]):
        return promise
    return _happened("promise.not_told", promise, by=by, at=at, command=command)


@action("promise.release")
def release_promise(promise_id: UUID, why: str, *, by: Actor, at: datetime, command: UUID) -> Promise:
    """The customer started the change (P-23): moved or cancelled."""
    promise = _locked(promise_id)
    _open(promise)
    return _happened("promise.released", promise, {"why": why}, by=by, at=at, command=command)


@action("promise.renegotiate")
def renegotiate(promise_id: UUID, options: int, *, by: Actor, at: datetime, command: UUID) -> Promise:
    """The customer chose anew among at least two real options, or named their own (P-20)."""
    promise = _locked(promise_id)
    if options < 2:
        raise BadInput("options", _("Offer at least two real choices, or take the customer's own."))
    return _happened("promise.renegotiated", promise, {"options": options}, by=by, at=at, command=command)


@action("promise.agree_early")
def agree_early(promise_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Promise:
    """The customer agreed to an early start (P-14)."""
    return _happened("promise.early_agreed", _locked(promise_id), by=by, at=at, command=command)


@action("promise.void")
def void(promise_id: UUID, reason: str, *, by: Actor, at: datetime, command: UUID) -> Promise:
    """An entry error or a duplicate, declared by a second person and never after the due time (P-25)."""
    promise = _locked(promise_id)
    clean(reason, "reason", needed=True)
    if by.id == promise.maker:
        raise errors.NeedsSecondPerson
    if at > promise.closes_at:
        raise errors.TooLateToVoid
    return _happened("promise.voided", promise, by=by, at=at, command=command)


@action("promise.done")
def say_done(promise_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Promise:
    """The keeper of a call-back or a task says it is done (E-18). An arrival window knows no such word (P-11)."""
    promise = _locked(promise_id)
    if promise.type == Promise.Type.ARRIVAL_WINDOW:
        raise BadInput("promise", _("An arrival window is kept by arriving."))
    if judgement(promise, company_now()).proof == SAID_DONE:
        return promise
    return _happened("promise.done", promise, by=by, at=at, command=command)


@action("promise.not_done")
def take_back_done(promise_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Promise:
    """ "Done" was a slip: it waits again, as due as before. Where nobody has said so, nothing changes."""
    promise = _locked(promise_id)
    if judgement(promise, company_now()).proof != SAID_DONE:
        return promise
    return _happened("promise.not_done", promise, by=by, at=at, command=command)


@action("promise.mark")
def mark(
    promise_id: UUID, kind: str, p_miss: float | None = None, *, by: Actor, at: datetime, command: UUID
) -> Promise:
    """Write a first crossing, ``at_risk`` (P-28) or ``known`` (P-29); a second crossing writes nothing (P-30)."""
    promise = _locked(promise_id)
    if kind == Mark.Kind.KNOWN and not promise.marks.filter(kind=Mark.Kind.AT_RISK).exists():
        _mark_once(promise, Mark.Kind.AT_RISK, p_miss, by=by, at=at, command=command)
    _mark_once(promise, kind, p_miss, by=by, at=at, command=command)
    return promise


def _mark_once(promise: Promise, kind: str, p_miss: float | None, **door: Any) -> None:
    if promise.marks.filter(kind=kind).exists():
        return
    Mark.objects.create(promise=promise, kind=kind, since=door["at"])
    facts = {"p_miss": round(p_miss, 4) if p_miss is not None else None}
    record(f"promise.{kind}", about=promise, scope=promise.branch_id, facts=facts, **door)


@machinery("promises.verdict")
def rejudge(promise: Promise) -> Verdict:
    """Bring the projection of one promise up to what is recorded now."""
    now = company_now()
    found = judgement(promise, now)
    return Verdict.objects.update_or_create(
        promise=promise,
        defaults={
            "branch_id": promise.branch_id,
            "state": found.state.value,
            "cause": found.cause,
            "told": found.told,
            "proof": found.proof,
            "decided_at": found.decided_at,
            "judged_at": now,
            "closes_at": promise.closes_at,
        },
    )[0]


@action("promises.erase")
def erase_promises(customer_id: UUID, *, by: Actor, at: datetime, command: UUID) -> None:
    """The words go; type, branch, due time and verdict stay (P-57)."""
    theirs = Promise.objects.filter(customer=customer_id)
    about = list(theirs.values_list("id", flat=True))
    door: dict[str, Any] = {"by": by, "at": at, "command": command}
    erase_messages(about, **door)
    erase_steps(about, **door)
    end_links(about, **door)
    theirs.update(said="")
