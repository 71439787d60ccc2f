"""Kinds of work: the list, adding one, changing one."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodword.crew import queries as crew
from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.faces.office.forms.work_types import WorkTypeForm
from goodword.faces.office.views.acting import Door, carry_out, posted
from goodword.faces.office.views.pages import show
from goodword.faces.office.views.staff import require_reader
from goodword.kit.money import Money, money_words, parse_money
from goodword.kit.refusals import BadInput, NotFound
from goodword.parts.doorway import SignedIn, signed_in
from goodword.visits.actions import add_work_type
from goodword.visits.models import WorkType
from goodword.visits.queries import work_types


@require_safe
@signed_in
def listing(request: SignedIn) -> HttpResponse:
    """By name, or the longest first; ``?q=`` looks in names and codes."""
    require_reader(request.viewer)
    text = request.GET.get("q", "").strip().replace("\0", "")[:200]
    sort = "longest" if request.GET.get("sort") == "longest" else "name"
    rows = work_types().filter(Q(name__icontains=text) | Q(code__icontains=text))
    rows = rows.order_by("-mean_s", "code") if sort == "longest" else rows.order_by("name", "code")
    names, currency = _skills(), crew.company().currency
    lines = [
        (row, row.mean_s // 60, ", ".join(names.get(s, s) for s in row.skills), _price(row, currency)) for row in rows
    ]
    context = {"q": text, "sort": sort, "lines": lines, "may_add": request.viewer.may(Verb.SETTINGS)}
    return show(request, "office/work_types/list.html", context)


def _skills() -> dict[str, str]:
    return {skill.code: skill.name for skill in crew.skills()}


def _price(row: WorkType, currency: str) -> str:
    if row.price_minor is None:
        return ""
    return money_words(Money(row.price_minor, currency)) if row.price_minor else _("no charge")


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: SignedIn) -> HttpResponse:
    require(request.viewer, Verb.SETTINGS)
    return _page(request, None, {})


@require_http_methods(["GET", "POST"])
@signed_in
def one(request: SignedIn, code: str) -> HttpResponse:
    require(request.viewer, Verb.SETTINGS)
    row = work_types().filter(code=code).first()
    if row is None:
        raise NotFound
    price = Money(row.price_minor, crew.company().currency).decimal if row.price_minor is not None else ""
    known = {"name": row.name, "skills": row.skills, "price": price, "emergency": row.emergency}
    known |= {"mean": round(row.mean_s / 60), "spread": round(row.cv * row.mean_s / 60)}
    return _page(request, row, known)


def _page(request: SignedIn, row: WorkType | None, known: Mapping[str, Any]) -> HttpResponse:
    form = WorkTypeForm(posted(request), skills=list(_skills().items()), known=row is not None, initial=dict(known))
    return carry_out(
        request,
        form,
        lambda facts, door: _keep(row, facts, door),
        template="office/work_types/edit.html",
        context={"work_type": row, "currency": crew.company().currency},
        to=reverse("office:work_types"),
        says=_("Kept.") if row else _("Added."),
    )


def _keep(row: WorkType | None, facts: Mapping[str, Any], door: Door) -> WorkType:
    """What the form does not ask for stays as it is."""
    price = facts["price"].strip()
    minor = parse_money(price, crew.company().currency, "price").minor if price else None
    if minor is not None and minor < 0:
        raise BadInput("price", _("A price is not less than nothing."))
    if row is None and (taken := work_types().filter(code=facts["code"]).first()):
        raise BadInput("code", _("%(name)s has this code already. Choose another one.") % {"name": taken.name})
    return add_work_type(
        row.code if row else facts["code"], facts["name"], facts["skills"], facts["mean"] * 60,
        facts["spread"] / facts["mean"], minor, facts["emergency"],
        row.needs_helper if row else False, row.severity if row else int(facts["emergency"]), **door,
    )  # fmt: skip
