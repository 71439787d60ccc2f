"""The promised window in the customer's own diary (RFC 5545): moved with the visit, taken out when cancelled."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from goodword.crew.queries import company
from goodword.promises.models import Promise
from goodword.visits.models import Visit

Attachment = tuple[str, str, str]


def diary_entry(promise: Promise, now: datetime, *, cancelled: bool = False) -> Attachment:
    """One entry for a visit however often it moves: the same UID, a higher SEQUENCE each time."""
    visit = promise.visit
    assert visit is not None
    first, moves = _first_of(visit)
    calendar = Calendar()
    calendar.add("prodid", "-//Goodword//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{first.id}@{settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else 'goodword'}")
    event.add("sequence", moves + (1 if cancelled else 0))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("dtstamp", now)
    event.add("dtstart", promise.opens_at or promise.closes_at)
    event.add("dtend", promise.closes_at)
    event.add("summary", f"{company().name}: {visit.order.work_type.name}")
    event.add("location", str(visit.order.site))
    event.add("description", _("%(said)s\nCall us: %(phone)s") % {"said": promise.said, "phone": promise.branch.phone})
    calendar.add_component(event)
    return "visit.ics", "text/calendar", str(calendar.to_ical().decode())


def _first_of(visit: Visit) -> tuple[Visit, int]:
    """The visit that was agreed first, and how often it has moved since."""
    moves = 0
    while (before := getattr(visit, "moved_from", None)) is not None:
        visit, moves = before, moves + 1
    return visit, moves
