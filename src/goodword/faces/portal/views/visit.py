from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goodword.customers import queries as customers
from goodword.dispatch.queries.changing import changeable_until, may_change, undoable
from goodword.dispatch.rules.windows import CHANGE_UNTIL, UNDO_FOR
from goodword.faces.portal.views.done import done_of
from goodword.faces.portal.views.opening import Opened, behind_link, person_of
from goodword.faces.portal.views.photos import photos_of, portrait_of
from goodword.faces.portal.views.proof import proof_of
from goodword.faces.portal.views.wording import Telling, length_of_work
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import Refusal
from goodword.parts.bracket import Audience
from goodword.parts.promised import bracket_of
from goodword.parts.times import clock_words
from goodword.promises.queries import said_and_kept


@require_safe
def without_slash(request: HttpRequest, key: str) -> HttpResponse:
    """A mail program may have cut the last slash off."""
    return HttpResponsePermanentRedirect(reverse("portal:visit", args=[key]))


@require_safe
@behind_link
def page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What happens next, who comes, what to expect, what they told us, what we said and whether we kept it."""
    return render(request, "portal/visit.html", context_of(opened))


def telling_of(opened: Opened) -> Telling:
    """How this visit is told to whoever holds the link, now and in the site's zone."""
    visit = opened.visit
    contact = customers.contact(opened.link.holder_id) if opened.link.holder_id else None
    name = customers.name_to_use(contact) if contact else visit.order.customer.name
    return Telling(opened.stop, name, zone(visit.order.site.zone or visit.branch.zone), company_now())


def context_of(opened: Opened, refusal: Refusal | None = None) -> dict[str, Any]:
    """Everything the customer's page shows; ``refusal`` is what was in the way of a change."""
    visit, telling = opened.visit, telling_of(opened)
    now, said = telling.now, said_and_kept(visit.id, telling.now)
    may = may_change(opened.stop, now) or (telling.is_late and visit.on_the_way_at is None)
    return {
        "key": opened.key,
        "proof": proof_of(opened),
        "visit": visit,
        "telling": telling,
        "name": telling.name,
        "promise": opened.stop.promise,
        "bracket": bracket_of(opened.stop, Audience.CUSTOMER),
        "asked": visit.order.request,
        "length": length_of_work(visit.order.work_type.mean_s),
        "said": said,
        "photos": photos_of(opened),
        "portrait": portrait_of(opened),
        "moments": telling.moments(said),
        "may_change": may,
        "no_change": "" if may else telling.why_no_change(changeable_until(opened.stop), CHANGE_UNTIL),
        "undo_until": _undo_until(opened, telling),
        "answered": _answered(opened, telling),
        "zone": telling.zone,
        "now": now,
        "refusal": refusal,
        **(done_of(visit) if visit.walked_through_at or visit.completed_at else {}),
        **person_of(visit.branch),
    }


def _undo_until(opened: Opened, telling: Telling) -> str:
    """Until when the last change can be taken back; empty when there is nothing to take back."""
    given_up = undoable(opened.visit, opened.actor, telling.now)
    if given_up is None:
        return ""
    since = given_up.cancelled_at or given_up.moved_at
    return clock_words(since + UNDO_FOR, telling.zone) if since else ""


def _answered(opened: Opened, telling: Telling) -> str:
    """ "Are you satisfied?": ``open``, ``again`` while the answer can still be changed, empty when it is not asked."""
    visit = opened.visit
    if visit.walked_through_at is None:
        return ""
    if visit.satisfied is None:
        return "open"
    return "again" if visit.satisfied_at and telling.now < visit.satisfied_at + UNDO_FOR else ""
