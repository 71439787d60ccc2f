"""Changing a customer, whom we talk to, where we work, what one must know there."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.customers import actions as changing
from goodword.customers import queries as customers
from goodword.customers.models import Channel, Contact, Customer, Site
from goodword.faces.office.forms.customers import (
    ChannelForm,
    ConsentForm,
    ContactForm,
    CustomerForm,
    FactsForm,
    SiteForm,
)
from goodword.faces.office.forms.requests import read_place
from goodword.faces.office.views.acting import Door, carry_out, posted
from goodword.faces.office.views.pages import desk
from goodword.kit.clock import company_now
from goodword.kit.refusals import NotFound
from goodword.parts.doorway import SignedIn, tapped

ADDRESS = ("label", "unit", "house_number", "street", "postcode", "city")
POINT = ("lat", "lon", "accuracy", "snap_m")


def customer_to_change(request: SignedIn, customer_id: UUID, verb: Verb = Verb.BOOK) -> Customer:
    there: Customer | None = customers.visible_to(request.viewer).filter(id=customer_id).first()
    if there is None:
        raise NotFound
    require(request.viewer, verb, there.branch_id)
    return there


def _of(request: SignedIn, rows: Any, row_id: UUID, customer_of: Any) -> Any:
    """One visible row that hangs on a customer whom the viewer may change."""
    row = rows.filter(id=row_id).first()
    if row is None:
        raise NotFound
    require(request.viewer, Verb.BOOK, customer_of(row).branch_id)
    return row


def _contact(request: SignedIn, contact_id: UUID) -> Contact:
    rows = customers.contacts_visible_in(customers.visible_to(request.viewer))
    found: Contact = _of(request, rows, contact_id, lambda row: row.customer)
    return found


def _channel(request: SignedIn, channel_id: UUID) -> Channel:
    rows = customers.channels_visible_in(customers.visible_to(request.viewer))
    found: Channel = _of(request, rows, channel_id, lambda row: row.contact.customer)
    return found


def _site(request: SignedIn, site_id: UUID) -> Site:
    rows = customers.sites_visible_in(customers.visible_to(request.viewer))
    found: Site = _of(request, rows, site_id, lambda row: row.customer)
    return found


def _page(
    request: SignedIn,
    customer: Customer,
    form: forms.Form,
    do: Any,
    title: str,
    button: str,
    *,
    template: str = "office/customers/act.html",
    **more: Any,
) -> HttpResponse:
    return carry_out(
        request,
        form,
        do,
        template=template,
        context={"customer": customer, "title": title, "button": button, "now": company_now()} | more,
        to=reverse("office:customer", args=[customer.id]),
        says=_("Kept."),
    )


@require_http_methods(["GET", "POST"])
@desk
def details(request: SignedIn, customer_id: UUID) -> HttpResponse:
    row = customer_to_change(request, customer_id)
    known = {f: getattr(row, f) for f in ("kind", "name", "preferred_name", "say_it")}

    def do(facts: Mapping[str, Any], door: Door) -> Customer:
        return changing.change_customer(row.id, **facts, **door)

    return _page(request, row, CustomerForm(posted(request), initial=known), do, _("Names"), _("Keep it"))


@require_http_methods(["GET", "POST"])
@desk
def new_contact(request: SignedIn, customer_id: UUID) -> HttpResponse:
    row = customer_to_change(request, customer_id)

    def do(facts: Mapping[str, Any], door: Door) -> Contact:
        return changing.add_contact(row.id, **facts, **door)

    return _page(request, row, ContactForm(posted(request)), do, _("Somebody to talk to"), _("Add them"))


@require_http_methods(["GET", "POST"])
@desk
def contact(request: SignedIn, contact_id: UUID) -> HttpResponse:
    row = _contact(request, contact_id)
    known = {f: getattr(row, f) for f in ("name", "preferred_name", "say_it", "role")}

    def do(facts: Mapping[str, Any], door: Door) -> Contact:
        return changing.change_contact(row.id, **facts, **door)

    form = ContactForm(posted(request), initial=known)
    return _page(
        request, row.customer, form, do, row.name, _("Keep it"), template="office/customers/contact.html", contact=row,
        channels=[(c, customers.consents_of(c)) for c in row.channels.filter(ended_at=None).order_by("id")],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@desk
def new_channel(request: SignedIn, contact_id: UUID) -> HttpResponse:
    row = _contact(request, contact_id)

    def do(facts: Mapping[str, Any], door: Door) -> Channel:
        return changing.add_channel(row.id, facts["kind"], facts["value"], facts["label"], facts["service"], **door)

    title = _("A way to reach %(name)s") % {"name": row.name}
    return _page(request, row.customer, ChannelForm(posted(request)), do, title, _("Add it"))


@require_http_methods(["GET", "POST"])
@desk
def consent(request: SignedIn, channel_id: UUID) -> HttpResponse:
    row = _channel(request, channel_id)

    def do(facts: Mapping[str, Any], door: Door) -> Channel:
        return changing.set_consent(row.id, facts["purpose"], facts["given"] == "yes", facts["source"], **door)

    title = _("May we write to %(address)s?") % {"address": row.raw}
    return _page(request, row.contact.customer, ConsentForm(posted(request)), do, title, _("Keep it"))


@require_POST
@desk
def end_contact(request: SignedIn, contact_id: UUID) -> HttpResponse:
    row = _contact(request, contact_id)
    return _ended(request, row.customer, lambda d: changing.end_contact(row.id, **d))


@require_POST
@desk
def end_channel(request: SignedIn, channel_id: UUID) -> HttpResponse:
    row = _channel(request, channel_id)
    return _ended(request, row.contact.customer, lambda d: changing.end_channel(row.id, **d))


def _ended(request: SignedIn, customer: Customer, do: Any) -> HttpResponse:
    to = reverse("office:customer", args=[customer.id])
    return tapped(request, do, to, _("Ended. What was said and signed stays."))


# Sites


@require_http_methods(["GET", "POST"])
@desk
def new_site(request: SignedIn, customer_id: UUID) -> HttpResponse:
    row = customer_to_change(request, customer_id)

    def do(facts: Mapping[str, Any], door: Door) -> Site:
        return changing.add_site(row.id, **_address(facts, {}), **door)

    form = SiteForm(posted(request))
    template = "office/customers/site.html"
    return _page(request, row, form, do, _("Another address"), _("Add it"), template=template, branch=row.branch)


@require_http_methods(["GET", "POST"])
@desk
def site(request: SignedIn, site_id: UUID) -> HttpResponse:
    """Correct an address, or find its place on the map."""
    row = _site(request, site_id)
    known = {f: getattr(row, f) for f in (*ADDRESS, *POINT)}

    def do(facts: Mapping[str, Any], door: Door) -> Site:
        return changing.change_site(row.id, **_address(facts, known), country=row.country, zone=row.zone, **door)

    initial = {f: known[f] for f in ADDRESS} | {"search": str(row)}
    form = SiteForm(posted(request), initial=initial)
    template = "office/customers/site.html"
    title = _("Correct the address")
    return _page(
        request, row.customer, form, do, title, _("Keep it"), template=template, branch=row.customer.branch, site=row
    )


def _address(facts: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What was chosen from the list, else what was typed; a known point stays while street and number stay."""
    typed = {field: facts[field] for field in ADDRESS}
    if chosen := read_place(facts["place"]):
        return typed | chosen | {"label": facts["label"], "unit": facts["unit"] or chosen.get("unit", "")}
    same = known and all(typed[f] == known[f] for f in ("house_number", "street", "city"))
    return typed | ({field: known[field] for field in POINT} if same else {})


@require_http_methods(["GET", "POST"])
@desk
def facts(request: SignedIn, site_id: UUID) -> HttpResponse:
    """What one must know at the door."""
    row = _site(request, site_id)
    form = FactsForm(posted(request), initial={f: getattr(row, f) for f in FactsForm.base_fields if f != "confirmed"})

    def do(typed: Mapping[str, Any], door: Door) -> Site:
        return changing.set_site_facts(row.id, form.facts(), typed["confirmed"], **door)

    title = _("What to know at the door")
    return _page(request, row.customer, form, do, title, _("Keep it"), lead=str(row))
