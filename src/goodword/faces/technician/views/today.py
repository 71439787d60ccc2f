from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodword.dispatch.queries.board import Stop, stops_of
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.parts.bracket import Audience, Bracket, State, state_of
from goodword.parts.doorway import signed_in
from goodword.parts.promised import bracket_of
from goodword.visits import queries as visits
from goodword.visits.rules import Outcome


@dataclass(frozen=True)
class Row:
    """One stop of my day."""

    stop: Stop
    bracket: Bracket | None
    is_next: bool

    @property
    def state(self) -> str:
        """Where the technician stands with it, as far as it was said; empty before."""
        visit = self.stop.visit
        if visit.is_over:
            return str(dict(Outcome.choices()).get(visit.outcome, ""))
        if visit.work_started_at:
            return _("at work")
        if visit.arrived_at:
            return _("at the door")
        if visit.on_the_way_at:
            return _("on the way")
        return _("next") if self.is_next else ""

    @property
    def is_calm(self) -> bool:
        """Nothing to act on: the drawing alone says it to who sees it."""
        return self.bracket is None or state_of(self.bracket) in {State.QUIET, State.KEPT}

    @property
    def map_url(self) -> str:
        """Opens the map of the phone."""
        site = self.stop.visit.order.site
        return f"geo:{site.lat},{site.lon}?q={site.lat},{site.lon}" if site.lat is not None else ""


@require_safe
@signed_in
def today(request: HttpRequest) -> HttpResponse:
    """My stops of today in driving order, the next one first in sight; tomorrow's below."""
    viewer = request.viewer  # type: ignore[attr-defined]
    now = company_now()
    mine = visits.mine(viewer, now)
    days = [_day(rows, now) for rows in mine]
    context = {
        "today": days[0],
        "ahead": [row for row in days[0] if not row.stop.visit.is_over],
        "done": [row for row in days[0] if row.stop.visit.is_over],
        "day": date_format(now.astimezone(zone(mine[0][0].branch.zone)), "l j F") if mine[0] else "",
        "tomorrow": days[1],
        "handovers": visits.handovers_for(viewer),
        "now": now,
        "late_by": timedelta(minutes=15),
    }
    return render(request, "technician/today.html", context)


def _day(rows: list[Any], now: Any) -> list[Row]:
    stops = stops_of(rows)
    ahead = next((s.visit.id for s in stops if not s.visit.is_over), None)
    if not stops:
        return []
    where = zone(stops[0].visit.branch.zone)
    drawn = [b for s in stops if (b := bracket_of(s, Audience.TECHNICIAN)) is not None]
    starts = min((b.opens_at or b.closes_at for b in drawn), default=now).astimezone(where)
    ends = max((b.closes_at for b in drawn), default=now).astimezone(where)
    scale = (starts - timedelta(minutes=30), ends + timedelta(minutes=30))
    return [Row(s, bracket_of(s, Audience.TECHNICIAN, scale), s.visit.id == ahead) for s in stops]
