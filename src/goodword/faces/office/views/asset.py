"""One piece of equipment: what it is, where it stands, what is attached to it."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from goodword.faces.office.views.pages import desk, show
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.parts.attached import files_on, subject_of
from goodword.parts.doorway import SignedIn


@require_safe
@desk
def asset(request: SignedIn, asset_id: UUID) -> HttpResponse:
    subject = subject_of(request.viewer, "asset", asset_id)
    row = subject.row
    site = row.site  # type: ignore[attr-defined]
    context = {"asset": row, "site": site, "customer": site.customer, "zone": zone(site.zone), "now": company_now()}
    return show(request, "office/asset.html", context | files_on(request.viewer, subject))
