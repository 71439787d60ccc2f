from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.visits.actions.planning import plan_visit
from goodword.visits.errors import NotCancelled
from goodword.visits.models import Visit


@action("visit.take_up")
def take_up(visit_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Visit:
    """A cancelled visit takes place after all: it stays as it was, a successor takes its place, at the same time."""
    old = Visit.objects.locked(visit_id)
    if old.cancelled_at is None or old.moved_at is not None:
        raise NotCancelled
    door: dict[str, Any] = {"by": by, "at": at, "command": command}
    successor = plan_visit(
        old.order_id, old.technician_id, old.planned_start, old.planned_end, old.return_of_id, **door
    )
    old.moved_to, old.moved_at = successor, at
    old.save(update_fields=["moved_to", "moved_at"])
    facts = {"successor": str(successor.id)}
    record("visit.taken_up", about=old, scope=old.branch_id, facts=facts, **door)
    return successor
