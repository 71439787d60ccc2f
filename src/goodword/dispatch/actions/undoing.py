"""What a customer changed by link can be taken back for ten minutes: same person, same time, if still free."""

from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.dispatch import errors
from goodword.dispatch.actions.booking import end_of
from goodword.dispatch.actions.confirming import confirm
from goodword.dispatch.queries.changing import undoable
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.promises import actions as promises
from goodword.promises.models import Promise
from goodword.promises.queries import open_window_of
from goodword.visits import actions as visits
from goodword.visits.models import Visit


@action("dispatch.undo")
def undo(visit_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Promise:
    """Make the promise anew that was given up; nothing that happened is wiped out.

    Raises
    ------
    TooLateToUndo
        Ten minutes are over, or it was changed by somebody else since.
    DoubleBooked
        The time was given away meanwhile; nothing is written.
    """
    visit = Visit.objects.locked(visit_id)
    given_up = undoable(visit, by, at)
    before = open_window_of(given_up.id) if given_up is not None else None
    if given_up is None or before is None or before.opens_at is None or before.closes_at <= at:
        raise errors.TooLateToUndo(phone=visit.branch.phone)
    door: dict[str, Any] = {"by": by, "at": at, "command": command}
    if given_up.id == visit.id:
        last, successor = before, visits.take_up(visit.id, **door)
    else:
        last = open_window_of(visit.id) or before
        end_of(last, "customer", options=1, **door)
        place = (given_up.technician_id, given_up.planned_start, given_up.planned_end)
        successor = visits.move(visit.id, *place, "customer", **door)
    promise = promises.make_window(successor.id, before.opens_at, before.closes_at, before.said, last.id, **door)
    confirm(promise, moved=True, **door)
    return promise
