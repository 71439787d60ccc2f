"""Another time for a visit, or none: by the customer's wish or ours, which decides what becomes of the promise."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.dispatch import actions as dispatch
from goodword.faces.office.forms.fields import span
from goodword.faces.office.forms.visits import ByWhomForm, CancelForm, MoveByHandForm
from goodword.faces.office.views.acting import carry_out, posted
from goodword.faces.office.views.pages import desk, uuid_or_none
from goodword.faces.office.views.planning import about, titles
from goodword.faces.office.views.staff import who_comes
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.parts.doorway import SignedIn
from goodword.promises.models import Promise
from goodword.visits.models import Visit
from goodword.visits.queries import visit_for


def _visit(request: SignedIn, visit_id: UUID) -> Visit:
    row = visit_for(request.viewer, visit_id)
    require(request.viewer, Verb.BOOK, row.branch_id)
    return row


@require_http_methods(["GET", "POST"])
@desk
def move(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """Ask for windows that can be kept; the customer chooses among them."""
    row = _visit(request, visit_id)
    return carry_out(
        request,
        ByWhomForm(posted(request)),
        lambda facts, door: dispatch.offer(None, row.id, facts["by_whom"], **door),
        template="office/visit/move.html",
        context=about(row),
        to=lambda made: reverse("office:offer", args=[made.id]),
        says="",
    )


@require_http_methods(["GET", "POST"])
@desk
def move_by_hand(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """Another window, named by a person."""
    row = _visit(request, visit_id)
    now = company_now()
    day = now.astimezone(zone(row.branch.zone)).date() + timedelta(days=1)
    people = who_comes(row.branch, day, row.order.work_type.skills)
    form = MoveByHandForm(posted(request), technicians=people, initial={"day": day})
    lead = _("Say a window that you have agreed with the customer. It is not checked against the day.")
    return carry_out(
        request,
        form,
        lambda facts, door: _move(row, facts, door),
        template="office/visit/act.html",
        context=about(row) | titles(_("Another window by hand"), lead, _("Promise this window")),
        to=lambda promise: reverse("office:agreed", args=[promise.visit_id]),
        says=_("Moved. The confirmation is on its way."),
    )


def _move(row: Visit, facts: Mapping[str, Any], door: dict[str, Any]) -> Promise:
    opens, closes = span(facts, row.branch.zone)
    technician = uuid_or_none(facts.get("technician", ""))
    planned: dict[str, Any] = {}
    if technician is not None:
        length = timedelta(seconds=row.order.work_type.mean_s)
        planned = {"technician_id": technician, "planned_start": opens, "planned_end": opens + length}
    return dispatch.move(row.id, opens, closes, facts["by_whom"], facts.get("reason", ""), **planned, **door)


@require_http_methods(["GET", "POST"])
@desk
def cancellation(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """It does not take place: by whom, and why."""
    row = _visit(request, visit_id)
    lead = _(
        "By the customer the promise is released; by us it counts as broken. The customer is written to either way."
    )
    return carry_out(
        request,
        CancelForm(posted(request)),
        lambda facts, door: dispatch.cancel(row.id, facts["by_whom"], facts["reason"], **door),
        template="office/visit/act.html",
        context=about(row) | titles(_("Cancel this visit"), lead, _("Cancel the visit")),
        to=reverse("office:visit", args=[row.id]),
        says=_("Cancelled."),
    )
