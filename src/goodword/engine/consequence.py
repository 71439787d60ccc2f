"""What would happen if one visit went somewhere else: every promise before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from goodword.engine.day import Day, simulated
from goodword.engine.errors import Fact
from goodword.engine.forecast import forecast, shift_forecast
from goodword.engine.offers.people import objections_to
from goodword.engine.types import (
    Code,
    Consequence,
    Forecast,
    Move,
    Planned,
    PlannedVisit,
    Problem,
    PromiseChange,
    Reason,
    Route,
    Stage,
    TechnicianForecast,
    VisitForecast,
)

_SOFT = {Code.BREAKS_FLOOR, Code.SHIFT_OVER, Code.BREAK_LATE, Code.LATE_RISK}
SAME = 1e-9
NOTICEABLE_S = 60.0  # ours: an arrival that moves by less is shown as unmoved


def consequence(problem: Problem, move: Move) -> Consequence:
    """Compare the day as it stands with the day after a move.

    Parameters
    ----------
    problem : Problem
    move : Move
        A routed visit to another place, an unassigned one onto a route, or (technician None) one off every route.

    Returns
    -------
    Consequence
        Both days meet the same random scenarios, so that every difference is the move's. Hard objections (the visit
        has begun, is pinned, the technician lacks a skill, cannot get there, is gone) make `allowed` False; broken
        floors and overtime are listed, and are for a person to weigh.

    Raises
    ------
    UnknownKey
        The visit or technician is not in the problem.
    """
    visit = problem.visit(move.visit)
    if visit.stage is not Stage.PLANNED:
        facts: dict[str, Fact] = {"visit": visit.key, "stage": visit.stage.name.lower()}
        return forbidden(Reason(code=Code.FROZEN, facts=facts))
    origin = problem.technician_of.get(move.visit)
    hard: list[Reason] = []
    if visit.pinned and origin is not None and move.technician != origin:
        hard.append(Reason(code=Code.PINNED, facts={"visit": visit.key}))
    if move.technician is not None:
        hard += objections_to(problem.technician(move.technician), visit)
        if any(each.code is Code.HELPS_THERE for each in hard):
            return forbidden(*hard)
    after = moved(problem, move)
    return compared(problem, after, move, origin, hard)


def moved(problem: Problem, move: Move) -> Problem:
    """The problem after a move; the position is kept behind what has begun.

    Raises
    ------
    UnknownKey
    """
    visit = problem.visit(move.visit)
    routes = {route.technician: [key for key in route.visits if key != move.visit] for route in problem.routes}
    if move.technician is not None:
        stops = routes.setdefault(problem.technician(move.technician).key, [])
        settled = sum(problem.visit(key).stage > Stage.PLANNED for key in stops)
        position = len(stops) if move.position is None else min(max(move.position, settled), len(stops))
        stops.insert(position, move.visit)
    visits = problem.visits
    if move.window is not None:
        placed = replace(visit, window=move.window)
        visits = tuple(placed if each.key == move.visit else each for each in visits)
    made = tuple(Route(technician=key, visits=tuple(stops)) for key, stops in routes.items())
    return replace(problem, routes=made, visits=visits)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Side:
    """One side of the comparison."""

    problem: Problem
    day: Day
    forecast: Forecast

    @classmethod
    def of(cls, problem: Problem) -> _Side:
        return cls(problem=problem, day=simulated(problem), forecast=forecast(problem))

    def shift(self, key: str) -> TechnicianForecast:
        t = self.problem.technician_index[key]
        return shift_forecast(self.day, t, self.problem.technicians[t])

    def driving_s(self, key: str) -> float:
        """Matrix seconds of a whole route; NaN: unreachable."""
        t, layout = self.problem.technician_index[key], self.day.layout
        rows = layout.rows_of(t)
        return float(layout.leg[rows.start : rows.stop].sum() + layout.home_leg[t])

    def driving_m(self, key: str) -> float:
        """Metres of a whole route; NaN: unknown."""
        metres = self.problem.travel.metres
        if metres is None:
            return float("nan")
        t, layout = self.problem.technician_index[key], self.day.layout
        stops = layout.site[layout.first[t] : layout.first[t] + layout.count[t] + 1]
        home = layout.home[t]
        stops = np.append(stops, home) if home >= 0 else stops
        return float(metres[stops[:-1], stops[1:]].sum())


def compared(problem: Problem, after: Problem, move: Move, origin: str | None, hard: list[Reason]) -> Consequence:
    """Two days side by side, and what speaks against the second one."""
    old, new = _Side.of(problem), _Side.of(after)
    touched = list(dict.fromkeys(key for key in (origin, move.technician) if key is not None))
    changes = _changes(old, new, move.visit)
    objections = [*hard, *_objections(old, new, changes, move, touched)]
    return Consequence(
        promises=changes,
        technicians=tuple((old.shift(key), new.shift(key)) for key in touched),
        added_travel_s=_known(sum(new.driving_s(key) - old.driving_s(key) for key in touched)),
        added_travel_m=_known(sum(new.driving_m(key) - old.driving_m(key) for key in touched)),
        planned=_planned(new, move),
        objections=tuple(objections),
        allowed=all(each.code in _SOFT for each in objections),
    )


def forbidden(*reasons: Reason) -> Consequence:
    return Consequence(
        promises=(), technicians=(), added_travel_s=None, added_travel_m=None, planned=(), objections=reasons,
        allowed=False,
    )  # fmt: skip


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _changes(old: _Side, new: _Side, first: str) -> tuple[PromiseChange, ...]:
    """The moved visit, then every promise that changes by a minute or in probability, worst first."""
    found = []
    for visit in new.problem.visits:
        before, after = old.forecast.visits[visit.key], new.forecast.visits[visit.key]
        change = PromiseChange(
            visit=visit.key,
            p_before=before.p_kept,
            p_after=after.p_kept,
            arrival_before_s=_dot(before),
            arrival_after_s=_dot(after),
        )
        if visit.key == first or (visit.window is not None and _differs(change)):
            found.append(change)
    return tuple(sorted(found, key=lambda change: (change.visit != first, -change.worse_by, change.visit)))


def _differs(change: PromiseChange) -> bool:
    shares = (change.p_before, change.p_after)
    times = (change.arrival_before_s, change.arrival_after_s)
    return any(
        (one is None) != (other is None) or abs((one or 0.0) - (other or 0.0)) > least
        for (one, other), least in ((shares, SAME), (times, NOTICEABLE_S))
    )


def _dot(made: VisitForecast) -> float | None:
    return None if made.arrival is None else made.arrival.p50_s


def _objections(
    old: _Side, new: _Side, changes: tuple[PromiseChange, ...], move: Move, touched: list[str]
) -> list[Reason]:
    moved_now = new.forecast.visits[move.visit]
    found: list[Reason] = []
    if move.technician is not None and moved_now.reason is not None:
        found.append(moved_now.reason)
    found += [each for change in changes if (each := _broken_floor(new.problem, change, move)) is not None]
    for key in touched:
        found += _tired(old.shift(key), new.shift(key), new.problem)
    return found


def _broken_floor(problem: Problem, change: PromiseChange, move: Move) -> Reason | None:
    """A promise that falls below its floor or further below it; the moved one where it is unsure and no surer."""
    visit, policy = problem.visit(change.visit), problem.policy
    if change.p_after is None or visit.window is None:
        return None
    better = change.p_before is not None and change.p_after > change.p_before
    if change.visit == move.visit and change.p_after < policy.offer_at_least and not better:
        facts: dict[str, Fact] = {"technician": move.technician, "p_kept": change.p_after}
        return Reason(code=Code.LATE_RISK, facts={**facts, "needed": policy.offer_at_least})
    floor = policy.floor if visit.floor is None else visit.floor
    before = change.p_before or 0.0
    least = floor if before >= floor else before - policy.floor_loss
    if change.visit == move.visit or change.p_after >= least - SAME:
        return None
    facts = {"technician": problem.technician_of.get(visit.key), "visit": visit.key, "before": before}
    return Reason(code=Code.BREAKS_FLOOR, facts={**facts, "after": change.p_after, "floor": least})


def _tired(before: TechnicianForecast, after: TechnicianForecast, problem: Problem) -> list[Reason]:
    """Overtime and breaks that the move makes too likely."""
    found, policy = [], problem.policy
    over, over_before = after.p_over_limit, before.p_over_limit or 0.0
    grows = (after.overtime_s or 0.0) - (before.overtime_s or 0.0) > policy.overtime_slack_s
    likelier = over is not None and over > max(over_before, policy.overtime_share) + SAME
    if likelier or (over_before > policy.overtime_share and grows):
        end_s = problem.technician(after.technician).shift_end_s
        facts: dict[str, Fact] = {"technician": after.technician, "shift_end_s": end_s, "p_over": over}
        found.append(Reason(code=Code.SHIFT_OVER, facts={**facts, "allowed": policy.overtime_share}))
    late, late_before = after.p_break_late, before.p_break_late or 0.0
    if late is not None and late > max(late_before, policy.break_late_share) + SAME:
        facts = {"technician": after.technician, "p_late": late, "allowed": policy.break_late_share}
        found.append(Reason(code=Code.BREAK_LATE, facts=facts))
    return found


def _planned(new: _Side, move: Move) -> tuple[PlannedVisit, ...]:
    """Planned times on the new route: the moved visit's medians, the others moved only where they must."""
    if move.technician is None:
        return ()
    made: list[PlannedVisit] = []
    busy_s, reached = -np.inf, False
    for key in new.problem.route_of(move.technician):
        visit, seen = new.problem.visit(key), new.forecast.visits[key]
        if key == move.visit:
            reached = True
            if seen.arrival is None or seen.finish is None:
                return ()
            start_s = max(seen.arrival.p50_s, busy_s)
            mine = Planned(start_s=start_s, end_s=start_s + max(seen.finish.p50_s - seen.arrival.p50_s, 1.0))
            made.append(PlannedVisit(visit=key, planned=mine))
        elif visit.planned is None:
            continue
        else:
            mine = visit.planned
            if reached and mine.start_s < busy_s:
                start_s = max(_dot(seen) or busy_s, busy_s)
                mine = Planned(start_s=start_s, end_s=start_s + mine.end_s - mine.start_s)
                made.append(PlannedVisit(visit=key, planned=mine))
        busy_s = max(busy_s, mine.end_s)
    return tuple(made)
