"""Customers: the list, and adding one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.customers import actions as changing
from goodword.customers import queries as customers
from goodword.customers.models import Channel, Customer, Site
from goodword.faces.office.forms.customers import NewCustomerForm
from goodword.faces.office.forms.requests import read_place
from goodword.faces.office.views.acting import Door, carry_out, posted
from goodword.faces.office.views.new_request import asking
from goodword.faces.office.views.pages import chosen_branch, desk, show, uuid_or_none
from goodword.kit.clock import company_now
from goodword.parts.doorway import SignedIn, door

PAGE = 50  # ours


@dataclass(frozen=True)
class Line:
    """A customer in the list."""

    customer: Customer
    site: Site | None
    phone: str
    found_by: str = ""
    sure: bool = True


@require_safe
@desk
def listing(request: SignedIn) -> HttpResponse:
    """By name, or the newest first; with ``?q=`` the best find first."""
    text = request.GET.get("q", "").strip()
    sort = "newest" if request.GET.get("sort") == "newest" else "name"
    context: dict[str, Any] = {"q": text, "sort": sort, "may_add": request.viewer.may(Verb.BOOK), "now": company_now()}
    if text:
        hits = {hit.customer.id: hit for hit in reversed(customers.search(request.viewer, text, limit=PAGE))}
        rows = [hit.customer for hit in reversed(hits.values())]
        lines = [
            Line(line.customer, line.site, line.phone, hits[line.customer.id].text, hits[line.customer.id].sure)
            for line in _lines(rows)
        ]
        return show(request, "office/customers/list.html", context | {"lines": lines})
    rows, after = _page(request, sort)
    more = f"?{urlencode({'sort': sort, 'after': str(after)})}" if after is not None else ""
    first = f"?{urlencode({'sort': sort})}" if request.GET.get("after") else ""
    context |= {"lines": _lines(rows), "next_url": more, "first_url": first}
    return show(request, "office/customers/list.html", context)


def _page(request: SignedIn, sort: str) -> tuple[list[Customer], UUID | None]:
    """One page behind the customer named in the address, and who stands last on it when there are more."""
    rows = customers.listed(request.viewer)
    if sort == "newest":
        rows = rows.order_by("-added_at", "-id")
    rows = _behind(rows, sort, uuid_or_none(request.GET.get("after", "")))
    page = list(rows[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].id if len(page) > PAGE else None


def _behind(rows: QuerySet[Customer], sort: str, after: UUID | None) -> QuerySet[Customer]:
    last = rows.filter(id=after).first() if after is not None else None
    if last is None:
        return rows
    if sort == "newest":
        return rows.filter(Q(added_at__lt=last.added_at) | Q(added_at=last.added_at, id__lt=last.id))
    return rows.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, id__gt=last.id))


def _lines(rows: list[Customer]) -> list[Line]:
    """With the first site and the first phone of each, in two queries."""
    ids = [row.id for row in rows]
    sites = _first(Site.objects.filter(customer__in=ids, ended_at=None).order_by("added_at", "id"), "customer_id")
    channels = Channel.objects.filter(
        contact__customer__in=ids, kind=Channel.Kind.PHONE, ended_at=None, contact__ended_at=None
    )
    phones: dict[UUID, str] = {}
    for channel in channels.select_related("contact").order_by("id"):
        phones.setdefault(channel.contact.customer_id, channel.raw)
    return [Line(row, sites.get(row.id), phones.get(row.id, "")) for row in rows]


def _first(rows: Any, key: str) -> dict[UUID, Any]:
    found: dict[UUID, Any] = {}
    for row in rows:
        found.setdefault(getattr(row, key), row)
    return found


@require_http_methods(["GET", "POST"])
@desk
def new(request: SignedIn) -> HttpResponse:
    """Add a customer, with a way to reach them and an address."""
    chosen = chosen_branch(request, request.viewer)
    require(request.viewer, Verb.BOOK, chosen.branch.id)
    once = door(request)["command"] if request.method == "POST" else None
    return carry_out(
        request,
        NewCustomerForm(posted(request), **asking(request, chosen.branch, once)),
        lambda facts, door: _add(facts, chosen.branch.id, door),
        template="office/customers/new.html",
        context={"chosen": chosen, "now": company_now()},
        to=lambda customer: reverse("office:customer", args=[customer.id]),
        says=_("Added."),
    )


def _add(facts: Any, branch_id: UUID, door: Door) -> Customer:
    channels = [{"kind": k, "value": facts[f]} for k, f in (("phone", "phone"), ("email", "email")) if facts[f].strip()]
    contact = {k: facts[k] for k in ("name", "preferred_name", "say_it")} | {"channels": channels}
    place = read_place(facts["place"]) or ({"street": facts["address"]} if facts["address"].strip() else None)
    return changing.add_customer(
        facts["kind"], facts["name"], branch_id, facts["preferred_name"], facts["say_it"],
        contacts=[contact], sites=[place] if place else [], **door,
    )  # fmt: skip
