"""What the customer is shown at the end of a visit, and by which name."""

from uuid import UUID

from django.utils.translation import gettext as _

from goodword.customers.queries import contacts_of
from goodword.kit.models import Link
from goodword.visits.models import Visit
from goodword.visits.rules import areas_of


def name_at_the_door(visit: Visit) -> str:
    """How the one who was met likes to be called; else the newest contact's name, else the customer's."""
    meeting = getattr(visit, "meeting", None)
    if meeting and meeting.called:
        return str(meeting.called)
    person = next(iter(contacts_of(visit.order.customer_id)), None)
    return (person.preferred_name or person.name) if person else str(visit.order.customer.name)


def works_not_yet(visit: Visit) -> bool:
    """Whether Work ended without a thing that works: a part or more time is missing."""
    leaving = getattr(visit, "leaving", None)
    return leaving is not None and not leaving.works


def to_show(visit: Visit) -> list[str]:
    """What was done, a line each: what was shown already, else the work of the order and how the areas were left."""
    if shown := list(visit.shown.values_list("words", flat=True)):
        return shown
    work = visit.order.lines.filter(kind="work").exclude(done_at=None)
    agreed_before = list(work.filter(change=None).values_list("words", flat=True))
    done = agreed_before or [visit.order.work_type.name.capitalize()]
    done += work.exclude(change=None).values_list("words", flat=True)
    if visit.cleaned_at and visit.cleaned_how == "done":
        places = [place for place in areas_of(visit.order.site.areas) if place]
        done += [_("Left clean: %s") % place for place in places] or [_("Everything is left clean.")]
    return done


def walk_through_opened(visit_id: UUID) -> bool | None:
    """Whether the customer has opened what was sent to them; None when nothing was sent by e-mail (S0-15)."""
    sent = Link.objects.filter(purpose="walk_through", about_kind="visit", about_id=visit_id)
    return sent.filter(uses__outcome="opened").exists() if sent.exists() else None
