from django.db.models import QuerySet

from goodword.crew.queries import Viewer
from goodword.dispatch.models import Offer, Option


def offers_visible_to(viewer: Viewer) -> QuerySet[Offer]:
    """Offers of the branches that the viewer reads, with their options."""
    rows = Offer.objects.prefetch_related("options__technician")
    if not viewer.reads_branches:
        return rows.none()
    return rows if viewer.branches is None else rows.filter(branch__in=viewer.branches)


def options_visible_to(viewer: Viewer) -> QuerySet[Option]:
    """The options of those offers."""
    rows = Option.objects.select_related("offer", "technician")
    if not viewer.reads_branches:
        return rows.none()
    return rows if viewer.branches is None else rows.filter(offer__branch__in=viewer.branches)
