from datetime import date, datetime, timedelta, tzinfo
from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.crew.queries import Viewer
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import NotFound
from goodword.visits.models import Handover, Request, Visit, WorkOrder

TECHNICIAN_BACK, TECHNICIAN_AHEAD = timedelta(days=14), timedelta(days=1)  # design 5


def visible_to(viewer: Viewer) -> QuerySet[Visit]:
    """The visits a viewer may see: their branches'; a technician their own of today, tomorrow and 14 days back."""
    visits = Visit.objects.select_related("order__customer", "order__site", "order__work_type", "technician", "branch")
    if viewer.reads_branches:
        return visits if viewer.branches is None else visits.filter(branch__in=viewer.branches)
    if not viewer.is_technician:
        return visits.none()
    now = company_now()
    seen = Q(planned_start__gte=now - TECHNICIAN_BACK, planned_start__lt=_after_tomorrow(now))
    return visits.filter(seen, technician=viewer.person)


def _after_tomorrow(now: datetime) -> datetime:
    """The end of tomorrow in the zone that is latest: nobody misses the end of their own day."""
    local = now.astimezone(zone("UTC"))
    return local.replace(hour=0, minute=0, second=0, microsecond=0) + TECHNICIAN_AHEAD + timedelta(days=1, hours=12)


def visit_for(viewer: Viewer, visit_id: UUID) -> Visit:
    """One visible visit, or 404."""
    visit = visible_to(viewer).filter(id=visit_id).first()
    if visit is None:
        raise NotFound
    return visit


def customer_ids_of(viewer: Viewer) -> QuerySet[Visit, UUID]:
    """The customers that the viewer's visible visits name (what a technician may see of the customers)."""
    return visible_to(viewer).values_list("order__customer_id", flat=True)


def requests_visible_to(viewer: Viewer) -> QuerySet[Request]:
    """Requests of the viewer's branches; a technician sees none."""
    rows = Request.objects.select_related("customer", "site", "work_type", "branch")
    if not viewer.reads_branches:
        return rows.none()
    return rows if viewer.branches is None else rows.filter(branch__in=viewer.branches)


def orders_visible_to(viewer: Viewer) -> QuerySet[WorkOrder]:
    """Work orders of the viewer's branches; a technician those of their visible visits."""
    rows = WorkOrder.objects.select_related("customer", "site", "work_type", "branch")
    if viewer.reads_branches:
        return rows if viewer.branches is None else rows.filter(branch__in=viewer.branches)
    return rows.filter(id__in=visible_to(viewer).values("order_id"))


def mine(viewer: Viewer, now: datetime) -> tuple[list[Visit], list[Visit]]:
    """A technician's own visits of today and of tomorrow, in driving order, as the branch's wall counts days."""
    rows = (
        Visit.objects.filter(
            technician=viewer.person,
            planned_start__gte=now - timedelta(days=2),
            planned_start__lt=now + timedelta(days=3),
            cancelled_at=None,
            moved_at=None,
        )
        .select_related("order__customer", "order__site", "order__work_type", "branch", "technician")
        .order_by("planned_start", "id")
    )
    days: tuple[list[Visit], list[Visit]] = ([], [])
    for row in rows:
        ahead = _days_ahead(row, now)
        if ahead in (0, 1):
            days[ahead].append(row)
    return days


def is_at_hand(visit: Visit, now: datetime) -> bool:
    """A visit of today or tomorrow, as the branch's wall counts days, that was neither moved nor cancelled."""
    stands = visit.planned_start is not None and visit.cancelled_at is None and visit.moved_at is None
    return stands and _days_ahead(visit, now) in (0, 1)


def _days_ahead(visit: Visit, now: datetime) -> int:
    where = zone(visit.branch.zone)
    return (_local_day(visit.planned_start, where) - _local_day(now, where)).days


def _local_day(at: datetime | None, where: tzinfo) -> date:
    assert at is not None
    return at.astimezone(where).date()


def handovers_for(viewer: Viewer) -> QuerySet[Handover]:
    """Visits that colleagues offer to this person."""
    open_ones = Handover.objects.filter(to_person=viewer.person, accepted_at=None)
    return open_ones.select_related("visit__order__customer", "from_person")
