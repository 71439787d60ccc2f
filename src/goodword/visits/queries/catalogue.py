from django.db.models import Q, QuerySet

from goodword.crew.queries import Viewer
from goodword.visits.models import StageTemplate, WorkType


def work_types() -> QuerySet[WorkType]:
    """The company's kinds of work, the retired ones too; nothing about a customer is in them."""
    return WorkType.objects.order_by("code")


def templates_visible_to(viewer: Viewer) -> QuerySet[StageTemplate]:
    """What the stages ask for: the company's templates and those of the branches where the viewer has any role."""
    rows = StageTemplate.objects.all()
    return rows if viewer.works_in is None else rows.filter(Q(branch=None) | Q(branch__in=viewer.works_in))
