"""One route with other visits in it: what it costs more or less, and walking it for good.

Only what changes is walked, and only until no scenario differs any more from the route as it stands.
"""

from __future__ import annotations

import numpy as np

from goodword.engine.arrays import Floats, Ints
from goodword.engine.kernel.board import Board, Prices
from goodword.engine.kernel.compiled import compiled, inlined
from goodword.engine.kernel.steps import drive, homeward, serve, share_late, share_resting_late
from goodword.engine.kernel.tables import Facts
from goodword.engine.types.roads import Matrix

EPSILON = 1e-9
NEVER_S = 1e15


@compiled
def visit_cost(arrive: Floats, closes: float, grace: float, price: float, missing: float, late_rate: float) -> float:
    """Misses and lateness at the price of a miss; scenarios in which nobody comes at theirs."""
    late, bar = 0, min(closes, NEVER_S)
    for s in range(len(arrive)):
        late += not arrive[s] <= bar
    if late == 0:
        return 0.0
    missed, never, excess = 0, 0, 0.0
    for s in range(len(arrive)):
        if not arrive[s] < NEVER_S:
            never += 1
        elif arrive[s] > closes:
            missed += arrive[s] > closes + grace
            excess += arrive[s] - closes
    return float((price * (missed + late_rate * excess) + missing * never) / len(arrive))


@compiled
def mean_overtime(end: Floats, limit: float) -> float:
    """Mean of `end - limit` where positive; who never ends is gone and works no overtime."""
    total = 0.0
    for s in range(len(end)):
        if limit < end[s] < NEVER_S:
            total += end[s] - limit
    return float(total / len(end))


@compiled
def same(finish: Floats, took: Floats, ready: Floats, rested: Floats, rests: Floats) -> bool:
    """As without the change: leaving at the same times; breaks as well, or taken in time in both."""
    for s in range(len(ready)):
        if ready[s] != finish[s]:
            return False
    for k in range(rested.shape[0]):
        timely = rests[k, 1]
        for s in range(len(ready)):
            if rested[k, s] != took[k, s] and not (rested[k, s] <= timely and took[k, s] <= timely):
                return False
    return True


@inlined
def legs_through(seconds: Matrix, site: Ints, at: int, stops: Ints, begin: int, end: int, home: int) -> float:
    """Driving from `at` through `stops[begin:end]` and home (-2: the last stop is where it ends); NaN: no way."""
    total = 0.0
    for i in range(begin, end):
        total += seconds[at, site[stops[i]]]
        at = site[stops[i]]
    return float(total + (seconds[at, home] if home >= 0 else 0.0))


@compiled
def detour(seconds: Matrix, board: Board, t: int, home: int, p: int, seq: Ints, m: int, tail: int) -> float:
    """Driving seconds added when what stands from `p` on becomes `seq[:m]`; its last `tail` stay as they are."""
    first, n = board.begin[t] + 1, board.count[t]
    at = board.start[t] if p == 0 else board.site[board.order[first + p - 1]]
    goal = home if tail == 0 else -2
    new = legs_through(seconds, board.site, at, seq, 0, min(m - tail + 1, m), goal)
    old = legs_through(seconds, board.site, at, board.order, first + p, first + min(n - tail + 1, n), goal)
    return float(new - (old if old == old else 0.0))


