from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodword.crew import queries as crew
from goodword.crew.models import Branch
from goodword.crew.queries import Viewer
from goodword.crew.rules import Verb
from goodword.dispatch.queries.board import Board, board
from goodword.faces.office.views.day import Day, door_of
from goodword.faces.office.views.day_plans import plan_link
from goodword.faces.office.views.holding import held_views
from goodword.faces.office.views.mending import proposed
from goodword.faces.office.views.pages import chosen_branch, chosen_day, day_after, day_before, show
from goodword.kit.clock import company_now
from goodword.kit.refusals import NotFound
from goodword.parts.doorway import SignedIn, signed_in
from goodword.parts.times import ago_words, moment_words, span_words
from goodword.promises import queries as promises
from goodword.promises.models import Promise
from goodword.promises.rules import State as Verdict
from goodword.visits import queries as visits
from goodword.visits.models import Request, Visit

IN_TRAY = 8  # ours: rows of a list in the tray before "and 3 more"


@require_safe
@signed_in
def today(request: SignedIn) -> HttpResponse:
    """The branch's day by technician, with what is in the way beside it."""
    viewer = request.viewer
    if not viewer.reads_branches:
        return _elsewhere(viewer)
    now = company_now()
    chosen = chosen_branch(request, viewer)
    day = chosen_day(request, chosen.branch, now)
    seen = board(chosen.branch, day)
    told = promises.told_at(s.promise.id for s in seen.stops if s.promise is not None)
    shown = Day(seen, now, told, crew.skill_words())
    waiting, waiting_more = _waiting(viewer, chosen.branch, shown)
    held = crew.held_visible_to(viewer).filter(settled_at=None, scope=chosen.branch.id)
    held_in_all = held.count()
    context: dict[str, Any] = {
        "day": shown,
        "chosen": chosen,
        "now": now,
        "zone": shown.zone,
        "before": day_before(day),
        "after": day_after(day),
        "waiting": waiting,
        "waiting_more": waiting_more,
        "held": held_views(viewer, held.order_by("opened_at", "id")[:IN_TRAY]),
        "held_in_all": held_in_all,
        "held_more": max(held_in_all - IN_TRAY, 0),
        "done": shown.rows(seen.done[:IN_TRAY]),
        "done_more": len(seen.done[IN_TRAY:]),
        "may_tell": viewer.may(Verb.BOOK, chosen.branch.id),
        "plannable": _plannable(viewer, seen),
        "may_settle": viewer.may(Verb.SETTLE, chosen.branch.id),
        "plan_link": plan_link(viewer, chosen.branch, day, now),
        **proposed(viewer, chosen.branch, shown),
    }
    return show(request, "office/today.html", context)


def _elsewhere(viewer: Viewer) -> HttpResponse:
    """A technician's own day; an administrator's settings; for anybody else there is nothing."""
    if viewer.may(Verb.SETTINGS):
        return redirect("office:settings")
    try:
        return redirect(reverse("technician:today"))
    except NoReverseMatch as error:
        raise NotFound from error


def _plannable(viewer: Viewer, seen: Board) -> set[UUID]:
    """Whose time the viewer may plan: who has a shift in a branch where they may."""
    if not viewer.may(Verb.SHIFTS, seen.branch.id):
        return set()
    return {lane.person_id for lane in seen.lanes if lane.starts_at is not None}


@dataclass(frozen=True)
class Waiting:
    """A request that nobody has answered, a call that we promised, or a visit that nobody is assigned to.

    ``due_at``: when a promise to them ends; ``due``: the same in words.
    """

    since: datetime
    name: str
    door: str
    work: str
    words: str
    who: str
    url: str
    emergency: bool
    due_at: datetime | None = None
    due: str = ""


def _waiting(viewer: Viewer, branch: Branch, day: Day) -> tuple[list[Waiting], int]:
    """The promise that ends soonest first, then the oldest; and how many there are beside those shown."""
    asked = visits.requests_visible_to(viewer).filter(branch=branch, status=Request.Status.WAITING)
    loose = visits.visible_to(viewer).filter(
        branch=branch, technician=None, completed_at=None, cancelled_at=None, moved_at=None
    )
    calls = promises.visible_to(viewer).filter(
        branch=branch, type=Promise.Type.CALL_BACK_BY, verdict__state=Verdict.OPEN, request__isnull=False
    )
    calls = calls.select_related("request__customer", "request__site", "request__work_type")
    rows = [
        *_of_requests(asked.order_by("taken_at", "id")[:IN_TRAY], day),
        *_of_calls(calls.order_by("closes_at", "id")[:IN_TRAY], day),
        *(unassigned := _of_visits(list(loose.select_related("order__request")), day)),
    ]
    rows.sort(key=lambda row: (row.due_at is None, row.due_at or row.since))
    in_all = asked.count() + calls.count() + len(unassigned)
    return rows[:IN_TRAY], max(in_all - IN_TRAY, 0)


def _of_calls(rows: Iterable[Promise], day: Day) -> list[Waiting]:
    return [
        replace(
            _of_requests([p.request], day)[0], since=p.made_at, due_at=p.closes_at,
            due=_("We said we would call by %(time)s") % {"time": moment_words(p.closes_at, day.zone, day.now)},
        )
        for p in rows if p.request is not None
    ]  # fmt: skip


def _of_requests(rows: Iterable[Request], day: Day) -> list[Waiting]:
    return [
        Waiting(
            r.taken_at, r.customer.name, door_of(r.site), r.work_type.name, r.words, day.who_could(r.work_type.skills),
            reverse("office:request", args=[r.id]), r.work_type.emergency,
        )
        for r in rows
    ]  # fmt: skip


def _of_visits(rows: list[Visit], day: Day) -> list[Waiting]:
    windows = promises.windows_of(v.id for v in rows)
    return [
        Waiting(
            v.changed_at or v.order.opened_at, v.order.customer.name, door_of(v.order.site), v.order.work_type.name,
            v.order.request.words if v.order.request else "", day.who_could(v.order.work_type.skills),
            reverse("office:assignment", args=[v.id]), v.order.work_type.emergency, *_due(windows.get(v.id), day),
        )
        for v in rows
    ]  # fmt: skip


def _due(promise: Promise | None, day: Day) -> tuple[datetime | None, str]:
    """When the promise ends behind which nobody stands, and in words."""
    if promise is None or promise.opens_at is None:
        return None, ""
    window = span_words(promise.opens_at, promise.closes_at, day.zone, day.now)
    left = ago_words(promise.closes_at, day.now)
    return promise.closes_at, _("Promised %(window)s, ends %(left)s") % {"window": window, "left": left}
