"""Give a visit to somebody, or exchange two; what it does to other promises is shown before anybody decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword import engine
from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.dispatch import actions as dispatch
from goodword.dispatch.queries.board import Board, Stop, board, stops_of
from goodword.dispatch.queries.consequence import ChangedPromise, Moved, consequence, exchanged, planning_day
from goodword.faces.office.forms.visits import AssignForm, SwapForm
from goodword.faces.office.views.acting import carry_out, posted
from goodword.faces.office.views.day import door_of
from goodword.faces.office.views.pages import desk, uuid_or_none
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.parts.bracket.wording import percent
from goodword.parts.doorway import SignedIn
from goodword.parts.times import clock_words
from goodword.visits.models import Visit
from goodword.visits.queries import visit_for

NOBODY = "nobody"


def about(row: Visit) -> dict[str, Any]:
    """What every page that changes a visit says above its form."""
    return {
        "visit": row,
        "stop": stops_of([row])[0],
        "door": door_of(row.order.site),
        "zone": zone(row.branch.zone),
        "now": company_now(),
    }


def _board_of(row: Visit, now: datetime) -> Board:
    return board(row.branch, planning_day(row, now))


@require_http_methods(["GET", "POST"])
@desk
def assignment(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """Choose who goes and behind which stop; see what it does; confirm, with a reason if need be."""
    row = visit_for(request.viewer, visit_id)
    require(request.viewer, Verb.ASSIGN, row.branch_id)
    now = company_now()
    seen = _board_of(row, now)
    wanted = request.POST.get("to") or request.GET.get("to", "")
    preview = _preview(row, wanted, now)
    form = AssignForm(posted(request), places=_places(seen, row), initial={"to": wanted, "revision": row.revision})
    return carry_out(
        request,
        form,
        lambda facts, door: _assign(row, facts, door),
        template="office/visit/assignment.html",
        context=about(row) | {"preview": preview, "wanted": wanted},
        to=reverse("office:visit", args=[row.id]),
        says=_("Planned anew. The promise stays as it was."),
    )


def _assign(row: Visit, facts: Mapping[str, Any], door: dict[str, Any]) -> Visit:
    technician, after = _read(facts["to"])
    return dispatch.assign(row.id, technician, after, facts.get("revision"), facts.get("anyway", ""), **door)


def _read(wanted: str) -> tuple[UUID | None, UUID | None]:
    """``technician:visit`` as two ids; the second is nothing for the first place."""
    technician, _colon, after = wanted.partition(":")
    return uuid_or_none(technician), uuid_or_none(after)


def _places(seen: Board, row: Visit) -> list[tuple[Any, Any]]:
    """Every technician with a shift, and every place in their day that is still ahead."""
    where = zone(seen.branch.zone)
    groups: list[tuple[Any, Any]] = [("", _("Choose"))]
    for lane in seen.lanes:
        if lane.starts_at is None or lane.absent:
            continue
        ahead = [s for s in lane.stops if s.visit.id != row.id and not s.visit.is_over]
        first = _("%(name)s: next") if len(ahead) < len(lane.stops) else _("%(name)s: first")
        options = [(f"{lane.person_id}:", first % {"name": lane.name})]
        options += [(f"{lane.person_id}:{s.visit.id}", _behind(lane.name, s, where)) for s in ahead]
        groups.append((lane.name, options))
    if row.technician_id is not None:
        groups.append((NOBODY, _("Nobody for now")))
    return groups


def _behind(name: str, stop: Stop, where: tzinfo) -> str:
    return _("%(name)s: after %(customer)s, %(at)s") % _facts(name, stop, where)


def _line(name: str, stop: Stop, where: tzinfo) -> str:
    return _("%(at)s %(customer)s, %(name)s") % _facts(name, stop, where)


def _facts(name: str, stop: Stop, where: tzinfo) -> dict[str, str]:
    start = stop.visit.planned_start
    at = clock_words(start, where) if start is not None else ""
    return {"name": name, "customer": stop.visit.order.customer.name, "at": at}


@dataclass(frozen=True)
class Change:
    """One promise before and after, in words and with the state of what would become of it."""

    row: ChangedPromise
    state: str
    words: str


@dataclass(frozen=True)
class Preview:
    """The consequence as the page shows it."""

    moved: Moved
    changes: tuple[Change, ...]
    driving: str

    @property
    def is_calm(self) -> bool:
        return not self.moved.objections


def _preview(row: Visit, wanted: str, now: datetime) -> Preview | None:
    technician, after = _read(wanted)
    if technician is None:
        return None
    return _shown(consequence(row, technician, after, now))


def _shown(moved: Moved) -> Preview:
    driving = driving_words(moved.added_travel_s) if moved.added_travel_s is not None else ""
    return Preview(moved, tuple(changes_of(moved.promises)), driving)


def driving_words(added_s: float) -> str:
    """12 min more driving, or less."""
    minutes = round(added_s / 60)
    if minutes == 0:
        return _("no more driving")
    return (_("%(n)d min more driving") if minutes > 0 else _("%(n)d min less driving")) % {"n": abs(minutes)}


def changes_of(rows: Iterable[ChangedPromise]) -> Iterable[Change]:
    """Promises before and after, in words, the soonest first."""
    states = {engine.Risk.QUIET: "kept", engine.Risk.AT_RISK: "at-risk", engine.Risk.KNOWN: "broken"}
    for row in sorted(rows, key=lambda r: (r.arrival_after is None, r.arrival_after)):
        if row.p_after is None:
            yield Change(row, "no-forecast", _("no forecast"))
            continue
        risk = engine.risk_of(1 - row.p_after)
        yield Change(row, states.get(risk, "quiet"), _("%(n)d %% sure") % {"n": percent(row.p_after)})


@require_http_methods(["GET", "POST"])
@desk
def swap(request: SignedIn, visit_id: UUID) -> HttpResponse:
    """Two visits exchange technicians and times; what it does is shown before it happens."""
    row = visit_for(request.viewer, visit_id)
    require(request.viewer, Verb.ASSIGN, row.branch_id)
    now = company_now()
    seen = _board_of(row, now)
    where = zone(seen.branch.zone)
    others = [
        (s.visit.id, _line(lane.name, s, where))
        for lane in seen.lanes
        for s in lane.stops
        if s.visit.id != row.id and not s.visit.is_over and s.visit.on_the_way_at is None
    ]
    wanted = request.POST.get("to") or request.GET.get("to", "")
    other = uuid_or_none(wanted) if wanted in {str(key) for key, _says in others} else None
    moved = exchanged(row, visit_for(request.viewer, other), now) if other is not None else None
    form = SwapForm(posted(request), places=[("", _("Choose")), *others], initial={"to": wanted})
    return carry_out(
        request,
        form,
        lambda facts, door: dispatch.swap(row.id, UUID(facts["to"]), anyway=facts.get("anyway", ""), **door),
        template="office/visit/swap.html",
        context=about(row) | {"preview": _shown(moved) if moved else None, "wanted": wanted, "others": others},
        to=reverse("office:visit", args=[row.id]),
        says=_("Exchanged."),
    )


def titles(title: str, lead: str, button: str, nothing: str = "") -> dict[str, str]:
    """What a page with one form says around it; ``nothing``: why there is no form."""
    return {"title": title, "lead": lead, "button": button, "nothing": nothing}
