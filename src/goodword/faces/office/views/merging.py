"""Two entries for one customer become one; nothing is moved, so it can be undone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.crew.rules import Verb
from goodword.customers import actions as changing
from goodword.customers import queries as customers
from goodword.faces.office.views.customer_details import customer_to_change
from goodword.faces.office.views.pages import desk, show, uuid_or_none
from goodword.kit.clock import company_now
from goodword.kit.refusals import Forbidden, NotFound, Refusal
from goodword.parts.doorway import SignedIn, door, tapped


@require_http_methods(["GET", "POST"])
@desk
def merge(request: SignedIn, customer_id: UUID) -> HttpResponse:
    """Find the entry that stays; see both; merge."""
    loser = customer_to_change(request, customer_id, Verb.MERGE)
    winner_id = uuid_or_none(request.POST.get("into", "") or request.GET.get("into", ""))
    winner = customer_to_change(request, winner_id, Verb.MERGE) if winner_id is not None else None
    if request.method == "POST" and winner is not None:
        try:
            changing.merge(loser.id, winner.id, **door(request))
        except (NotFound, Forbidden):
            raise
        except Refusal as refusal:
            messages.error(request, refusal.detail, extra_tags="broken")
            return redirect("office:customer", loser.id)
        messages.success(request, _("Merged. It can be undone below."), extra_tags="kept")
        return redirect("office:customer", winner.id)
    text = request.GET.get("who", "") or ("" if winner else loser.name)
    hits = [h for h in customers.search(request.viewer, text, limit=12) if h.customer.id != loser.id] if text else []
    context = {
        "customer": loser,
        "winner": winner,
        "cards": [customers.card(request.viewer, c.id) for c in (loser, winner) if c is not None],
        "hits": list({h.customer.id: h for h in hits}.values()),
        "who": text,
        "now": company_now(),
    }
    return show(request, "office/customers/merge.html", context)


@require_POST
@desk
def unmerge(request: SignedIn, customer_id: UUID) -> HttpResponse:
    """They were two after all."""
    loser = customer_to_change(request, customer_id, Verb.MERGE)
    to = reverse("office:customer", args=[loser.id])
    return tapped(
        request, lambda d: changing.unmerge(loser.id, **d), to, _("Separated again. Each has what was always theirs.")
    )
