"""A problem as arrays for the search: `kernel.town` says what each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

from goodword.engine.arrays import Bools, Floats, Ints
from goodword.engine.day import HAIR_S, Day, road_of, simulated, work_of
from goodword.engine.offers.people import can
from goodword.engine.types import Problem, Stage, Value, Visit

NEIGHBOURS = 24  # visits beside which another is tried; ours
SPARE = 16  # how much longer than the longest known route a route may become; ours
MOST_BYTES = 256_000_000  # room for the states of all routes; ours


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Open:
    """What is still to be planned of a problem: visits that have not begun, and where each route stands.

    Attributes
    ----------
    visits : list of Visit
    index : dict
        Key to place in `visits`.
    routes : list of lists of int
        The given plan behind what has begun, one per technician.
    settled : list of lists of str
        What has begun, one per technician.
    """

    problem: Problem
    day: Day
    visits: list[Visit]
    index: dict[str, int]
    routes: list[list[int]]
    settled: list[list[str]]

    @classmethod
    def of(cls, problem: Problem) -> Open:
        visits = [each for each in problem.visits if each.stage is Stage.PLANNED]
        index = {each.key: at for at, each in enumerate(visits)}
        keys = [problem.route_of(each.key) for each in problem.technicians]
        return cls(
            problem=problem, day=simulated(problem), visits=visits, index=index,
            routes=[[index[key] for key in route if key in index] for route in keys],
            settled=[[key for key in route if key not in index] for route in keys],
        )  # fmt: skip

    @property
    def front(self) -> Ints:
        """The row behind which each open route begins, (T,)."""
        front: Ints = self.day.layout.first + self.day.layout.settled
        return front


def able_of(wanted: Open) -> Bools:
    """Who can make which visit, (T, N)."""
    people = wanted.problem.technicians
    table = [[can(technician, visit) for visit in wanted.visits] for technician in people]
    return np.array(table, dtype=np.bool_).reshape(len(people), len(wanted.visits))


def fixed_of(wanted: Open) -> Ints:
    """To whom each visit is bound, (N,): its pin, or that somebody helps there at a time that is theirs; -1: nobody."""
    fixed = np.full(len(wanted.visits), -1)
    for t, route in enumerate(wanted.routes):
        for v in route:
            if wanted.visits[v].pinned or wanted.visits[v].helpers:
                fixed[v] = t
    return fixed


def laid_town(wanted: Open, *, near: bool) -> Any:
    """Return the `kernel.town.Town` of a problem; `near` only for a search."""
    from goodword.engine.kernel.town import Town

    problem, visits, day, facts, front = wanted.problem, wanted.visits, wanted.day, wanted.day.facts, wanted.front
    able = able_of(wanted)
    price = np.array([0.0 if each.window is None else problem.costs.broken(each.severity) for each in visits])
    dear = np.where(able, _strange(wanted), problem.costs.unserved + price)
    return Town(
        seconds=problem.travel.seconds, people=_people(wanted), ready=day.base.finish[front],
        rested=day.base.rested[front], rests=facts.rests, gone=facts.gone, traffic=facts.traffic,
        road_home=facts.road_home, visits=_visits(wanted, price),
        work=work_of(visits, seed=problem.seed, scenarios=problem.scenarios), road=road_of(visits, problem),
        able=able, dear=dear, near=_near(wanted) if near else np.zeros((len(visits), 0), np.int64),
        rates=_rates(problem),
    )  # fmt: skip


def _people(wanted: Open) -> Floats:
    """`Town.people`; what the given plan breaks already, it may go on breaking."""
    layout, base, policy = wanted.day.layout, wanted.day.base, wanted.problem.policy
    unknown = np.isnan(base.end).any(axis=1)
    over = np.where(unknown, 1.0, np.maximum(base.p_over, policy.overtime_share))
    columns = (
        layout.site[wanted.front], layout.home, layout.clocks.end, layout.clocks.limit, layout.factor, over,
        np.maximum(base.p_rest_late, policy.break_late_share), _may_cut(wanted),
    )  # fmt: skip
    return np.ascontiguousarray(np.array(columns, dtype=np.float64).T)


def _visits(wanted: Open, price: Floats) -> Floats:
    """`Town.visits`."""
    from goodword.engine.kernel.town import HARD

    visits, fixed = wanted.visits, fixed_of(wanted)
    drop = np.where(fixed >= 0, HARD, wanted.problem.costs.unserved + price)
    closes = [np.inf if each.window is None else each.window.closes_s for each in visits]
    columns = ([each.site for each in visits], [opens_of(each) for each in visits], closes, price, drop, fixed)
    return np.ascontiguousarray(np.array(columns, dtype=np.float64).T)


def _rates(problem: Problem) -> Floats:
    """`Town.rates`."""
    from goodword.engine.kernel.town import GRACE, NOW, Part

    costs, rates = problem.costs, np.zeros(max(GRACE, NOW, *Part) + 1)
    rates[Part.DRIVING], rates[Part.WAITING], rates[Part.OVERTIME] = costs.driving, costs.waiting, costs.overtime
    rates[Part.LATENESS] = costs.lateness_share / costs.lateness_scale_s
    rates[GRACE], rates[NOW] = problem.policy.grace_s + HAIR_S, problem.now_s
    return rates


def drops(town: Any) -> Floats:
    """What leaving each visit out costs, (N,)."""
    from goodword.engine.kernel.town import DROP

    column: Floats = town.visits[:, DROP]
    return column


def empty_tours(wanted: Open, longest: int) -> Any:
    """Routes without visits, with room for some more than the longest known one."""
    from goodword.engine.kernel.town import Tours

    people, n, scenarios = len(wanted.problem.technicians), len(wanted.visits), wanted.problem.scenarios
    breaks, base, front = wanted.day.layout.clocks.breaks, wanted.day.base, wanted.front
    fits = MOST_BYTES // max(8 * people * scenarios * (1 + breaks), 1)
    most = max(min(n, max(longest, _shortest_fill(wanted)) + SPARE, fits), min(n, longest + 1), 1)
    tours = Tours(
        stops=np.zeros((people, most), np.int64), count=np.zeros(people, np.int64),
        ready=np.zeros((people, most + 1, scenarios)), rested=np.zeros((people, most + 1, breaks, scenarios)),
        spent=np.zeros((people, most + 1)), cost=np.zeros(people), spot=np.full((n, 2), -1),
    )  # fmt: skip
    tours.ready[:, 0], tours.rested[:, 0] = base.finish[front], base.rested[front]
    return tours


def room_for(wanted: Open, tours: Any, seed: int) -> Any:
    """Room to work in, and dice."""
    from goodword.engine.kernel.town import PARTS, Room

    scenarios, most = wanted.problem.scenarios, tours.stops.shape[1]
    return Room(
        ready=np.empty(scenarios), rested=np.empty((wanted.day.layout.clocks.breaks, scenarios)),
        arrive=np.empty(scenarios), road=np.empty(scenarios), left=np.zeros(most, np.int64),
        right=np.zeros(most, np.int64), parts=np.zeros(PARTS), steps=np.zeros(1, np.int64),
        dice=np.array([seed % 2**64], dtype=np.uint64),
    )  # fmt: skip


def set_routes(town: Any, tours: Any, routes: list[list[int]], room: Any) -> None:
    """Make these the routes."""
    from goodword.engine.kernel.entry import set_routes as set_rows

    stops = np.zeros((len(routes), max(map(len, routes), default=0)), np.int64)
    for t, route in enumerate(routes):
        stops[t, : len(route)] = route
    set_rows(town, tours, stops, np.array([len(route) for route in routes], dtype=np.int64), room)


def value_of(problem: Problem) -> Value:
    """What the routes of a problem cost, by name."""
    from goodword.engine.kernel.town import DROP, Part

    wanted = Open.of(problem)
    town = laid_town(wanted, near=False)
    tours = empty_tours(wanted, max(map(len, wanted.routes), default=0))
    room = room_for(wanted, tours, 0)
    set_routes(town, tours, wanted.routes, room)
    parts, (broken, late) = room.parts, _under_way(wanted)
    out = tours.spot[:, 0] < 0
    return Value(
        driving=float(parts[Part.DRIVING]), waiting=float(parts[Part.WAITING]), overtime=float(parts[Part.OVERTIME]),
        broken=float(parts[Part.BROKEN] + broken), lateness=float(parts[Part.LATENESS] + late),
        technician_change=float(parts[Part.CHANGE]),
        unserved=float(parts[Part.UNSERVED] + town.visits[out, DROP].sum()),
    )  # fmt: skip


def _under_way(wanted: Open) -> tuple[float, float]:
    """Cost of promises on whose way somebody is already: no plan changes it, every plan has it."""
    layout, base, costs = wanted.day.layout, wanted.day.base, wanted.problem.costs
    ahead = np.arange(len(layout.tech)) - layout.first[layout.tech] if len(layout.tech) else np.zeros(0, np.int64)
    rows = np.flatnonzero(layout.promised & (ahead <= layout.settled[layout.tech]))
    late = layout.price[rows] * base.late[rows] * costs.lateness_share / costs.lateness_scale_s
    return float((layout.price[rows] * (1.0 - base.p_kept[rows])).sum()), float(late.sum())


def opens_of(visit: Visit) -> float:
    """When work may begin; -inf: at any time."""
    opens = -np.inf if visit.window is None or visit.window.early_agreed else visit.window.opens_s
    return opens if visit.not_before_s is None else max(opens, visit.not_before_s)


def _may_cut(wanted: Open) -> Floats:
    """The given plan may keep the work that an absence interrupts in it, (T,)."""
    layout, base, facts = wanted.day.layout, wanted.day.base, wanted.day.facts
    allowed = np.full(len(layout.first), float(wanted.problem.policy.absence_share))
    if facts.gone.shape[1]:
        cut = (~(base.finish <= base.arrive + facts.work + 1.0)).mean(axis=1)
        for t in range(len(allowed)):
            rows = slice(int(layout.first[t] + layout.settled[t]) + 1, int(layout.last[t]) + 1)
            allowed[t] = max(allowed[t], cut[rows].max(initial=0.0))
    return allowed


def _strange(wanted: Open) -> Floats:
    """Price of everybody whom the customer does not prefer, (T, N); 0 where nobody is preferred."""
    price = wanted.problem.costs.technician_change
    table = [
        [price if each.preferred and t.person not in each.preferred else 0.0 for each in wanted.visits]
        for t in wanted.problem.technicians
    ]
    return np.array(table, dtype=np.float64).reshape(len(table), len(wanted.visits))


def _near(wanted: Open) -> Ints:
    """Visits that could stand beside each other, by driving, waiting and lateness between them, (N, M)."""
    visits, seconds = wanted.visits, wanted.problem.travel.seconds
    site = np.array([each.site for each in visits], dtype=np.int64)
    opens = np.array([opens_of(each) for each in visits], dtype=np.float64)
    closes = np.array([np.inf if v.window is None else v.window.closes_s for v in visits], dtype=np.float64)
    lasts = np.array([each.duration.mean_s for each in visits], dtype=np.float64)
    most = min(NEIGHBOURS, max(len(visits) - 1, 0))
    near = np.full((len(visits), most), -1)
    for v in range(len(visits)):
        there, back = (seconds[site[v], site].astype(np.float64), seconds[site, site[v]].astype(np.float64))
        gap = np.minimum(
            _gap(there, opens[v], closes[v], lasts[v], opens, closes),
            _gap(back, opens, closes, lasts, opens[v], closes[v]),
        )
        gap[v] = np.inf
        gap = np.where(np.isnan(gap), np.inf, gap)
        closest = np.argsort(gap, kind="stable")[:most]
        near[v, : len(closest)] = np.where(np.isfinite(gap[closest]), closest, -1)
    return near


def _gap(leg: Floats, opens: Any, closes: Any, lasts: Any, then_opens: Any, then_closes: Any) -> Floats:
    """Driving, a fifth of the least waiting and all of the least lateness between two visits.

    References
    ----------
    Vidal, Crainic, Gendreau, Prins (2013), doi:10.1016/j.cor.2012.07.018, section 4.5
    """
    waits = np.maximum(then_opens - closes - lasts - leg, 0.0)
    late = np.maximum(opens + lasts + leg - then_closes, 0.0)
    gap: Floats = leg + 0.2 * waits + late
    return gap


def _shortest_fill(wanted: Open) -> int:
    """How many of the shortest visits fit into the longest shift."""
    people, visits = wanted.problem.technicians, wanted.visits
    if not people or not visits:
        return 0
    longest = max(each.shift_end_s + each.overtime_limit_s - each.shift_start_s for each in people)
    shortest = min(v.duration.mean_s for v in visits) * min(t.duration_factor for t in people)
    return ceil(min(longest / shortest, len(visits)))
