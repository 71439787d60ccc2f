"""What a customer may change by link, and until when."""

from datetime import datetime
from uuid import UUID

from goodword.dispatch import errors
from goodword.dispatch.models import Option
from goodword.dispatch.queries.board import Stop
from goodword.dispatch.rules.windows import CHANGE_UNTIL, UNDO_FOR
from goodword.kit.actors import Actor
from goodword.kit.refusals import NotFound
from goodword.promises.rules import State
from goodword.visits.models import Visit


def current_visit(visit_id: UUID) -> Visit:
    """The visit a link was made for, or the one that took its place."""
    rows = Visit.objects.select_related(
        "order__customer", "order__site", "order__work_type", "order__request", "technician", "branch"
    )
    visit = rows.filter(id=visit_id).first()
    while visit is not None and visit.moved_to_id is not None:
        visit = rows.get(id=visit.moved_to_id)
    if visit is None:
        raise NotFound
    return visit


def may_change(stop: Stop, now: datetime) -> bool:
    """Within policy: the promise is open, nobody has set out, and there is time (P-42, ours: 2 h before it opens)."""
    until = changeable_until(stop)
    if until is None or stop.verdict != State.OPEN:
        return False
    return not stop.visit.is_over and stop.visit.on_the_way_at is None and now <= until


def changeable_until(stop: Stop) -> datetime | None:
    """The last moment at which this visit's customer moves or cancels it by link; None where no window was promised."""
    promise = stop.promise
    return None if promise is None or promise.opens_at is None else promise.opens_at - CHANGE_UNTIL


def require_change(stop: Stop, now: datetime) -> None:
    """Refuse with the phone number of a person who can still find a way."""
    if not may_change(stop, now):
        raise errors.TooLateByLink(phone=stop.visit.branch.phone)


def option_of(visit: Visit, option_id: UUID, by_whom: str = "customer") -> Option:
    """An option offered for moving this visit, started by its customer or by us; anybody else's is not there."""
    option = Option.objects.filter(id=option_id, offer__moving=visit, offer__by_whom=by_whom).first()
    if option is None:
        raise NotFound
    return option


def undoable(visit: Visit, by: Actor, now: datetime) -> Visit | None:
    """The visit that this one's customer gave up by link so shortly ago that it can be taken back (ours: 10 min).

    It is the visit itself where it was cancelled, the one before it where it was moved.
    """
    if visit.on_the_way_at is not None or visit.moved_at is not None:
        return None
    given_up = visit if visit.cancelled_at is not None else Visit.objects.filter(moved_to=visit).first()
    if given_up is None or given_up.changed_by != by.id or given_up.technician_id is None:
        return None
    since = given_up.cancelled_at if given_up.id == visit.id else given_up.moved_at
    return given_up if since is not None and since <= now < since + UNDO_FOR else None
