"""The call: find or add the customer, where, what, since when, how bad; one screen, then windows to read out."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodword.crew.models import Branch
from goodword.crew.queries import company, require
from goodword.crew.rules import Verb
from goodword.customers import actions as changing
from goodword.customers import queries as customers
from goodword.customers.models import Customer
from goodword.customers.queries import Card
from goodword.dispatch import actions as dispatch
from goodword.dispatch.errors import NotOnTheMap
from goodword.faces.office.forms.requests import RequestForm, place_of, read_place
from goodword.faces.office.views.acting import Door, posted
from goodword.faces.office.views.newest import newest_with
from goodword.faces.office.views.pages import chosen_branch, derived, desk, put_on, show, uuid_or_none
from goodword.faces.office.views.search import with_addresses
from goodword.kit.actions import was_done
from goodword.kit.clock import company_now
from goodword.kit.refusals import BadInput, Forbidden, NotFound, Refusal
from goodword.parts.doorway import SignedIn, door
from goodword.promises.queries import visible_to as promises_visible_to
from goodword.promises.rules import State as Verdict
from goodword.territory.queries import find_addresses
from goodword.visits import actions as visits
from goodword.visits.models import Request
from goodword.visits.models.calls import Harm
from goodword.visits.queries import requests_visible_to, work_types
from goodword.visits.queries.advice import advice_for


@require_http_methods(["GET", "POST"])
@desk
def new_request(request: SignedIn) -> HttpResponse:
    """Everything on one screen. ``?customer=``: somebody who was found; ``?q=``: looking for them."""
    viewer = request.viewer
    require(viewer, Verb.BOOK)
    chosen = chosen_branch(request, viewer)
    known = _known(request)
    branch = known.customer.branch if known is not None else chosen.branch
    require(viewer, Verb.BOOK, branch.id)
    form = _form(request, known, branch)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                taken = _take(form, known, branch, door(request))
            except (NotFound, Forbidden):
                raise
            except Refusal as refusal:
                put_on(form, refusal)
                status = refusal.status
            else:
                return redirect(reverse("office:request", args=[taken.id]) + "#windows")
    context: dict[str, Any] = {"form": form, "known": known, "chosen": chosen, "branch": branch, "now": company_now()}
    works = form.fields["work_type"].choices  # type: ignore[attr-defined]
    context |= {"has_works": len(works) > 1, "may_set_up": viewer.may(Verb.SETTINGS)}
    context |= {"advice": _advice(form, branch)} | _looking(request) | _owed(request, known)
    return show(request, "office/requests/new.html", context, status)


def _advice(form: RequestForm, branch: Branch) -> list[tuple[str, str, list[str], bool]]:
    """What to say for each kind of harm; the page shows it as soon as that harm is marked."""
    said = form["advised"].value() or []
    lines = advice_for(branch.id, Harm.values)
    return [(code, str(Harm(code).label), lines[code], code in said) for code in lines]


def _known(request: SignedIn) -> Card | None:
    wanted = uuid_or_none(request.GET.get("customer", ""))
    return customers.card(request.viewer, wanted) if wanted is not None else None


def asking(request: SignedIn, branch: Branch, command: UUID | None) -> dict[str, Any]:
    """What a form for somebody new asks with. Sent again after it was done, it asks nothing."""

    def alike(facts: Mapping[str, Any]) -> list[Customer]:
        if command is None or was_done(command):
            return []
        channels = [(kind, str(facts.get(kind, ""))) for kind in ("phone", "email")]
        return customers.perhaps_same(request.viewer, str(facts.get("name", "")), channels, _street_of(facts))

    return {"region": company().phone_region, "alike": alike, "look_up": lambda text: found_places(text, branch)}


def _street_of(facts: Mapping[str, Any]) -> str:
    """House and street as they were chosen, else as typed; what cannot be read is said when it is kept."""
    try:
        chosen = read_place(str(facts.get("place", "")))
    except BadInput:
        return ""
    of_list = f"{chosen.get('house_number', '')} {chosen.get('street', '')}".strip()
    return of_list or str(facts.get("address", ""))


def _form(request: SignedIn, known: Card | None, branch: Branch) -> RequestForm:
    sites = [(str(s.id), str(s)) for s in known.sites] if known else []
    contacts = [(str(c.id), c.name) for c in known.contacts] if known else []
    works = [("", "")] + [(w.code, w.name) for w in work_types() if not w.retired]
    initial: dict[str, Any] = {"site": sites[0][0] if sites else "new", "name": request.GET.get("name", "")}
    once = derived(door(request), "customer")["command"] if request.method == "POST" else None
    return RequestForm(
        posted(request), known=known is not None, sites=sites, contacts=contacts, works=works,
        initial=initial, **asking(request, branch, once),
    )  # fmt: skip


def _looking(request: SignedIn) -> dict[str, Any]:
    text = request.GET.get("who", "")
    return {
        "who": text,
        "hits": with_addresses(customers.search(request.viewer, text, limit=8)) if text.strip() else [],
    }


def _owed(request: SignedIn, known: Card | None) -> dict[str, Any]:
    """What we owe them already, so that nobody promises it twice; and the newest that passed between us."""
    if known is None:
        return {}
    rows = promises_visible_to(request.viewer).filter(customer__in=known.family, verdict__state=Verdict.OPEN)
    waiting = requests_visible_to(request.viewer).filter(customer__in=known.family, status=Request.Status.WAITING)
    return {
        "owed": list(rows.order_by("closes_at")[:5]),
        "waiting": list(waiting.order_by("taken_at")[:5]),
        "newest": newest_with(request.viewer, known),
    }


def _take(form: RequestForm, known: Card | None, branch: Branch, door: Door) -> Request:
    """Customer, site and request, each under a command of its own that follows from the form's: sent twice, once."""
    facts = form.cleaned_data
    needed_by = form.needed_by(branch.zone, door["at"])
    site, contact = _where(form, known, branch, door)
    taken = visits.take_request(
        site, facts["work_type"], branch.id, facts["words"], facts["since_when"], facts["harm"], contact, needed_by,
        caller=facts["caller"], vulnerability=facts["vulnerability"], stops_them=facts["stops_them"],
        expects=facts["expects"], expects_source=facts["expects_source"] or Request.Source.PHONE,
        advised=[code for code in facts["advised"] if code in facts["harm"]], **door,
    )  # fmt: skip
    try:
        dispatch.offer(taken.id, **derived(door, "offer"))
    except NotOnTheMap:
        return taken
    return taken


