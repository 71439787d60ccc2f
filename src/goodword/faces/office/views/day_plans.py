"""Plan a day to come: ask the worker, watch it, look at the draft by technician, publish, discard, take back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword import engine
from goodword.crew.models import Branch
from goodword.crew.queries import Viewer, require
from goodword.crew.rules import Verb
from goodword.dispatch import actions as dispatch
from goodword.dispatch.models import DayPlan
from goodword.dispatch.queries.account import begins_at
from goodword.dispatch.queries.day_plans import (
    Pair,
    PlanLane,
    PlanOut,
    PlanStop,
    as_it_stands,
    evening_plan,
    newest_plan,
    plans_visible_to,
    what_was_found,
)
from goodword.faces.office.views.acting import carry_out, posted
from goodword.faces.office.views.pages import chosen_branch, chosen_day, day_after, day_before, desk
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import NotFound
from goodword.parts.bracket.wording import percent
from goodword.parts.doorway import SignedIn, tapped

Press = Callable[[SignedIn, UUID], HttpResponse]


@dataclass(frozen=True)
class StopView:
    """A stop with what becomes of its promise: state and words; ``from_whom``: who has it now, where that changes."""

    row: PlanStop
    from_whom: str
    state: str
    words: str
    sure_before: str


@dataclass(frozen=True)
class LaneView:
    row: PlanLane
    stops: Sequence[StopView]
    figures: str


def plan_link(viewer: Viewer, branch: Branch, day: date, now: datetime) -> str:
    """The way to plan this day, or from today tomorrow; empty where the viewer may not or the day is over."""
    today = now.astimezone(zone(branch.zone)).date()
    if day < today or not viewer.may(Verb.ASSIGN, branch.id):
        return ""
    return _page(branch, max(day, day_after(today)))


def _page(branch: Branch, day: date) -> str:
    return reverse("office:plan") + f"?branch={branch.id}&day={day}"


@require_http_methods(["GET", "POST"])
@desk
def plan(request: SignedIn) -> HttpResponse:
    """The newest plan of the day, or the day as it stands; a press asks for a plan."""
    chosen, now = chosen_branch(request, request.viewer), company_now()
    branch = chosen.branch
    require(request.viewer, Verb.ASSIGN, branch.id)
    day = chosen_day(request, branch, now) if request.GET.get("day") else _tomorrow(branch, now)
    row = newest_plan(branch, day)
    found = what_was_found(row) if row is not None else None
    begins = begins_at(branch, day)
    ahead = begins is not None and begins > now
    in_hand = row is not None and (row.is_running or row.status == DayPlan.Status.DRAFT)
    context = {
        "chosen": chosen, "day": day, "now": now, "zone": zone(branch.zone), "row": row, "found": found,
        "before": day_before(day), "after": day_after(day), "begins": begins, "ahead": ahead,
        "lanes": lanes_of(found) if found is not None else [], "sums": sums_of(found) if found is not None else [],
        "stands": None if in_hand or begins is None else as_it_stands(branch, day, now),
        "evening": evening_plan(branch), "percent": round(100 * row.share) if row is not None else 0,
        "can_take_back": ahead and row is not None and row.status == DayPlan.Status.PUBLISHED and bool(row.undo),
    }  # fmt: skip
    return carry_out(
        request,
        forms.Form(posted(request)),
        lambda facts, door: dispatch.ask_plan(branch.id, day, **door),
        template="office/plan.html",
        context=context,
        to=_page(branch, day),
        says="",
    )


def _tomorrow(branch: Branch, now: datetime) -> date:
    return day_after(now.astimezone(zone(branch.zone)).date())


def lanes_of(found: PlanOut) -> list[LaneView]:
    """Only whose day changes, by name."""
    return [
        LaneView(lane, [_stop(stop, lane.name) for stop in lane.stops], _figures(lane))
        for lane in sorted(found.changed, key=lambda lane: lane.name)
    ]


def _figures(lane: PlanLane) -> str:
    said = _("driving %(before)s → %(after)s min") % _minutes(lane.driving_s)
    if max(lane.overtime_s.before, lane.overtime_s.after) < 30:
        return said
    return said + " · " + _("overtime %(before)s → %(after)s min") % _minutes(lane.overtime_s)


def _minutes(pair: Pair) -> dict[str, int]:
    return {"before": round(pair.before / 60), "after": round(pair.after / 60)}


def _stop(stop: PlanStop, name: str) -> StopView:
    states = {engine.Risk.QUIET: "kept", engine.Risk.AT_RISK: "at-risk", engine.Risk.KNOWN: "broken"}
    from_whom = "" if stop.before == name else stop.before or _("nobody yet")
    if stop.p_after is None:
        return StopView(stop, from_whom, "quiet", _("no time promised"), "")
    words = _("%(n)d %% sure") % {"n": percent(stop.p_after)}
    before = _("%(n)d %%") % {"n": percent(stop.p_before)} if stop.p_before is not None else "–"
    return StopView(stop, from_whom, states.get(engine.risk_of(1 - stop.p_after), "quiet"), words, before)


def sums_of(found: PlanOut) -> list[tuple[str, str, str]]:
    """What the whole day comes to: name, as it is, with the plan."""
    hours = _("%(n).1f h")
    rows = [(_("Promises broken, expected"), found.broken, "%(n).1f", 1)]
    rows += [(_("Driving"), found.driving_s, hours, 3600), (_("Overtime, expected"), found.overtime_s, hours, 3600)]
    return [(name, says % {"n": p.before / unit}, says % {"n": p.after / unit}) for name, p, says, unit in rows]


def _own(request: SignedIn, plan_id: UUID) -> DayPlan:
    row = plans_visible_to(request.viewer).filter(id=plan_id).first()
    if row is None:
        raise NotFound
    require(request.viewer, Verb.ASSIGN, row.branch_id)
    return row


def _press(do: Callable[..., Any], says: Callable[[], str]) -> Press:
    """A page without a form of its own: one press, and back to the plan of that day."""

    @require_POST
    @desk
    def inner(request: SignedIn, plan_id: UUID) -> HttpResponse:
        row = _own(request, plan_id)
        rest = {"rest": True} if do is dispatch.publish_plan and request.POST.get("rest") else {}
        return tapped(request, lambda door: do(row.id, **rest, **door), _page(row.branch, row.day), says())

    return inner


stop = _press(dispatch.stop_plan, lambda: _("It stops with the best found so far."))
publish = _press(dispatch.publish_plan, lambda: _("Published. What was said to each customer stays."))
discard = _press(dispatch.discard_plan, lambda: _("Discarded. The day stays as it was."))
take_back = _press(dispatch.take_back_plan, lambda: _("Taken back. The day is planned as it was before."))


@require_POST
@desk
def evening(request: SignedIn) -> HttpResponse:
    """Have the branch's next day planned each evening, or no longer."""
    branch = chosen_branch(request, request.viewer).branch
    if not request.viewer.may(Verb.SETTINGS, branch.id):
        require(request.viewer, Verb.STAFF, branch.id)
    wanted = request.POST.get("wanted") == "yes"
    says = _("The next day is planned each evening.") if wanted else _("No longer planned by itself.")
    return tapped(
        request,
        lambda door: dispatch.set_evening_plan(branch.id, wanted, **door),
        reverse("office:settings"),
        says,
    )
