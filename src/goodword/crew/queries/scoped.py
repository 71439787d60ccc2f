"""Rows that carry a branch without being of this room: time of staff, and the ground's (kit knows no viewer).

For kit rows a branch is their ``scope``; a row without one belongs to the company and is seen by who reads everything.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.crew.models import Absence, Shift
from goodword.crew.queries.people import people_visible_to
from goodword.crew.queries.viewers import Viewer
from goodword.crew.rules import Verb
from goodword.kit.models import Event, EventPosition, File, Held, Link


def shifts_visible_to(viewer: Viewer) -> QuerySet[Shift]:
    """Shifts at the viewer's branches; a technician's own."""
    rows = Shift.objects.all()
    if viewer.is_technician or not viewer.held:
        return rows.filter(person=viewer.person)
    return rows if viewer.works_in is None else rows.filter(branch__in=viewer.works_in)


def absences_visible_to(viewer: Viewer) -> QuerySet[Absence]:
    """Absences of the staff that the viewer sees."""
    return Absence.objects.filter(person__in=people_visible_to(viewer).order_by().values("id"))


def held_visible_to(viewer: Viewer) -> QuerySet[Held]:
    """Held commands of the branches in which the viewer may settle, and their own."""
    rows = Held.objects.select_related("command")
    settles = viewer.branches_where(Verb.SETTLE)
    if settles is None:
        return rows
    own = Q(command__by_kind="person", command__by_id=viewer.person.id)
    return rows.filter(own | Q(scope__in=settles))


def events_visible_to(viewer: Viewer, about: Iterable[UUID] | QuerySet[Any] = ()) -> QuerySet[EventPosition]:
    """Numbered events of the branches that the viewer reads, and those about the rows given, by position."""
    rows = EventPosition.objects.select_related("event").order_by("position")
    if viewer.branches is None:
        return rows
    return rows.filter(Q(event__scope__in=viewer.branches) | Q(event__about_id__in=about))


def events_about(rows: Mapping[str, Iterable[UUID]]) -> QuerySet[Event]:
    """What happened to rows that the viewer is known to see (kind to ids), newest first; not numbered yet, too."""
    told = Q(pk__in=[])
    for kind, ids in rows.items():
        told |= Q(about_kind=kind, about_id__in=list(ids))
    return Event.objects.filter(told).order_by("-at", "-id")


def files_visible_to(viewer: Viewer) -> QuerySet[File]:
    """Files of the branches that the viewer reads or works in as a technician. Their names are not to be guessed."""
    rows = File.objects.all()
    if viewer.branches is None:
        return rows
    works = viewer.branches_where(Verb.STAGE)
    return rows if works is None else rows.filter(scope__in=viewer.branches | works)


def links_visible_to(viewer: Viewer) -> QuerySet[Link]:
    """Customers' links of the branches that the viewer reads."""
    rows = Link.objects.all()
    return rows if viewer.branches is None else rows.filter(scope__in=viewer.branches)
