"""A plan of a day to come: asked for, stopped, discarded, published whole or in part, taken back before the day begins.

It rests on the technicians whose routes it changes, as a way to mend the day does. Windows stay as they were said.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from goodword.crew.actions import defer_double_booking, lock_people
from goodword.crew.models import Branch
from goodword.dispatch import errors
from goodword.dispatch.models import DayPlan
from goodword.dispatch.queries.account import Kept, begins_at, day_to_plan
from goodword.dispatch.queries.moved_on import changed_since, everybody_but, moved_on
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.calendar import read_instant
from goodword.kit.clock import company_now
from goodword.kit.events import record
from goodword.kit.refusals import NotFound
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.visits.queries import day_of

Status = DayPlan.Status
RUNNING = (Status.WAITING, Status.WORKING)


@action("dispatch.ask_plan")
def ask_plan(branch_id: UUID, day: date, *, by: Actor, at: datetime, command: UUID) -> DayPlan:
    """Have a day to come planned by the worker. While that is under way, asking again is the same plan.

    Raises
    ------
    NobodyWorks, DayHasBegun
    """
    branch = Branch.objects.select_for_update(no_key=True).filter(id=branch_id).first()
    if branch is None:
        raise NotFound
    begins = begins_at(branch, day)
    if begins is None:
        raise errors.NobodyWorks
    _require_ahead(begins)
    of_day = DayPlan.objects.filter(branch=branch, day=day)
    if (running := of_day.filter(status__in=RUNNING).first()) is not None:
        return running
    of_day.filter(status__in=[Status.DRAFT, Status.FAILED]).update(
        status=Status.DISCARDED, decided_at=at, decided_by=by.id
    )
    row = DayPlan.objects.create(branch=branch, day=day, begins_at=begins, asked_at=at, asked_by=by.id)
    _say("plan.asked", row, by=by, at=at, command=command)
    return row


@action("dispatch.stop_plan")
def stop_plan(plan_id: UUID, *, by: Actor, at: datetime, command: UUID) -> DayPlan:
    """Enough: the best plan found so far becomes the draft. One that nobody works at yet is given up."""
    row = _open(plan_id, *RUNNING)
    if row.status == Status.WAITING:
        _say("plan.discarded", row, by=by, at=at, command=command)
        return _decide(row, Status.DISCARDED, by, at)
    if not row.stop_asked:
        row.stop_asked = True
        row.save(update_fields=["stop_asked"])
        _say("plan.stopped", row, by=by, at=at, command=command)
    return row


@action("dispatch.discard_plan")
def discard_plan(plan_id: UUID, *, by: Actor, at: datetime, command: UUID) -> DayPlan:
    """Nothing comes of it; the plan that is published stays."""
    row = _open(plan_id, *RUNNING, Status.DRAFT, Status.FAILED)
    _say("plan.discarded", row, by=by, at=at, command=command)
    return _decide(row, Status.DISCARDED, by, at)


@action("dispatch.publish_plan")
def publish_plan(plan_id: UUID, rest: bool = False, *, by: Actor, at: datetime, command: UUID) -> DayPlan:
    """Every visit that the plan moves gets its technician and time, in one transaction; every promise stays.

    Parameters
    ----------
    rest
        Leave out the technicians whose day has changed since, with all who exchange visits with them.

    Raises
    ------
    PlanGone, DayHasBegun
    PlanMovedOn
        It says whose day has changed and how; nothing is written.
    """
    row = _open(plan_id, Status.DRAFT)
    _require_ahead(row.begins_at)
    lanes = [lane for lane in row.found["lanes"] if lane["changed"]]
    _stand_in_line(row, lanes)
    stale = moved_on(lanes, day_to_plan(row.branch, row.day, company_now()))
    if stale:
        lanes = everybody_but(stale, lanes) if rest else []
        if not lanes:
            why = " ".join(says for sentences in stale.values() for says in sentences)
            raise errors.PlanMovedOn(why=why, people=[*stale])
    row.undo = _write(lanes, row.found["left_out"], by=by, at=at, command=command)
    row.save(update_fields=["undo"])
    facts = {"visits": [one["visit"] for one in row.undo], "without": [*stale]}
    _say("plan.published", row, by=by, at=at, command=command, **facts)
    return _decide(row, Status.PUBLISHED, by, at)


@action("dispatch.take_back_plan")
def take_back_plan(plan_id: UUID, *, by: Actor, at: datetime, command: UUID) -> DayPlan:
    """Until the day begins: every visit that publishing moved is again whose and when it was.

    Raises
    ------
    PlanGone, DayHasBegun
    PlanMovedOn
        One of them was changed since; nothing is written.
    """
    row = _open(plan_id, Status.PUBLISHED)
    _require_ahead(row.begins_at)
    people = {UUID(one[side]) for one in row.undo for side in ("person", "to") if one[side]}
    Visit.objects.lock_in_order(Q(id__in=[one["visit"] for one in row.undo]))
    lock_people(people)
    if changed := changed_since(row.undo):
        raise errors.PlanMovedOn(why=" ".join(changed), people=[])
    with defer_double_booking():
        for one in row.undo:
            _assign(one["visit"], one["person"], one["start"], one["end"], by=by, at=at, command=command)
    _say("plan.taken_back", row, by=by, at=at, command=command)
    return _decide(row, Status.TAKEN_BACK, by, at)


def _write(lanes: Iterable[Kept], left_out: Iterable[Kept], **door: Any) -> list[Kept]:
    """Whatever is another person's or at another time now, and what nobody makes any more; what each was before."""
    people = {lane["person"] for lane in lanes}
    wanted = {s["visit"]: (lane["person"], s["start"], s["end"]) for lane in lanes for s in lane["stops"] if s["start"]}
    dropped = {one["visit"] for one in left_out if one["before"] in people}
    undo = []
    with defer_double_booking():
        for row in Visit.objects.filter(id__in=[*wanted, *dropped]).order_by("id"):
            was = (_text(row.technician_id), _iso(row.planned_start), _iso(row.planned_end))
            person, start, end = wanted.get(str(row.id), (None, *was[1:]))
            if was[0] == person and was[1:] == (_iso(_at(start)), _iso(_at(end))):
                continue
            done = _assign(str(row.id), person, start, end, **door)
            facts = {"visit": str(row.id), "person": was[0], "start": was[1], "end": was[2]}
            undo.append(facts | {"to": person, "revision": done.revision})
    return undo


