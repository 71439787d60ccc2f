"""What a technician should know before the door: what is missing, what went wrong last, what they were shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import F, Q

from goodword.visits.models import OrderLine, Visit
from goodword.visits.rules import Outcome


def missing_parts(order_ids: Iterable[UUID]) -> Mapping[UUID, list[str]]:
    """What of each order is missing and cannot be done without, in one query (S0-2)."""
    since = Q(gathered_at=None) | Q(gathered_at__lte=F("missing_at"))
    rows = OrderLine.objects.filter(since, order__in=list(order_ids), critical=True, missing_at__isnull=False)
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in rows.exclude(kind="work"):
        found[row.order_id].append(row.words)
    return found


def went_wrong_last(visit: Visit) -> Visit | None:
    """The newest visit at this site that did not end well: another visit was needed, or they were not satisfied."""
    badly = ~Q(outcome=Outcome.FIXED) | Q(satisfied=False)
    rows = Visit.objects.filter(badly, order__site=visit.order.site_id, completed_at__isnull=False)
    rows = rows.select_related("leaving", "technician", "branch", "order__site", "order__work_type", "order__customer")
    return rows.exclude(id=visit.id).order_by("-completed_at", "-id").first()


def shown_last(visit: Visit) -> list[str]:
    """What the walk-through of the newest visit at this site showed them, a line each."""
    rows = Visit.objects.filter(order__site=visit.order.site_id, completed_at__isnull=False, shown__isnull=False)
    last = rows.exclude(id=visit.id).order_by("-completed_at", "-id").first()
    return list(last.shown.values_list("words", flat=True)) if last is not None else []
