from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goodword.customers import queries as customers
from goodword.dispatch.queries.changing import may_change
from goodword.faces.portal.views.opening import Opened, behind_link, person_of
from goodword.kit.clock import company_now
from goodword.kit.refusals import Refusal
from goodword.parts.bracket import Audience
from goodword.parts.promised import bracket_of
from goodword.promises.queries import said_and_kept


@require_safe
def without_slash(request: HttpRequest, token: str) -> HttpResponse:
    """A mail program may have cut the last slash off."""
    return HttpResponsePermanentRedirect(reverse("portal:visit", args=[token]))


@require_safe
@behind_link
def page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What happens next, who comes, what to expect, what they told us, what we said and whether we kept it."""
    return render(request, "portal/visit.html", context_of(opened))


def context_of(opened: Opened, refusal: Refusal | None = None) -> dict[str, Any]:
    """Everything the customer's page shows; ``refusal`` is what was in the way of a change."""
    visit, now = opened.visit, company_now()
    contact = customers.contact(opened.link.holder_id) if opened.link.holder_id else None
    return {
        "token": opened.token,
        "visit": visit,
        "promise": opened.stop.promise,
        "forecast": opened.stop.forecast,
        "bracket": bracket_of(opened.stop, Audience.CUSTOMER),
        "name": customers.name_to_use(contact) if contact else visit.order.customer.name,
        "asked": visit.order.request,
        "minutes": round(visit.order.work_type.mean_s / 60),
        "said": said_and_kept(visit.id, now),
        "may_change": may_change(opened.stop, now),
        "may_answer": visit.walked_through_at is not None and visit.satisfied is None,
        "zone": visit.order.site.zone or visit.branch.zone,
        "now": now,
        "refusal": refusal,
        **person_of(visit.branch),
    }
