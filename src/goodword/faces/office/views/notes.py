"""Notes and talks on the phone: written, corrected, withdrawn and taken back, on a customer and on a visit."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.customers import queries as customers
from goodword.faces.office.forms.fields import instant, not_in_future
from goodword.faces.office.forms.notes import CallForm
from goodword.faces.office.views.acting import Door, carry_out, posted
from goodword.faces.office.views.pages import desk
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import NotFound
from goodword.parts.doorway import SignedIn, back, door, signed_in, tapped
from goodword.visits import actions as visits
from goodword.visits.models import Call, Note
from goodword.visits.queries import call_to_change, note_to_change, require_to_write
from goodword.visits.queries import visible_to as visits_visible_to


def _there(note: Note) -> str:
    name, about = ("visit", note.visit_id) if note.visit_id else ("customer", note.customer_id)
    return reverse(f"office:{name}", args=[about]) + "#notes"


@require_POST
@desk
def on_customer(request: SignedIn, customer_id: UUID) -> HttpResponse:
    """A note on the customer."""
    card = customers.card(request.viewer, customer_id)
    require_to_write(request.viewer, card.customer.branch_id)
    to = reverse("office:customer", args=[card.customer.id]) + "#notes"
    return tapped(
        request,
        lambda d: visits.add_customer_note(card.customer.id, request.POST.get("words", ""), **d),
        to,
        _("Written down."),
    )


@require_POST
@signed_in
def correction(request: SignedIn, note_id: UUID) -> HttpResponse:
    """Other words in its place."""
    note = note_to_change(request.viewer, note_id)
    return tapped(
        request,
        lambda d: visits.correct_note(note.id, request.POST.get("words", ""), **d),
        _there(note),
        _("Corrected. What was written before can still be read."),
    )


@require_POST
@signed_in
def withdrawal(request: SignedIn, note_id: UUID) -> HttpResponse:
    """It shall not count, or with ``undo`` = yes it counts again."""
    note, undo = note_to_change(request.viewer, note_id), request.POST.get("undo") == "yes"
    visits.withdraw_note(note.id, undo, **door(request))
    return back(request, _there(note), _("It counts again.") if undo else _("Withdrawn. It can be taken back."))


@require_http_methods(["GET", "POST"])
@desk
def new_call(request: SignedIn, customer_id: UUID) -> HttpResponse:
    """A talk on the phone with a customer; ``?visit=`` names the visit it was about."""
    card = customers.card(request.viewer, customer_id)
    customer = card.customer
    require_to_write(request.viewer, customer.branch_id)
    now, about = company_now(), _about(request, card.family)
    local = now.astimezone(zone(customer.branch.zone)).replace(second=0, microsecond=0)
    first = card.contacts[0].name if card.contacts else customer.name
    initial = {"day": local.date(), "began": local.time(), "theirs": first, "visit": about}

    def do(facts: Any, door: Door) -> Call:
        began = instant(facts["day"], facts["began"], customer.branch.zone, "began")
        minutes = facts["minutes"]
        return visits.log_call(
            customer.id, facts["who"] == "we", facts["theirs"], facts["words"],
            None if minutes is None else minutes * 60, about,
            **door | {"at": not_in_future(began, now, "began")},
        )  # fmt: skip

    return carry_out(
        request,
        CallForm(posted(request), initial=initial),
        do,
        template="office/customers/act.html",
        context={
            "customer": customer,
            "title": _("A talk on the phone"),
            "lead": _("Who called whom, and what was said. It stands with what happened."),
            "button": _("Keep it"),
        },
        to=reverse("office:visit", args=[about]) + "#calls"
        if about
        else reverse("office:customer", args=[customer.id]) + "#calls",
        says=_("Written down."),
    )


def _about(request: SignedIn, family: Any) -> UUID | None:
    """The visit that the call was about, where one is named and it is this customer's."""
    named = request.POST.get("visit") or request.GET.get("visit")
    if not named:
        return None
    try:
        rows = visits_visible_to(request.viewer).filter(order__customer__in=family, id=UUID(named))
    except ValueError as error:
        raise NotFound from error
    row = rows.first()
    if row is None:
        raise NotFound
    return row.id


@require_POST
@desk
def call_withdrawal(request: SignedIn, call_id: UUID) -> HttpResponse:
    """Entered by mistake, or with ``undo`` = yes it counts again."""
    row = call_to_change(request.viewer, call_id)
    undo = request.POST.get("undo") == "yes"
    visits.withdraw_call(row.id, undo, **door(request))
    to = reverse("office:customer", args=[row.customer_id]) + "#calls"
    return back(request, to, _("It counts again.") if undo else _("Withdrawn. It can be taken back."))