@compiled
def reroute(
    facts: Facts, board: Board, prices: Prices, seconds: Matrix, t: int, p: int, seq: Ints, m: int, tail: int,
    bar: float, walks: Ints,
) -> float:  # fmt: skip
    """Cost added to the route of `t` when what stands from `p` on becomes `seq[:m]`; inf: not allowed, or `bar`.

    Nobody comes sooner because a visit came in: such a change is given up as soon as it is as dear as `bar`.
    """
    first, n, home = board.begin[t] + 1, board.count[t], facts.home[t]
    added = detour(seconds, board, t, home, p, seq, m, tail)
    total: float
    total, grows, comes = prices.driving * added, m > n - p, m >= n - p
    for q in range(p, n - tail):
        total -= board.cost[first + q]
    hope = 0.0
    if not grows:
        hope = prices.overtime * board.ends[t, 0] + board.cost[first + n - tail : first + n].sum()
    if not total - hope < bar:
        return np.inf
    ready, arrive, road = board.ready[first + p - 1].copy(), np.empty(board.ready.shape[1]), facts.traffic[t].copy()
    rested, rests, gone, traffic = board.rested[first + p - 1].copy(), facts.rests[t], facts.gone[t], facts.traffic[t]
    site, work, leg_luck, factor, scenarios = board.site, board.work, board.road, facts.factor[t], len(ready)
    at = board.start[t] if p == 0 else site[board.order[first + p - 1]]
    walks[0] += m
    for i in range(m):
        v, left = seq[i], m - i - 1
        for s in range(scenarios):
            road[s] = leg_luck[v, s] * traffic[s]
        drive(rests, gone, ready, rested, seconds[at, site[v]], road, facts.now_s, arrive)
        serve(rests, gone, ready, rested, board.opens[v], work[v], factor, arrive)
        price, missing = board.price[v] * prices.broken, board.missing[v] * prices.broken
        total += visit_cost(arrive, board.closes[v], prices.grace_s, price, missing, prices.late_rate)
        if left >= tail and comes and len(gone) and share_cut(arrive, ready, work[v], factor) > prices.absence_share:
            return np.inf
        if left < tail:
            total -= board.cost[first + n - left - 1]
            if same(board.ready[first + n - left - 1], board.rested[first + n - left - 1], ready, rested, rests):
                walks[0] -= left
                return total
        if grows and not total < bar:
            return np.inf
        at = site[v]
    overtime, over, rest_late = day_end(facts, t, seconds, at, ready, rested, arrive, road)
    if comes and over > max(board.ends[t, 1], prices.overtime_share) + EPSILON:
        return np.inf
    if comes and rest_late > max(board.ends[t, 2], prices.break_late_share) + EPSILON:
        return np.inf
    return total + prices.overtime * (overtime - board.ends[t, 0])  # type: ignore[no-any-return]  # numpy


@compiled
def share_cut(arrive: Floats, finish: Floats, work: Floats, factor: float) -> float:
    """Share of scenarios in which an absence falls into the work."""
    cut = 0
    for s in range(len(arrive)):
        cut += not finish[s] <= arrive[s] + work[s] * factor + 1.0
    return float(cut / len(arrive) - EPSILON)


@compiled
def day_end(
    facts: Facts, t: int, seconds: Matrix, at: int, ready: Floats, rested: Floats, end: Floats, spare: Floats
) -> tuple[float, float, float]:
    """Expected overtime, probability of too much of it, probability of a late break; `ready` is used up."""
    home = facts.home[t]
    leg = seconds[at, home] if home >= 0 else 0.0
    homeward(facts.rests[t], facts.gone[t], ready, rested, leg, facts.road_home[t], home >= 0, end, spare)
    over = share_late(end, facts.end[t] + facts.limit[t])
    return mean_overtime(end, facts.end[t]), over, share_resting_late(facts.rests[t], rested)


@compiled
def price_all(board: Board, prices: Prices) -> None:
    """What each row costs at these prices."""
    for t in range(len(board.begin)):
        for row in range(board.begin[t] + 1, board.begin[t] + 1 + board.count[t]):
            v = board.order[row]
            price, missing = board.price[v] * prices.broken, board.missing[v] * prices.broken
            board.cost[row] = visit_cost(
                board.arrive[row], board.closes[v], prices.grace_s, price, missing, prices.late_rate
            )


@inlined
def settle_route(facts: Facts, board: Board, prices: Prices, seconds: Matrix, t: int, seq: Ints, m: int) -> None:
    """Write the route of `t` for good: these visits from its first changeable row on."""
    row, at, traffic = board.begin[t], board.start[t], facts.traffic[t]
    rests, gone = facts.rests[t], facts.gone[t]
    for i in range(m):
        v = seq[i]
        board.order[row + 1], board.where[v] = v, t
        board.ready[row + 1], board.rested[row + 1] = board.ready[row], board.rested[row]
        row += 1
        ready, rested, arrive = board.ready[row], board.rested[row], board.arrive[row]
        drive(rests, gone, ready, rested, seconds[at, board.site[v]], board.road[v] * traffic, facts.now_s, arrive)
        serve(rests, gone, ready, rested, board.opens[v], board.work[v], facts.factor[t], arrive)
        price, missing = board.price[v] * prices.broken, board.missing[v] * prices.broken
        board.cost[row] = visit_cost(arrive, board.closes[v], prices.grace_s, price, missing, prices.late_rate)
        at = board.site[v]
    board.count[t] = m
    ready, end = board.ready[row].copy(), np.empty(board.ready.shape[1])
    made = day_end(facts, t, seconds, at, ready, board.rested[row].copy(), end, np.empty(len(end)))
    board.ends[t, 0], board.ends[t, 1], board.ends[t, 2] = made
