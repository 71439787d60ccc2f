"""What this room does by itself: who has read an order hears when it changes; who was erased is forgotten."""

from datetime import timedelta
from uuid import uuid5

from django.utils.translation import gettext as _

from goodword.kit.actors import SYSTEM
from goodword.kit.clock import company_now
from goodword.kit.models import Event
from goodword.next_steps.actions import open_step
from goodword.next_steps.queries import steps_about
from goodword.visits.actions.erasing import erase_visits
from goodword.visits.actions.stages import ORDER_CHANGED
from goodword.visits.models import Visit

READ_WITHIN = timedelta(hours=1)  # ours: where the visit has no planned time


def read_again(event: Event) -> None:
    """The order changed after it was read: the stamp no longer counts, and the technician is told (S0-4)."""
    now = company_now()
    rows = Visit.objects.filter(order=event.about_id, technician__isnull=False, reviewed_version__isnull=False)
    for visit in rows.filter(completed_at=None, cancelled_at=None, moved_at=None).select_related("order"):
        if visit.is_read or steps_about([visit.id], ORDER_CHANGED).waiting().exists():
            continue
        due_at = max(visit.planned_start or now + READ_WITHIN, now)
        says = _("The order has changed since you read it. Read it again.")
        on = ("visit", visit.id, ORDER_CHANGED, says)
        door = {"by": SYSTEM, "at": now, "command": uuid5(event.id, str(visit.id))}
        open_step(ORDER_CHANGED, visit.technician_id, "", visit.branch_id, due_at, *on, **door)  # type: ignore[arg-type]


def customer_erased(event: Event) -> None:
    erase_visits(event.about_id, by=SYSTEM, at=event.at, command=uuid5(event.id, "visits"))
