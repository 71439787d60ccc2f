"""What a customer may change by the link: another time, cancel, the answer to "are you satisfied?". Always by POST."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.dispatch import actions as dispatch
from goodword.dispatch.queries.changing import option_of, require_change
from goodword.faces.portal.views.opening import Opened, behind_link
from goodword.faces.portal.views.proof import NotLookedAt, door
from goodword.faces.portal.views.visit import context_of, telling_of
from goodword.kit.clock import company_now
from goodword.kit.refusals import BadInput, Refusal
from goodword.promises import actions as promises
from goodword.visits.actions import answer_satisfied

WAIT = "wait"


def form_of_a_page(act: Callable[[HttpRequest, Opened, dict[str, Any]], str | HttpResponse]) -> Any:
    """A form that a view of this link has given out. Done: back to the page, with a word. Refused: it says why."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @behind_link
    @wraps(act)
    def inner(request: HttpRequest, opened: Opened) -> HttpResponse:
        if request.method != "POST":  # the address of such a page was kept or loaded anew: nothing happens by looking
            return redirect("portal:visit", key=opened.key)
        try:
            answer = act(request, opened, door(request, opened))
        except Refusal as refusal:
            return render(request, "portal/visit.html", context_of(opened, refusal), status=refusal.status)
        if isinstance(answer, HttpResponse):
            return answer
        if answer:
            messages.success(request, answer)
        return redirect("portal:visit", key=opened.key)

    return inner


def started_by(opened: Opened) -> str:
    """Whose change it is: ours when we are late, so that the promise is agreed anew; else the customer's."""
    if telling_of(opened).is_late and opened.visit.on_the_way_at is None:
        return "us"
    require_change(opened.stop, company_now())
    return "customer"


@form_of_a_page
def times(request: HttpRequest, opened: Opened, door: dict[str, Any]) -> HttpResponse:
    """ "I can't be home", or we are late: windows that we can keep, as large as a finger."""
    offer = dispatch.offer(None, opened.visit.id, started_by(opened), **door)
    context = context_of(opened) | {
        "offer": offer,
        "options": offer.options.select_related("technician").order_by("opens_at"),
    }
    return render(request, "portal/times.html", context)


@form_of_a_page
def choice(request: HttpRequest, opened: Opened, door: dict[str, Any]) -> str:
    """One of the windows was chosen: the visit moves, the promise is made anew."""
    promise = opened.stop.promise
    if request.POST.get("option") == WAIT and promise is not None:
        promises.tell(promise.id, "answered", **door)
        return _("Thank you for waiting. Everything stays as it is.")
    option = option_of(opened.visit, _option(request), started_by(opened))
    return dispatch.book(option.id, **door).said


def _option(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("option", ""))
    except ValueError as error:
        raise BadInput("option", _("Choose one of the times.")) from error


@form_of_a_page
def cancellation(request: HttpRequest, opened: Opened, door: dict[str, Any]) -> str | HttpResponse:
    """The customer does not need us any more. Asked once more before it happens; no words of penalty."""
    if request.POST.get("sure") != "yes":
        return render(request, "portal/cancel.html", context_of(opened))
    require_change(opened.stop, company_now())
    dispatch.cancel(opened.visit.id, "customer", request.POST.get("reason", ""), **door)
    return ""


@form_of_a_page
def undoing(request: HttpRequest, opened: Opened, door: dict[str, Any]) -> str:
    """ "I did not mean that": within ten minutes everything is as it was, as long as nobody else took the time."""
    return dispatch.undo(opened.visit.id, **door).said


@form_of_a_page
def satisfaction(request: HttpRequest, opened: Opened, door: dict[str, Any]) -> str:
    """ "Are you satisfied?", answered by the customer (E-6). The answer can be changed for ten minutes."""
    if request.POST.get("answer") not in {"yes", "no"}:
        raise BadInput("answer", _("Say yes or not quite."))
    if not context_of(opened)["answered"]:
        raise NotLookedAt
    answer_satisfied(opened.visit.id, request.POST["answer"] == "yes", **door)
    return ""
