"""Whose a visit is and was: hand-overs, and what a phone may deliver about."""

from enum import Enum
from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.crew.models import Person, Role
from goodword.crew.queries import Viewer
from goodword.kit.models import Event
from goodword.visits.models import Handover, Visit
from goodword.visits.queries.visible import visible_to

ASSIGNING = ("visit.planned", "visit.assigned")


def handovers_visible_to(viewer: Viewer) -> QuerySet[Handover]:
    """Hand-overs of visible visits, and those that were offered to the viewer."""
    rows = Handover.objects.select_related("visit")
    return rows.filter(Q(to_person=viewer.person) | Q(visit__in=visible_to(viewer).order_by().values("id")))


class Theirs(Enum):
    """How a person stands to a visit: accountable now, once (it was given to another), soon (offered), or never."""

    NOW = "now"
    ONCE = "once"
    SOON = "soon"
    NEVER = "never"


def theirs(person_id: UUID, visit_id: UUID) -> Theirs:
    """Whether a phone that comes back after weeks tells about its person's own visit: no horizon of days here."""
    if Visit.objects.filter(id=visit_id, technician=person_id).exists():
        return Theirs.NOW
    person = str(person_id)
    given = Event.objects.filter(about_kind="visit", about_id=visit_id, name__in=ASSIGNING).filter(
        Q(facts__technician=person) | Q(facts__before=person)
    )
    passed_on = Handover.objects.filter(visit=visit_id, from_person=person_id, accepted_at__isnull=False)
    if given.exists() or passed_on.exists():
        return Theirs.ONCE
    return Theirs.SOON if Handover.objects.filter(visit=visit_id, to_person=person_id).exists() else Theirs.NEVER


def colleagues_of(visit: Visit) -> QuerySet[Person]:
    """Who may take a visit over: the technicians of its branch."""
    here = Role.objects.filter(name="technician").filter(Q(branch=visit.branch_id) | Q(branch=None))
    return Person.objects.filter(id__in=here.values("person_id"), is_active=True)
