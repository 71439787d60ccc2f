"""What an order needs: things to do, parts and tools; and what of it is on board."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.kit.text import clean
from goodword.next_steps.actions import done_step, open_step
from goodword.next_steps.queries import steps_about
from goodword.visits.actions.stages import accountable, said
from goodword.visits.models import Limit, OrderLine, Visit, WorkOrder

LINES = 60  # ours: lines of one order
PART_MISSING = "part_missing"


@action("order.set_lines")
def set_lines(
    order_id: UUID, lines: Sequence[Mapping[str, Any]], *, by: Actor, at: datetime, command: UUID
) -> WorkOrder:
    """What is to be done and what it needs. The version goes up: a review of an older one no longer counts (S0-4).

    ``lines``: ``kind`` (work, part, tool), ``words``, ``critical``. What was done or agreed as a change stays.
    """
    if len(lines) > LINES:
        raise BadInput("lines", _("An order has at most %(n)d lines.") % {"n": LINES})
    order = WorkOrder.objects.select_for_update().get(id=order_id)
    order.lines.filter(done_at=None, change=None).delete()
    OrderLine.objects.bulk_create([_line(order, row, n) for n, row in enumerate(lines)])
    order.version = F("version") + 1
    order.save(update_fields=["version"])
    order.refresh_from_db(fields=["version"])
    facts = {"version": order.version}
    record("order.changed", about=order, by=by, at=at, command=command, scope=order.branch_id, facts=facts)
    return order


def _line(order: WorkOrder, row: Mapping[str, Any], position: int) -> OrderLine:
    kind = row.get("kind", "work")
    if kind not in OrderLine.Kind.values:
        raise BadInput("kind", _("A line is work, a part or a tool."))
    words = clean(row.get("words"), "words", needed=True)
    return OrderLine(order=order, kind=kind, words=words, position=position, critical=bool(row.get("critical")))


@action("order.set_limit")
def set_limit(
    order_id: UUID, amount_minor: int, agreed_by: str, *, by: Actor, at: datetime, command: UUID
) -> WorkOrder:
    """Whoever pays has said yes beforehand to so much more, in minor units (E-16)."""
    if amount_minor < 0:
        raise BadInput("amount_minor", _("Write an amount, or 0 for no limit."))
    order = WorkOrder.objects.select_for_update().get(id=order_id)
    name = clean(agreed_by, "agreed_by", limit=120, needed=True)
    agreed = {"amount_minor": amount_minor, "agreed_by": name, "agreed_at": at}
    Limit.objects.update_or_create(order=order, defaults=agreed)
    facts = {"amount_minor": amount_minor}
    record("order.limit_agreed", about=order, by=by, at=at, command=command, scope=order.branch_id, facts=facts)
    return order


@action("visit.check_parts")
def check_parts(visit_id: UUID, missing: Iterable[UUID] = (), *, by: Actor, at: datetime, command: UUID) -> Visit:
    """All parts and tools are on board but ``missing`` (lines of the order). The office hears of it at once (S0-2)."""
    visit = accountable(visit_id, by)
    rows = visit.order.lines.exclude(kind="work")
    lacking = [row for row in rows if row.id in set(missing)]
    if visit.check_parts(at=at):
        visit.save(update_fields=["parts_checked_at"])
        gone = Q(id__in=[row.id for row in lacking])
        rows.exclude(gone).update(gathered_at=at)
        rows.filter(gone).update(missing_at=at, gathered_at=None)
        _tell_the_office(visit, lacking, by=by, at=at, command=command)
    facts = {"missing": [str(r.id) for r in lacking], "critical": any(r.critical for r in lacking)}
    return said("visit.parts_checked", visit, facts, by=by, at=at, command=command)


def _tell_the_office(visit: Visit, lacking: list[OrderLine], **door: Any) -> None:
    waiting = list(steps_about([visit.id], PART_MISSING).waiting())
    if not lacking:
        for row in waiting:
            done_step(row.id, _("It is on board now."), **door)
    elif not waiting:
        due_at = max(visit.planned_start or door["at"], door["at"])
        words = _("Missing: %(parts)s.") % {"parts": ", ".join(row.words for row in lacking)}
        open_step(
            PART_MISSING, None, "dispatcher", visit.branch_id, due_at, "visit", visit.id, PART_MISSING, words, **door
        )
