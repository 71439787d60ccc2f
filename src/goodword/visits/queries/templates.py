from collections.abc import Mapping, Sequence

from django.db.models import F, Q

from goodword.visits.models import OrderLine, StageTemplate, Visit
from goodword.visits.queries.charges import due_minor
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
