"""Closed roads: the list, closing one, opening it again. They are the company's, whatever branch looks."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodword.crew.models import Branch
from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.faces.office.forms.closed_roads import ClosureForm
from goodword.faces.office.forms.fields import instant
from goodword.faces.office.views.acting import Door, carry_out, posted
from goodword.faces.office.views.pages import chosen_branch, desk, show
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import BadInput, NotFound
from goodword.parts.doorway import SignedIn, tapped
from goodword.territory.actions import close_road, open_road
from goodword.territory.models import Closure
from goodword.territory.queries import closures, find_addresses
from goodword.territory.rules.closures import Place

USUAL_M = 30  # ours: a bridge, or the end of one street
MOST = 200  # ours: rows on the page
_PAIR = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*")


@require_safe
@desk
def listing(request: SignedIn) -> HttpResponse:
    """Those in force and those to come, the longest closed first; since when travel times know of each."""
    branch, now = chosen_branch(request, request.viewer).branch, company_now()
    rows = closures(not_over_at=now).order_by("starts_at", "id")[:MOST]
    context = {"rows": rows, "zone": zone(branch.zone), "now": now, "may_close": request.viewer.may(Verb.ASSIGN)}
    return show(request, "office/closed_roads/list.html", context)


@require_http_methods(["GET", "POST"])
@desk
def new(request: SignedIn) -> HttpResponse:
    require(request.viewer, Verb.ASSIGN)
    branch = chosen_branch(request, request.viewer).branch
    return carry_out(
        request,
        ClosureForm(posted(request), initial={"radius": USUAL_M}),
        lambda facts, door: _close(branch, facts, door),
        template="office/closed_roads/new.html",
        context={},
        to=reverse("office:closures"),
        says=_("The road is closed. Travel times take the way round as soon as the roads are prepared."),
    )


@require_POST
@desk
def opening(request: SignedIn, closure_id: UUID) -> HttpResponse:
    """Open it again."""
    require(request.viewer, Verb.ASSIGN)
    if not closures().filter(id=closure_id).exists():
        raise NotFound
    said = _("The road is open again.")
    return tapped(request, lambda door: open_road(closure_id, **door), reverse("office:closures"), said)


def _close(branch: Branch, facts: Mapping[str, Any], door: Door) -> Closure:
    lat, lon = _point(facts["where"], branch)
    starts = _moment(facts["first"], facts["starts"], branch, ("first", "starts"))
    ends = _moment(facts["last"], facts["ends"], branch, ("last", "ends"))
    return close_road(
        facts["name"], Place(lat, lon, facts["radius"], facts["road"]), starts, ends, facts["reason"], **door
    )


def _point(where: str, branch: Branch) -> tuple[float, float]:
    """Two numbers as they are, else the best address."""
    if pair := _PAIR.fullmatch(where):
        return float(pair[1]), float(pair[2])
    near = (branch.lat, branch.lon) if branch.lat is not None and branch.lon is not None else None
    found = find_addresses(where, near, 1)["features"]
    if not found:
        raise BadInput("where", _("This place is not known here. Write an address, or latitude and longitude."))
    lon, lat = found[0]["geometry"]["coordinates"]
    return lat, lon


def _moment(day: date | None, clock: time | None, branch: Branch, fields: tuple[str, str]) -> datetime | None:
    if day is None and clock is None:
        return None
    if day is None or clock is None:
        raise BadInput(fields[day is not None], _("Give the day and the time, or neither."))
    return instant(day, clock, branch.zone, fields[1])