def _where(form: RequestForm, known: Card | None, branch: Branch, door: Door) -> tuple[UUID, UUID | None]:
    """The site and who asked."""
    facts = form.cleaned_data
    if known is None:
        place = form.place_of_site()
        channels = [
            {"kind": k, "value": facts[f]} for k, f in (("phone", "phone"), ("email", "email")) if facts[f].strip()
        ]
        contact = {"name": facts["name"], "preferred_name": facts["preferred_name"], "channels": channels}
        customer = changing.add_customer(
            facts["kind"] or "person", facts["name"], branch.id, contacts=[contact], sites=[place],
            **derived(door, "customer"),
        )  # fmt: skip
        people = customers.contacts_of(customer.id)
        return customers.sites_of(customer.id)[0].id, people[0].id if people else None
    asked_by = uuid_or_none(facts.get("contact", ""))
    if form.needs_address:
        site = changing.add_site(known.customer.id, **form.place_of_site(), **derived(door, "site"))
        return site.id, asked_by
    return UUID(facts["site"]), asked_by


@require_safe
@desk
def addresses(request: SignedIn) -> HttpResponse:
    """Addresses that fit what is typed, to choose from; without script the page shows them too."""
    chosen = chosen_branch(request, request.viewer)
    text = (request.GET.get("address") or request.GET.get("search", "")).strip()
    return show(request, "office/requests/addresses.html", {"places": found_places(text, chosen.branch), "typed": text})


def found_places(text: str, branch: Branch) -> list[tuple[str, str, str]]:
    """(what the page carries, first line, second line) of each address that fits."""
    if len(text) < 3:
        return []
    answer = find_addresses(text, near=(branch.lat, branch.lon), limit=6)
    places = [place_of(feature) for feature in answer["features"]]
    return [(json.dumps(p), _first_line(p), _second_line(p)) for p in places]


def _first_line(place: dict[str, Any]) -> str:
    return " ".join(part for part in (place["house_number"], place["street"]) if part) or str(place["city"])


def _second_line(place: dict[str, Any]) -> str:
    rough = {"street": _("somewhere in the street"), "town": _("somewhere in the town")}.get(place["accuracy"], "")
    return ", ".join(part for part in (place["city"], place["postcode"], rough) if part)


@require_safe
@desk
def lookup(request: SignedIn) -> HttpResponse:
    """Customers who fit what is typed: the same rows as on the page."""
    return show(request, "office/requests/hits.html", _looking(request))
