"""A technician runs late: who waits for them, and what it comes to by the technician's own word."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from goodword.customers.models import Channel
from goodword.customers.queries import contacts_of
from goodword.dispatch.queries.board import Stop, stops_of
from goodword.promises.queries import told_at
from goodword.visits.models import Visit
from goodword.visits.queries import next_after


@dataclass(frozen=True)
class Waits:
    """The customer who waits. ``expected_at``: by the technician's word, None where only the forecast can tell.

    ``way``: the number to call, else the address to write to, else None. ``told_at``: when they last were told.
    """

    stop: Stop
    expected_at: datetime | None
    way: Channel | None
    told_at: datetime | None

    @property
    def is_too_late(self) -> bool:
        """By the technician's own word it cannot be kept."""
        promise = self.stop.promise
        return promise is not None and self.expected_at is not None and self.expected_at > promise.closes_at


def who_waits(visit: Visit) -> Waits | None:
    """Before the door this visit's customer waits, after it the next one of the day; nobody after the last."""
    at_the_door = visit.arrived_at is not None
    row = next_after(visit) if at_the_door else visit
    if row is None:
        return None
    stop = stops_of([row])[0]
    said = None if at_the_door or row.planned_start is None else row.planned_start + timedelta(seconds=row.late_by_s)
    told = told_at([stop.promise.id]) if stop.promise is not None else {}
    return Waits(stop, said, _way(row), next(iter(told.values()), None))


def _way(row: Visit) -> Channel | None:
    ways = [channel for person in contacts_of(row.order.customer_id) for channel in person.channels.all()]
    usable = [way for way in ways if way.kind in {Channel.Kind.PHONE, Channel.Kind.EMAIL} and way.bounced_at is None]
    return min(usable, key=lambda way: way.kind != Channel.Kind.PHONE, default=None)
