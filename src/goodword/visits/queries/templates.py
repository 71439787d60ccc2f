from collections.abc import Mapping, Sequence

from django.db.models import F, Q, Sum

from goodword.visits.models import Change, OrderLine, StageTemplate, Visit
from goodword.visits.rules import DEFAULT_STAGES, tailored


def stages_for(visit: Visit) -> Mapping[str, Sequence[str]]:
    """What the stages ask for: the branch's newest template for the work type, else the company's, else ours."""
    rows = StageTemplate.objects.filter(
        Q(branch_id=visit.branch_id) | Q(branch=None), work_type=visit.order.work_type_id
    ).order_by(F("branch").asc(nulls_last=True), "-version")
    template = rows.first()
    order, site = visit.order, visit.order.site
    return tailored(
        template.stages if template else DEFAULT_STAGES,
        pays=order.customer.payer_id is None and bool(due_minor(visit)),
        site_known=any((site.pets, site.children, site.vulnerable, site.areas)),
        critical_parts=OrderLine.objects.filter(order=order, critical=True).exclude(kind="work").exists(),
        by_link=visit.walked_through_how == "sent",
        read_once=visit.reviewed_version is not None,
    )


def due_minor(visit: Visit) -> int:
    """What is to be paid at the visit: the price of the work and of what was agreed on top, in minor units."""
    more = Change.objects.filter(visit=visit).aggregate(sum=Sum("price_minor"))["sum"] or 0
    return (visit.order.work_type.price_minor or 0) + more