def _assign(visit: str, person: str | None, start: str | None, end: str | None, **door: Any) -> Visit:
    return visits.assign(UUID(visit), UUID(person) if person else None, _at(start), _at(end), **door)


def _text(value: UUID | None) -> str | None:
    return str(value) if value is not None else None


def _at(text: str | None) -> datetime | None:
    return read_instant(text) if text is not None else None


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _stand_in_line(row: DayPlan, lanes: Iterable[Mapping[str, Any]]) -> None:
    """Lock every visit and person that the plan touches, in the order in which everybody does."""
    since, until = day_of(row.day, row.branch.zone)
    people = {UUID(lane["person"]) for lane in lanes}
    theirs = Q(technician__in=people, planned_start__gte=since, planned_start__lt=until)
    Visit.objects.lock_in_order(theirs | Q(id__in=[stop["visit"] for lane in lanes for stop in lane["stops"]]))
    lock_people(people)


def _open(plan_id: UUID, *statuses: str) -> DayPlan:
    row = DayPlan.objects.select_for_update(of=("self",)).select_related("branch").filter(id=plan_id).first()
    if row is None:
        raise NotFound
    if row.status not in statuses:
        raise errors.PlanGone(status=row.get_status_display(), scope=row.branch_id)
    return row


def _require_ahead(begins: datetime) -> None:
    if begins <= company_now():
        raise errors.DayHasBegun


def _decide(row: DayPlan, status: str, by: Actor, at: datetime) -> DayPlan:
    row.status, row.lease_until, row.decided_at, row.decided_by = status, None, at, by.id
    row.save(update_fields=["status", "lease_until", "decided_at", "decided_by"])
    return row


def _say(event: str, row: DayPlan, *, by: Actor, at: datetime, command: UUID, **facts: Any) -> None:
    about = {"day": str(row.day)} | facts
    record(event, about=row, by=by, at=at, command=command, scope=row.branch_id, facts=about)
