from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from goodword.kit.calendar import local_instant, zone
from goodword.visits.models import Visit


def day_of(day: date, zone_name: str) -> tuple[datetime, datetime]:
    """The first instant of a day in a zone, and the first of the next."""
    return (
        local_instant(day, time(0), zone_name, fold=0),
        local_instant(day + timedelta(days=1), time(0), zone_name, fold=0),
    )


def visits_of_day(branch_id: UUID, since: datetime, until: datetime) -> QuerySet[Visit]:
    """The branch's visits planned between two instants, moved and cancelled ones left out, in order of their start."""
    return (
        Visit.objects.filter(
            branch_id=branch_id, planned_start__gte=since, planned_start__lt=until, cancelled_at=None, moved_at=None
        )
        .select_related("order__customer", "order__site", "order__work_type", "technician")
        .order_by("technician__name", "planned_start", "id")
    )


def still_at(technician_id: UUID | None, other_than: UUID) -> Visit | None:
    """The visit at which a technician has arrived and which is not over, beside the one in hand."""
    there = Visit.objects.filter(technician_id=technician_id, arrived_at__isnull=False, completed_at=None)
    there = there.filter(cancelled_at=None, moved_at=None).exclude(id=other_than)
    return there.select_related("order__customer").order_by("-arrived_at").first() if technician_id else None


def next_after(visit: Visit) -> Visit | None:
    """The next visit of the same technician on the same day, as the branch's wall counts it, that nobody is at yet."""
    if visit.technician_id is None or visit.planned_start is None:
        return None
    _since, until = day_of(visit.planned_start.astimezone(zone(visit.branch.zone)).date(), visit.branch.zone)
    behind = Visit.objects.filter(technician=visit.technician_id, arrived_at=None, completed_at=None)
    behind = behind.filter(planned_start__gte=visit.planned_start, planned_start__lt=until).exclude(id=visit.id)
    rows = behind.filter(cancelled_at=None, moved_at=None).order_by("planned_start", "id")
    return rows.select_related("order__customer", "order__site", "branch").first()
