"""Where the demo's stories play: the rows that the tour leads to. A story without its rows is not told."""

from uuid import UUID

from goodword.kit.clock import is_demo
from goodword.kit.models import Link
from goodword.kit.refusals import NotFound
from goodword.visits.models import Visit

ONE_VISIT = ("Sam Tully", "Adeyemi", "boiler_service")


def one_visit() -> Visit | None:
    """Story 1: Sam at Mrs Adeyemi's, her boiler service. None where nobody has laid it."""
    technician, customer, work = ONE_VISIT
    rows = Visit.objects.select_related("order__customer", "order__request", "technician", "branch")
    rows = rows.filter(technician__name=technician, order__customer__name__endswith=customer)
    rows = rows.filter(order__work_type__code=work)
    return rows.order_by("planned_start", "id").first()


def link_about(visit_id: UUID) -> Link:
    """The newest link by which a customer looks at a visit; only in a demo, where everybody may be everybody."""
    found = Link.objects.filter(purpose="visit", about_kind="visit", about_id=visit_id, revoked_at=None)
    link = found.order_by("-made_at", "-id").first() if is_demo() else None
    if link is None:
        raise NotFound
    return link
