from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.actions import defer_double_booking, engage, lock_people, release
from goodword.crew.models import Engagement
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput, Stale
from goodword.kit.text import clean
from goodword.visits.models import Visit, WorkOrder


@action("visit.plan")
def plan_visit(
    order_id: UUID,
    technician_id: UUID | None,
    planned_start: datetime | None,
    planned_end: datetime | None,
    return_of_id: UUID | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Visit:
    """Plan one trip. With a technician and times it is theirs at once; without, it waits to be assigned."""
    order = WorkOrder.objects.select_for_update().get(id=order_id)
    visit = Visit.objects.create(
        order=order,
        branch_id=order.branch_id,
        technician_id=technician_id,
        planned_start=planned_start,
        planned_end=planned_end,
        return_of_id=return_of_id,
        changed_by=by.id,
        changed_at=at,
    )
    if technician_id is not None:
        _engage(visit, by=by, at=at, command=command)
    facts = {"technician": _text(technician_id), "order": str(order.id)}
    record("visit.planned", about=visit, by=by, at=at, command=command, scope=visit.branch_id, facts=facts)
    return visit


def _text(value: Any) -> str | None:
    return str(value) if value is not None else None


def _engage(visit: Visit, **door: Any) -> None:
    if visit.technician_id is None or visit.planned_start is None or visit.planned_end is None:
        raise BadInput("planned_start", _("A technician needs a planned start and end."))
    engage(
        visit.technician_id,
        visit.branch_id,
        visit.planned_start,
        visit.planned_end,
        Engagement.Kind.VISIT,
        visit.id,
        **door,
    )


def _fresh(visit: Visit, revision: int | None) -> None:
    """A drop on something that has changed meanwhile is refused and says when (design 7)."""
    if revision is not None and revision != visit.revision:
        raise Stale(
            changed_at=visit.changed_at.isoformat() if visit.changed_at else "", changed_by=_text(visit.changed_by)
        )


def _changed(visit: Visit, *fields: str, by: Actor, at: datetime) -> None:
    visit.revision += 1
    visit.changed_by, visit.changed_at = by.id, at
    visit.save(update_fields=[*fields, "revision", "changed_by", "changed_at"])


@action("visit.assign")
def assign(
    visit_id: UUID,
    technician_id: UUID | None,
    planned_start: datetime | None,
    planned_end: datetime | None,
    revision: int | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Visit:
    """Give a visit that has not begun to a technician (or to nobody). The promise stays as it is (P-49)."""
    visit = Visit.objects.locked(visit_id)
    _fresh(visit, revision)
    visit.require_unstarted()
    before = visit.technician_id
    lock_people([before, technician_id])
    visit.technician_id, visit.planned_start, visit.planned_end = technician_id, planned_start, planned_end
    release(visit.id, Engagement.Kind.VISIT, by=by, at=at, command=command)
    if technician_id is not None:
        _engage(visit, by=by, at=at, command=command)
    _changed(visit, "technician", "planned_start", "planned_end", by=by, at=at)
    facts = {"technician": _text(technician_id), "before": _text(before)}
    record("visit.assigned", about=visit, by=by, at=at, command=command, scope=visit.branch_id, facts=facts)
    return visit


@action("visit.swap")
def swap(
    visit_id: UUID,
    other_id: UUID,
    revision: int | None = None,
    other_revision: int | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Visit:
    """Exchange technicians and times of two visits that have not begun, in one transaction."""
    first, second = sorted((visit_id, other_id))
    rows = {v.id: v for v in (Visit.objects.locked(first), Visit.objects.locked(second))}
    a, b = rows[visit_id], rows[other_id]
    for visit, seen in ((a, revision), (b, other_revision)):
        _fresh(visit, seen)
        visit.require_unstarted()
    before = {a.id: a.technician_id, b.id: b.technician_id}
    lock_people(before.values())
    for field in ("technician_id", "planned_start", "planned_end"):
        mine, theirs = getattr(a, field), getattr(b, field)
        setattr(a, field, theirs)
        setattr(b, field, mine)
    with defer_double_booking():
        for visit in (a, b):
            release(visit.id, Engagement.Kind.VISIT, by=by, at=at, command=command)
            if visit.technician_id is not None:
                _engage(visit, by=by, at=at, command=command)
            _changed(visit, "technician", "planned_start", "planned_end", by=by, at=at)
    for visit in (a, b):
        facts = {"technician": _text(visit.technician_id), "before": _text(before[visit.id])}
        record("visit.assigned", about=visit, by=by, at=at, command=command, scope=visit.branch_id, facts=facts)
    return a


@action("visit.move")
def move(
    visit_id: UUID,
    technician_id: UUID | None,
    planned_start: datetime | None,
    planned_end: datetime | None,
    by_whom: str,
    reason: str = "",
    revision: int | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Visit:
    """Another time: the old visit and its promise stay as they were, a successor takes the place. Returns it."""
    old = Visit.objects.locked(visit_id)
    _fresh(old, revision)
    old.require_unstarted()
    if by_whom not in {"customer", "us"}:
        raise BadInput("by_whom", _("Say who moved it: customer or us."))
    lock_people([old.technician_id, technician_id])
    release(old.id, None, by=by, at=at, command=command)
    successor = Visit.objects.create(
        order=old.order,
        branch_id=old.branch_id,
        technician_id=technician_id,
        planned_start=planned_start,
        planned_end=planned_end,
        return_of_id=old.return_of_id,
        changed_by=by.id,
        changed_at=at,
    )
    if technician_id is not None:
        _engage(successor, by=by, at=at, command=command)
    old.moved_to, old.moved_at, old.cancel_reason = successor, at, clean(reason, "reason")
    _changed(old, "moved_to", "moved_at", "cancel_reason", by=by, at=at)
    facts = {"successor": str(successor.id), "by_whom": by_whom, "technician": _text(technician_id)}
    record("visit.moved", about=old, by=by, at=at, command=command, scope=old.branch_id, facts=facts)
    record(
        "visit.planned",
        about=successor,
        by=by,
        at=at,
        command=command,
        scope=old.branch_id,
        facts={"technician": _text(technician_id), "order": str(old.order_id), "moved_from": str(old.id)},
    )
    return successor


@action("visit.cancel")
def cancel(visit_id: UUID, by_whom: str, reason: str, *, by: Actor, at: datetime, command: UUID) -> Visit:
    """It does not take place: by the customer or by us, and why."""
    visit = Visit.objects.locked(visit_id)
    if by_whom not in {"customer", "us"}:
        raise BadInput("by_whom", _("Say who cancelled it: customer or us."))
    visit.cancel(by_whom, clean(reason, "reason"), at=at)
    release(visit.id, None, by=by, at=at, command=command)
    _changed(visit, "cancelled_at", "cancelled_by", "cancel_reason", by=by, at=at)
    record(
        "visit.cancelled", about=visit, by=by, at=at, command=command, scope=visit.branch_id, facts={"by_whom": by_whom}
    )
    return visit
