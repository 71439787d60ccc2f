from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from goodword.crew.rules import Verb
from goodword.customers import queries as customers
from goodword.customers.models import Site
from goodword.customers.queries import Hit, search
from goodword.faces.office.views.pages import desk, show
from goodword.kit.clock import company_now
from goodword.parts.doorway import SignedIn
from goodword.visits.queries import visible_to


@require_safe
@desk
def find(request: SignedIn) -> HttpResponse:
    """One box for everything: phone, name, address, work-order number, serial number."""
    text = request.GET.get("q", "")
    hits = search(request.viewer, text, limit=30) if text.strip() else []
    newest = _newest_visits(request, hits)
    rows = [(hit, _url_of(hit, newest), address) for hit, address in with_addresses(hits)]
    fragment = request.headers.get("HX-Request") == "true"
    template = "office/search/hits.html" if fragment else "office/search/page.html"
    may_book = request.viewer.may(Verb.BOOK)
    return show(request, template, {"q": text, "rows": rows, "may_book": may_book, "now": company_now()})


def _newest_visits(request: SignedIn, hits: list[Hit]) -> dict[UUID, UUID]:
    """The newest visit of each work order that was found."""
    orders = [hit.about_id for hit in hits if hit.about_kind == "workorder"]
    rows = visible_to(request.viewer).filter(order__in=orders).order_by("planned_start", "id") if orders else []
    return {visit.order_id: visit.id for visit in rows}


def _url_of(hit: Hit, newest: dict[UUID, UUID]) -> str:
    """A work order leads to its newest visit, everything else to the customer."""
    if hit.about_id in newest:
        return reverse("office:visit", args=[newest[hit.about_id]])
    return reverse("office:customer", args=[hit.customer.id])


def with_addresses(hits: list[Hit]) -> list[tuple[Hit, str]]:
    """Each hit with the address that was found, else the customer's first: two of one name are told apart."""
    sites = customers.open_sites(hit.customer.id for hit in hits) if hits else []
    by_id = {site.id: site for site in sites}
    first: dict[UUID, Site] = {}
    for site in sites:
        first.setdefault(site.customer_id, site)
    return [(hit, str(by_id.get(hit.about_id) or first.get(hit.customer.id) or "")) for hit in hits]
