"""The stages, one action a step. Each takes the time the technician says; each refuses what is out of order."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.queries import person
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.asks import ask
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.next_steps.actions import done_step
from goodword.next_steps.queries import steps_about
from goodword.visits import errors
from goodword.visits.actions.late import no_longer_missed
from goodword.visits.actions.notes import add_note
from goodword.visits.models import Leaving, Visit
from goodword.visits.queries.told import changes_after, said_later
from goodword.visits.rules import TurnedBack

LATE_AT_MOST_S = 8 * 3600  # ours
ORDER_CHANGED = "order_changed"


def accountable(visit_id: UUID, by: Actor, *, correcting: bool = False) -> Visit:
    """The locked visit, when ``by`` is its technician (or corrects it for them, with a reason, as the office may)."""
    visit = Visit.objects.locked(visit_id)
    if not correcting and by.kind in {"person", "token"} and by.id != visit.technician_id:
        who = person(visit.technician_id).name if visit.technician_id else "-"
        raise errors.NotAccountable(who=who, scope=visit.branch_id)
    return visit


def asked_for_a_yes(visit: Visit) -> None:
    """A child alone, nobody, or somebody else agrees to nothing."""
    if visit.nobody_may_work:
        raise errors.NobodyMayAgree(scope=visit.branch_id)


def said(name: str, visit: Visit, facts: dict[str, Any] | None = None, **door: Any) -> Visit:
    """One event about a visit; answers the visit."""
    record(name, about=visit, scope=visit.branch_id, facts=facts, **door)
    return visit


def _keep(visit: Visit, reason: str, **door: Any) -> None:
    """How somebody knew what they entered for the technician: facts hold no words, a note does."""
    if reason.strip():
        add_note(visit.id, reason, **door)


@action("visit.review")
def review(visit_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Visit:
    """The technician has read the order as it stood then (S0-4); what was changed later, they have not read."""
    visit = accountable(visit_id, by)
    version = visit.order.version - changes_after(visit.order_id, at)
    visit.review(version, at=at)
    visit.save(update_fields=["reviewed_at", "reviewed_version"])
    for row in steps_about([visit.id], ORDER_CHANGED).waiting() if visit.is_read else ():
        done_step(row.id, _("Read again."), by=by, at=at, command=command)
    return said("visit.reviewed", visit, {"version": version}, by=by, at=at, command=command)


@action("visit.depart")
def depart(visit_id: UUID, reason: str = "", *, by: Actor, at: datetime, command: UUID) -> Visit:
    """ "On my way": Prepare is over. From now on accountability changes only by a hand-over."""
    visit = accountable(visit_id, by, correcting=bool(reason))
    ask("visit.depart", visit=visit, at=at)
    visit.depart(at=at)
    visit.save(update_fields=["on_the_way_at"])
    _keep(visit, reason, by=by, at=at, command=command)
    return said("visit.on_the_way", visit, {"claimed": bool(reason)}, by=by, at=at, command=command)


@action("visit.turn_back")
def turn_back(visit_id: UUID, why: str, reason: str = "", *, by: Actor, at: datetime, command: UUID) -> Visit:
    """Not on the way any more: a slip of the thumb, called elsewhere, or something is in the way.

    Back in Prepare the office may plan the visit again.

    Parameters
    ----------
    why
        One of :class:`goodword.visits.rules.TurnedBack`.
    reason
        How somebody knows who enters it for the technician; kept as a note.
    """
    if why not in set(TurnedBack):
        raise BadInput("why", _("Say why: a slip, called elsewhere, or something is in the way."))
    visit = accountable(visit_id, by, correcting=bool(reason))
    visit.turn_back(at=at)
    visit.save(update_fields=["on_the_way_at"])
    _keep(visit, reason, by=by, at=at, command=command)
    return said("visit.turned_back", visit, {"why": why, "claimed": bool(reason)}, by=by, at=at, command=command)


@action("visit.arrive")
def arrive(
    visit_id: UUID,
    lat: float | None = None,
    lon: float | None = None,
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Visit:
    """The technician stands at the door: the evidence that judges the arrival window (S0-6). Safe to send twice.

    With a ``reason`` it is a forgotten tap entered later: shown as claimed, not proven (E-9).
    """
    visit = accountable(visit_id, by, correcting=bool(reason))
    visit.arrive(at=at, claimed=bool(reason))
    visit.save(update_fields=["arrived_at", "arrived_claimed"])
    _keep(visit, reason, by=by, at=at, command=command)
    facts = {"claimed": bool(reason), "place": [lat, lon] if lat is not None and lon is not None else None}
    return said("visit.arrived", visit, facts, by=by, at=at, command=command)


@action("visit.start_work")
def start_work(visit_id: UUID, make_safe: bool = False, *, by: Actor, at: datetime, command: UUID) -> Visit:
    """Work begins. Asks first for what Arrive still lacks; making safe first is always allowed (E-8)."""
    visit = accountable(visit_id, by)
    if not make_safe:
        ask("visit.start_work", visit=visit, at=at)
    visit.start_work(at=at)
    visit.save(update_fields=["work_started_at"])
    return said("visit.work_started", visit, {"make_safe": make_safe}, by=by, at=at, command=command)


@action("visit.observe_working")
def observe_working(visit_id: UUID, works: bool = True, *, by: Actor, at: datetime, command: UUID) -> Visit:
    """Stayed and saw it work: Work is over. Not ``works``: a part or more time is missing, and it is said so."""
    visit = accountable(visit_id, by)
    ask("visit.observe_working", visit=visit, at=at)
    visit.observe_working(at=at)
    visit.save(update_fields=["observed_working_at"])
    if not works:
        Leaving.objects.update_or_create(visit=visit, defaults={"works": False})
    return said("visit.observed_working", visit, {"works": works}, by=by, at=at, command=command)


@action("visit.resume_work")
def resume_work(visit_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Visit:
    """Not over after all: a wrong tap, or the walk-through found something. The journal keeps what was said so far."""
    visit = accountable(visit_id, by)
    visit.resume_work(at=at)
    visit.save(update_fields=[
        "observed_working_at", "cleaned_at", "cleaned_how", "walked_through_at", "walked_through_how", "satisfied",
        "satisfied_at", "signed_at",
    ])  # fmt: skip
    Leaving.objects.filter(visit=visit).update(works=True)
    return said("visit.work_resumed", visit, by=by, at=at, command=command)


@action("visit.sign")
def sign(visit_id: UUID, file_sha256: str = "", *, by: Actor, at: datetime, command: UUID) -> Visit:
    visit = accountable(visit_id, by)
    visit.sign(at=at)
    visit.save(update_fields=["signed_at"])
    no_longer_missed(visit, "signed", by=by, at=at, command=command)
    return said("visit.signed", visit, {"file": file_sha256 or None}, by=by, at=at, command=command)


@action("visit.running_late")
def running_late(visit_id: UUID, minutes: int, reason: str = "", *, by: Actor, at: datetime, command: UUID) -> Visit:
    """One tap: +15, +30, +60 or another number of minutes. Later arrivals are computed again from it (S3-6).

    With a ``reason`` the office enters what the technician said on the phone.
    """
    if not 1 <= minutes * 60 <= LATE_AT_MOST_S:
        raise BadInput("minutes", _("Say by how many minutes, between 1 and 480."))
    visit = accountable(visit_id, by, correcting=bool(reason))
    visit.run_late(minutes, at=at, newest=not said_later(visit.id, "visit.running_late", at))
    visit.save(update_fields=["late_by_s"])
    _keep(visit, reason, by=by, at=at, command=command)
    return said("visit.running_late", visit, {"minutes": minutes}, by=by, at=at, command=command)
