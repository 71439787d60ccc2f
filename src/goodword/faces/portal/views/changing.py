"""What a customer may change by the link: another time, cancel, the answer to "are you satisfied?". Always by POST."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goodword.dispatch import actions as dispatch
from goodword.dispatch.queries.changing import option_of, require_change
from goodword.faces.portal.views.opening import Opened, behind_link
from goodword.faces.portal.views.visit import context_of
from goodword.kit.clock import company_now
from goodword.kit.refusals import BadInput, Refusal
from goodword.parts.doorway import door
from goodword.visits.actions import answer_satisfied


def _refused(request: HttpRequest, opened: Opened, refusal: Refusal) -> HttpResponse:
    return render(request, "portal/visit.html", context_of(opened, refusal), status=refusal.status)


@require_POST
@behind_link
def times(request: HttpRequest, opened: Opened) -> HttpResponse:
    """ "I can't be home": other windows that we can keep, as large as a finger."""
    try:
        require_change(opened.stop, company_now())
        offer = dispatch.offer(None, opened.visit.id, "customer", **door(request, opened.actor))
    except Refusal as refusal:
        return _refused(request, opened, refusal)
    context = context_of(opened) | {"offer": offer, "options": offer.options.all()}
    return render(request, "portal/times.html", context)


@require_POST
@behind_link
def choice(request: HttpRequest, opened: Opened) -> HttpResponse:
    """One of the windows was chosen: the visit moves, the promise is made anew."""
    try:
        require_change(opened.stop, company_now())
        option = option_of(opened.visit, _option(request))
        dispatch.book(option.id, **door(request, opened.actor))
    except Refusal as refusal:
        return _refused(request, opened, refusal)
    return redirect("portal:visit", token=opened.token)


def _option(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("option", ""))
    except ValueError as error:
        raise BadInput("option", _("Choose one of the times.")) from error


@require_POST
@behind_link
def cancellation(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The customer does not need us any more. Asked once more before it happens; no words of penalty."""
    if request.POST.get("sure") != "yes":
        return render(request, "portal/cancel.html", context_of(opened))
    try:
        require_change(opened.stop, company_now())
        reason = request.POST.get("reason", "")
        dispatch.cancel(opened.visit.id, "customer", reason, **door(request, opened.actor))
    except Refusal as refusal:
        return _refused(request, opened, refusal)
    return redirect("portal:visit", token=opened.token)


@require_POST
@behind_link
def satisfaction(request: HttpRequest, opened: Opened) -> HttpResponse:
    """ "Are you satisfied?", answered by the customer (E-6)."""
    try:
        answer_satisfied(opened.visit.id, request.POST.get("answer") == "yes", **door(request, opened.actor))
    except Refusal as refusal:
        return _refused(request, opened, refusal)
    return redirect("portal:visit", token=opened.token)
