"""The held inbox: what a phone sent and could not be applied. Nothing is lost; a person decides."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodword.crew import queries as crew
from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.faces.office.forms.fields import instant, not_in_future
from goodword.faces.office.forms.held import ApplyForm, ChangedForm, DeclinedForm, MovedForm
from goodword.faces.office.views.acting import Door
from goodword.faces.office.views.holding import AGE_ALARM, HeldView, held_views
from goodword.faces.office.views.pages import desk, put_on, show
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.held import settle
from goodword.kit.models import Held
from goodword.kit.refusals import Forbidden, NotFound, Refusal
from goodword.parts.doorway import SignedIn, door
from goodword.parts.times import moment_words
from goodword.visits.queries import visible_to

PAGE = 100  # ours
NEEDS_REASON = {"visit.arrive", "visit.on_the_way"}  # with one they count as claimed, not as proven (E-9)


@require_safe
@desk
def inbox(request: SignedIn) -> HttpResponse:
    """Oldest first; older than a quarter of an hour is said so. Below: what was settled last."""
    rows = crew.held_visible_to(request.viewer)
    now = company_now()
    waiting = held_views(request.viewer, rows.filter(settled_at=None).order_by("opened_at", "id")[:PAGE])
    settled = held_views(request.viewer, rows.exclude(settled_at=None).order_by("-settled_at", "-id")[:10])
    context = {
        "waiting": waiting,
        "settled": settled,
        "alarm": now - AGE_ALARM,
        "may_settle": request.viewer.may(Verb.SETTLE),
        "now": now,
    }
    return show(request, "office/held/inbox.html", context)


@require_http_methods(["GET", "POST"])
@desk
def one(request: SignedIn, held_id: UUID) -> HttpResponse:
    """One held command, and the four ways to settle it."""
    rows = crew.held_visible_to(request.viewer)
    found = held_views(request.viewer, rows.filter(id=held_id))
    if not found:
        raise NotFound
    seen = found[0]
    ways = _ways(request, seen)
    refused, status = "", 200
    if request.method == "POST":
        require(request.viewer, Verb.SETTLE, seen.held.scope)
        form = ways.get(request.POST.get("how", "")) or ways[Held.How.APPLIED]
        status = 422
        if form.is_valid():
            try:
                _settle(request, seen, form.cleaned_data, door(request))
            except (NotFound, Forbidden):
                raise
            except Refusal as refusal:
                put_on(form, refusal)
                refused, status = refusal.detail, refusal.status
            else:
                messages.success(request, _("Settled."), extra_tags="kept")
                return redirect("office:held")
    may = seen.held.settled_at is None and request.viewer.may(Verb.SETTLE, seen.held.scope)
    context = {"seen": seen, "ways": ways, "may_settle": may, "now": company_now(), "alarm": company_now() - AGE_ALARM}
    return show(request, "office/held/one.html", context | {"zone": _zone(seen), "refused": refused}, status)


def _zone(seen: HeldView) -> ZoneInfo:
    return zone(seen.visit.branch.zone if seen.visit is not None else crew.company().zone)


def _ways(request: SignedIn, seen: HeldView) -> dict[str, forms.Form]:
    """The four forms; the one that was sent holds what was typed."""
    sent = request.POST.get("how", "")
    local = seen.command.at.astimezone(_zone(seen))

    def typed(how: str) -> Any:
        return request.POST if sent == how else None

    return {
        Held.How.APPLIED: ApplyForm(typed(Held.How.APPLIED)),
        Held.How.CHANGED: ChangedForm(
            typed(Held.How.CHANGED), initial={"how": Held.How.CHANGED, "day": local.date(), "at": local.time()}
        ),
        Held.How.MOVED: MovedForm(typed(Held.How.MOVED), visits=_others(request, seen)),
        Held.How.DECLINED: DeclinedForm(typed(Held.How.DECLINED)),
    }


def _others(request: SignedIn, seen: HeldView) -> list[tuple[Any, Any]]:
    """The branch's visits around that time, the sender's own first."""
    at, where, now = seen.command.at, _zone(seen), company_now()
    day = timedelta(hours=18)
    rows = visible_to(request.viewer).filter(planned_start__gte=at - day, planned_start__lt=at + day)
    if seen.held.scope is not None:
        rows = rows.filter(branch=seen.held.scope)
    mine = [v for v in rows.order_by("planned_start") if v.id != seen.command.about]
    mine.sort(key=lambda v: v.technician_id != seen.command.by_id)
    return [
        (
            str(v.id),
            _("%(at)s %(customer)s, %(name)s")
            % {
                "at": moment_words(v.planned_start, where, now) if v.planned_start else "",
                "customer": v.order.customer.name,
                "name": v.technician.name if v.technician else _("nobody"),
            },
        )
        for v in mine
    ]


def _settle(request: SignedIn, seen: HeldView, facts: Mapping[str, Any], door: Door) -> Held:
    how = facts["how"]
    about = UUID(facts["visit"]) if facts.get("visit") else None
    if about is not None and not visible_to(request.viewer).filter(id=about).exists():
        raise NotFound
    return settle(seen.held.id, how, facts.get("words", ""), about, _changes(seen, facts, door), **door)


def _changes(seen: HeldView, facts: Mapping[str, Any], door: Door) -> dict[str, Any] | None:
    """Another time; an arrival at another time is a claim, and carries how one knows."""
    if facts["how"] != Held.How.CHANGED:
        return None
    at = not_in_future(instant(facts["day"], facts["at"], _zone(seen).key, "at"), door["at"], "at")
    said: dict[str, Any] = {"at": at.isoformat()}
    return said | ({"reason": facts["words"][:200]} if seen.command.kind in NEEDS_REASON else {})
