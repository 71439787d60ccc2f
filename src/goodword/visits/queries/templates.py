from collections.abc import Mapping, Sequence

from django.db.models import F, Q

from goodword.visits.models import StageTemplate, Visit
from goodword.visits.rules import DEFAULT_STAGES


def stages_for(visit: Visit) -> Mapping[str, Sequence[str]]:
    """What the stages ask for: the branch's newest template for the work type, else the company's, else ours."""
    rows = StageTemplate.objects.filter(
        Q(branch_id=visit.branch_id) | Q(branch=None), work_type=visit.order.work_type_id
    ).order_by(F("branch").asc(nulls_last=True), "-version")
    template = rows.first()
    return template.stages if template else DEFAULT_STAGES
