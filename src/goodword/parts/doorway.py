"""How a page lets people in and passes their commands on: viewer, command id, company time, refusals as words."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from goodword.crew.queries import Viewer, viewer_of
from goodword.kit.actions import CommandReused, done_at
from goodword.kit.actors import Actor
from goodword.kit.clock import company_now
from goodword.kit.ids import uuid7
from goodword.kit.refusals import BadInput, Forbidden, NotFound, Refusal

Page = Callable[..., HttpResponse]


class SignedIn(HttpRequest):
    """A request behind :func:`signed_in`."""

    viewer: Viewer


def signed_in(page: Page) -> Page:
    """Only for people who are signed in; ``request.viewer`` says who looks."""

    @wraps(page)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.viewer = viewer_of(request.user)  # type: ignore[attr-defined,arg-type]
        return page(request, *args, **kwargs)

    return login_required(inner)


def command_of(request: HttpRequest) -> UUID:
    """The form's own command id: sent twice, it happens once. A form without one gets a new one."""
    sent = request.POST.get("command", "")
    try:
        return UUID(sent) if sent else uuid7()
    except ValueError as error:
        raise BadInput("command", _("This form is damaged. Load the page again.")) from error


def door(request: HttpRequest, by: Actor | None = None) -> dict[str, Any]:
    """``by``, ``at`` and ``command`` for an action that a form asks for. Sent again, it is as of its first time."""
    command = command_of(request)
    at = done_at(command) or company_now()
    return {"by": by or request.viewer.actor, "at": at, "command": command}  # type: ignore[attr-defined]


def back(
    request: HttpRequest, fallback: str, says: str = "", refusal: Refusal | None = None, kind: str = "kept"
) -> HttpResponse:
    """To where the form stood, with one sentence: what was done, or why not and what to do.

    The page is told which command was done, so that what was typed for it is not offered again (``app/guard.ts``).
    """
    sent = request.POST.get("command", "")
    if isinstance(refusal, CommandReused):
        first = _("What you sent first was kept. Look whether something is still missing before you send this too.")
        messages.error(request, first, extra_tags="risk")
    elif refusal is not None:
        messages.error(request, refusal.detail, extra_tags="broken")
    elif says:
        messages.success(request, says, extra_tags=kind)
    if sent and (refusal is None or isinstance(refusal, CommandReused)):
        messages.info(request, sent, extra_tags="command-used" if refusal else "command-done")
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if wanted and safe else fallback)


def tapped(request: HttpRequest, do: Callable[[dict[str, Any]], object], to: str, says: str = "") -> HttpResponse:
    """One tap: ``do`` gets ``by``, ``at``, ``command``; back to ``to`` with what was done, or why not.

    Raises
    ------
    NotFound, Forbidden
        What is not theirs to see or do gets a page of its own.
    """
    try:
        do(door(request))
    except (NotFound, Forbidden):
        raise
    except Refusal as refusal:
        return back(request, to, refusal=refusal)
    return back(request, to, says)
