"""Standing in line before a plan is checked: visits first, then people, each in one order; promises come after.

What was checked is then still so when it is written, and no two dispatchers wait for each other.
"""

from datetime import date
from uuid import UUID

from django.db.models import Q

from goodword.crew.actions import lock_people
from goodword.visits.models import Visit
from goodword.visits.queries import day_of


def line_up(technician_id: UUID, day: date, zone_name: str, visit_id: UUID | None = None) -> None:
    """Lock a technician's day, whose visits may have to make room, and the visit that is to go there."""
    since, until = day_of(day, zone_name)
    theirs = Q(technician=technician_id, planned_start__gte=since, planned_start__lt=until)
    placed = Q(id__in=[] if visit_id is None else [visit_id])
    Visit.objects.lock_in_order(theirs | placed)
    lock_people([technician_id, *Visit.objects.filter(placed).values_list("technician_id", flat=True)])
