"""From a changed board to an alternative that a person can read: before and after, and why."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from hashlib import blake2b
from math import ceil

import numpy as np

from goodword.engine.arrays import Bools, Floats, Ints
from goodword.engine.kernel.board import Board
from goodword.engine.repair.applying import fingerprint, of_the_day
from goodword.engine.repair.board import NEVER_S, Table, ends_of, open_rows, unable
from goodword.engine.repair.reasons import why_moved, why_unserved
from goodword.engine.repair.times import planned
from goodword.engine.types import Problem, PromiseChange, Reason, Repair, RepairMove, Route, Trade

SAME = 1e-9
NOTICEABLE_S = 60.0


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Before:
    """The day as it stands, by visit (V): kept-probability, median arrival, whether somebody comes at all."""

    table: Table
    p_kept: Floats
    arrival: Floats
    comes: Bools
    cost: Floats
    broken: float
    standing: blake2b

    @classmethod
    def of(cls, table: Table) -> Before:
        """Read it off a board on which nothing has been moved; its rows have been priced."""
        day, board, rows = table.day, table.board, open_rows(table.day)
        loose = len(board.site) - len(rows)
        promised = day.layout.promised
        comes = (day.arrive[rows] < NEVER_S).mean(axis=1) >= 0.5
        broken = float((1.0 - day.p_kept[promised]).sum()) + float(np.isfinite(board.closes[len(rows) :]).sum())
        return cls(
            table=table, p_kept=np.concatenate((day.p_kept[rows], np.zeros(loose))),
            arrival=np.concatenate((medians(day.arrive[rows]), np.full(loose, np.nan))),
            comes=np.concatenate((comes, np.zeros(loose, np.bool_))) & ~unable(board),
            cost=_costs(board), broken=broken, standing=of_the_day(table.problem, day.layout),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class After:
    """The same of a changed board, and which technicians have another route."""

    before: Before
    changed: Ints
    p_kept: Floats
    arrival: Floats
    leaving: Floats
    comes: Bools

    @classmethod
    def of(cls, before: Before, changed: Ints) -> After:
        """Read it off the board; only the changed routes are looked at."""
        table, board = before.table, before.table.board
        p_kept, arrival, comes = before.p_kept.copy(), before.arrival.copy(), before.comes.copy()
        leaving = np.full(len(p_kept), np.nan)
        rows = np.concatenate([np.arange(board.begin[t] + 1, board.begin[t] + 1 + board.count[t]) for t in changed])
        visits, grace_s = board.order[rows], table.problem.policy.grace_s + 1e-3
        late = ~(board.arrive[rows] <= (board.closes[visits] + grace_s)[:, None])
        p_kept[visits] = 1.0 - late.sum(axis=1) / late.shape[1]
        arrival[visits], leaving[visits] = medians(board.arrive[rows]), medians(board.ready[rows])
        comes[visits] = ((board.arrive[rows] < NEVER_S).mean(axis=1) >= 0.5) & ~unable(board)[visits]
        return cls(before=before, changed=changed, p_kept=p_kept, arrival=arrival, leaving=leaving, comes=comes)

    @property
    def moved(self) -> Ints:
        """Visits with another technician."""
        board = self.before.table.board
        return np.flatnonzero(board.where != board.origin)

    def stops(self, t: int) -> list[int]:
        """Visits of one technician now, in walk order."""
        board = self.before.table.board
        stops: list[int] = board.order[board.begin[t] + 1 : board.begin[t] + 1 + board.count[t]].tolist()
        return stops


def medians(draws: Floats) -> Floats:
    """Medians as `forecast` reads them; NaN or inf where there is none."""
    at: Floats = np.sort(draws, axis=1)[:, ceil(0.5 * draws.shape[1]) - 1] if len(draws) else np.empty(0)
    return at


def _costs(board: Board) -> Floats:
    """What the visits of each route cost."""
    runs = zip((board.begin + 1).tolist(), board.count.tolist(), strict=True)
    return np.array([board.cost[first : first + count].sum() for first, count in runs], dtype=np.float64)


def described(after: After) -> Repair:
    """One alternative, its trades still to be named."""
    before, table, board = after.before, after.before.table, after.before.table.board
    problem, changed, moved = table.problem, after.changed, after.moved
    routes = tuple(_route(after, t) for t in changed.tolist())
    driving = sum(_driving(problem, route) - _driving(problem, _old(problem, route)) for route in routes)
    overtime = float((board.ends[changed, 0] - ends_of(table.day)[changed, 0]).sum())
    told = moved[board.origin[moved] >= 0]
    strange = board.change[board.kind[moved], board.where[moved]].sum()
    strange -= board.change[board.kind[told], board.origin[told]].sum()
    placed = moved[(board.origin[moved] < 0) | ~board.able[board.kind[moved], board.origin[moved]]]
    cost = (_costs(board)[changed] - before.cost[changed]).sum() - board.missing[placed].sum()
    cost += problem.costs.driving * driving + problem.costs.overtime * overtime
    promised = np.isfinite(board.closes)
    broken = before.broken + float((before.p_kept - after.p_kept)[promised].sum())
    saved_s = -(driving + overtime)
    return Repair(
        trades=(), moves=_moves(after, saved_s), routes=routes, promises=_changes(after),
        planned=tuple(each for t in changed.tolist() for each in planned(table, t, after.stops(t), after)),
        unserved=_unserved(before, after.comes), told=len(told), broken_before=before.broken, broken_after=broken,
        added_travel_s=driving, added_overtime_s=overtime,
        cost=float(cost + strange + problem.costs.notice * len(told)),
        fingerprint=fingerprint(before.standing, problem, routes),
    )  # fmt: skip


def as_it_is(before: Before) -> Repair:
    """The alternative of changing nothing."""
    table = before.table
    return Repair(
        trades=(Trade.AS_IT_IS,), moves=(), routes=(), promises=(), planned=(),
        unserved=_unserved(before, before.comes), told=0, broken_before=before.broken, broken_after=before.broken,
        added_travel_s=0.0, added_overtime_s=0.0, cost=0.0,
        fingerprint=fingerprint(before.standing, table.problem, ()),
    )  # fmt: skip


def _route(after: After, t: int) -> Route:
    table = after.before.table
    technician = table.problem.technicians[t].key
    begun = table.problem.route_of(technician)[: int(table.day.layout.settled[t])]
    return Route(technician=technician, visits=(*begun, *(table.visits[v].key for v in after.stops(t))))


def _old(problem: Problem, route: Route) -> Route:
    return Route(technician=route.technician, visits=problem.route_of(route.technician))


def _driving(problem: Problem, route: Route) -> float:
    """Matrix seconds of a whole route; a leg that cannot be driven counts nothing."""
    technician = problem.technician(route.technician)
    sites = [technician.start_site, *(problem.visit(key).site for key in route.visits)]
    if technician.end_site is not None:
        sites.append(technician.end_site)
    return float(np.nansum(problem.travel.seconds[sites[:-1], sites[1:]], dtype=np.float64))


def _moves(after: After, saved_s: float) -> tuple[RepairMove, ...]:
    """Visits with another technician, by technician; then those with another place in their own route."""
    table, board = after.before.table, after.before.table.board
    technicians, found = table.problem.technicians, []
    for t in after.changed.tolist():
        stops = after.stops(t)
        stayed = [v for v in stops if board.origin[v] == t]
        reordered = set(stayed) - set(_in_order(stayed))
        for position, v in enumerate(stops, int(table.day.layout.settled[t])):
            origin = int(board.origin[v])
            if origin != t or v in reordered:
                found.append(
                    RepairMove(
                        visit=table.visits[v].key,
                        technician=technicians[t].key,
                        position=position,
                        before_technician=None if origin < 0 else technicians[origin].key,
                        reasons=why_moved(after, v, saved_s),
                    )
                )
    return tuple(sorted(found, key=lambda move: (not move.tells, move.technician, move.position)))


def _in_order(stops: list[int]) -> list[int]:
    """The longest part that stands in its old order (the visits' numbers rise along each old route)."""
    tails: list[int] = []
    last: list[int] = []
    back: dict[int, int | None] = {}
    for v in stops:
        at = bisect_left(tails, v)
        back[v] = last[at - 1] if at else None
        tails[at:] = [v]
        last[at:] = [v]
    kept: list[int] = []
    v_or_none = last[-1] if last else None
    while v_or_none is not None:
        kept.append(v_or_none)
        v_or_none = back[v_or_none]
    return kept


def _changes(after: After) -> tuple[PromiseChange, ...]:
    """Promises that are surer, less sure, or a minute away from where they were; worst first."""
    before, table = after.before, after.before.table
    found = []
    for t in after.changed.tolist():
        for v in after.stops(t):
            change = PromiseChange(
                visit=table.visits[v].key,
                p_before=_known(float(before.p_kept[v]), float(before.arrival[v])),
                p_after=_known(float(after.p_kept[v]), float(after.arrival[v])),
                arrival_before_s=_finite(float(before.arrival[v])),
                arrival_after_s=_finite(float(after.arrival[v])),
            )
            if table.visits[v].window is not None and _differs(change):
                found.append(change)
    return tuple(sorted(found, key=lambda change: (-change.worse_by, change.visit)))


def _differs(change: PromiseChange) -> bool:
    then, now = change.arrival_before_s, change.arrival_after_s
    if change.p_before is None or change.p_after is None or then is None or now is None:
        return (change.p_before, then) != (change.p_after, now)
    return abs(change.p_before - change.p_after) > SAME or abs(then - now) > NOTICEABLE_S


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _known(p_kept: float, arrival_s: float) -> float | None:
    """A probability; None where the arrival is unknown (`forecast` says the same)."""
    return None if np.isnan(arrival_s) else p_kept


def _unserved(before: Before, comes: Bools) -> tuple[tuple[str, Reason], ...]:
    table = before.table
    return tuple((table.visits[v].key, why_unserved(table, v)) for v in np.flatnonzero(~comes).tolist())
