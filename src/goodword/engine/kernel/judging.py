"""Is an insertion allowed, and what does it cost? One pair after another, cheapest bound first.

The suffix behind an insertion is walked again only until no scenario is delayed any more; a pair whose least possible
cost is no better than what its group has already is left out; a pair that has become as dear is dropped on the way.
"""

from __future__ import annotations

import numpy as np

from goodword.engine.arrays import Floats, Ints
from goodword.engine.kernel.compiled import compiled, inlined
from goodword.engine.kernel.steps import (
    LONGEST_LATE_S,
    go_home,
    mean_excess,
    serve,
    share_late,
    share_resting_late,
    walk_row,
)
from goodword.engine.kernel.tables import Base, Facts, Fault, Newcomer, Pairs, Places, Rules, Verdicts

NONE, LATE, FLOOR, SHIFT, BREAK, ABSENT, PLANNED, UNJUDGED, PRUNED = (int(each) for each in Fault)
EPSILON = 1e-9


@compiled
def search(
    facts: Facts, base: Base, new: Newcomer, rules: Rules, places: Places, pairs: Pairs, groups: int
) -> tuple[Verdicts, Ints, Ints]:
    """Judge pairs in their order (by `lower`, ascending).

    Returns the verdicts, and for each group its cheapest allowed pair and the one nearest to being allowed (-1: none).
    """
    n, scenarios = len(pairs.place), len(new.work)
    fault, culprit = np.full(n, PRUNED), np.full(n, -1)
    found, allowed, p_kept, cost, overtime = np.zeros(n), np.zeros(n), np.zeros(n), pairs.lower.copy(), np.zeros(n)
    verdicts = Verdicts(fault, culprit, found, allowed, p_kept, cost, overtime)
    best, best_pair = np.full(groups, np.inf), np.full(groups, -1)
    near, least = np.full(groups, -1), np.full(groups, np.inf)
    ready, arrive, rested = np.empty(scenarios), np.empty(scenarios), np.empty((base.rested.shape[1], scenarios))
    stops, short = np.zeros(1, np.int64), shortfalls(facts, base, new, rules, places, pairs)
    for i in range(n):
        g = pairs.group[i]
        bar = best[g]
        if not pairs.lower[i] < bar:
            continue
        if stops[0] >= rules.most_stops:
            fault[i] = UNJUDGED
        elif short[i] > least[g]:
            continue
        else:
            judge(facts, base, new, rules, places, pairs, i, bar, verdicts, ready, rested, arrive, stops)
        if fault[i] == NONE and cost[i] < bar:
            best[g], best_pair[g] = cost[i], i
        if fault[i] != PRUNED:
            bad = badness(fault[i], found[i], allowed[i])
            if near[g] < 0 or bad < least[g] or (bad == least[g] and cost[i] < cost[near[g]]):
                near[g], least[g] = i, bad
    return verdicts, best_pair, near


@compiled
def shortfalls(facts: Facts, base: Base, new: Newcomer, rules: Rules, places: Places, pairs: Pairs) -> Floats:
    """Without walking: how far below its floor the next promise falls at least, shape (N,); 0: nothing is known.

    Breaks left aside, nobody can be at the next door sooner than by work and drive: that is enough for all but a few
    pairs. Every table is taken out of its tuple once: in the loop that would cost more than the arithmetic.
    """
    short, grace, absent = np.zeros(len(pairs.place)), rules.grace_s, facts.gone.shape[1] > 0
    place, all_opens, all_closes, behind = pairs.place, pairs.opens, pairs.closes, places.behind
    tech, next_row, needed, reach, leg = places.tech, places.ahead, places.needed, places.reach, places.leg_out
    factor, road, limit, promised = facts.factor, facts.road, facts.closes, facts.promised
    busy, floors, kept_now, arrive = facts.busy_until, facts.floor, base.p_kept, base.arrive
    for i in range(len(place)):
        p, closes = place[i], all_closes[i]
        ahead, opens = next_row[p], max(all_opens[i], new.not_before)
        if ahead < 0 or absent or not promised[ahead] or not np.isfinite(arrive[ahead, 0]):
            continue
        if not needed[p] <= closes + grace or opens > closes + grace or busy[behind[p]] > closes:
            continue
        floor = floors[ahead] if kept_now[ahead] >= floors[ahead] else kept_now[ahead] - rules.floor_loss
        if floor > EPSILON:
            late = limit[ahead] + grace
            most = most_kept(reach[p], opens, new.work, factor[tech[p]], leg[p], road[ahead], late)
            short[i] = max(floor - most - 2.0 * EPSILON, 0.0)
    return short


@compiled
def most_kept(
    reach: Floats, opens: float, work: Floats, factor: float, leg: float, road: Floats, limit: float
) -> float:
    """Share of scenarios in which the next door can be reached in time, breaks left aside."""
    kept = 0
    for s in range(len(reach)):
        begin = reach[s] if reach[s] > opens else opens
        kept += begin + work[s] * factor + leg * road[s] <= limit
    return float(kept / len(reach))


@compiled
def badness(fault: int, found: float, allowed: float) -> float:
    """How far a pair is from being allowed; 0: allowed. Unjudged ones come first: nothing is known."""
    if fault == UNJUDGED:
        return -1.0
    if fault in (PLANNED, NONE):
        return 0.5 if fault == PLANNED else 0.0
    return abs(found - allowed) + (1.0 if fault == ABSENT else 0.0)


@inlined
def judge(
    facts: Facts, base: Base, new: Newcomer, rules: Rules, places: Places, pairs: Pairs, i: int, bar: float,
    verdicts: Verdicts, ready: Floats, rested: Floats, arrive: Floats, stops: Ints,
) -> None:  # fmt: skip
    """Judge one pair; `ready`, `rested` and `arrive` are room to work in."""
    p = pairs.place[i]
    t, ahead = places.tech[p], places.ahead[p]
    verdicts.fault[i] = NONE
    if ahead >= 0 and loses_next_promise(facts, base, new, rules, places, pairs.opens[i], p):
        blame(verdicts, i, FLOOR, 0.0, facts.floor[ahead])
        verdicts.culprit[i] = ahead
        return
    judge_new_visit(facts, new, rules, places, pairs, i, verdicts, ready, rested, arrive)
    if verdicts.fault[i] != NONE:
        return
    row, leg, last = ahead, places.leg_out[p], facts.first[t] + facts.count[t]
    while row >= 0:
        stops[0] += 1
        if not verdicts.cost[i] < bar:
            verdicts.fault[i] = PRUNED
            return
        if stops[0] > rules.most_stops:
            verdicts.fault[i] = UNJUDGED
            return
        walk_row(facts, t, row, leg, ready, rested, arrive)
        if breaks_promise(facts, base, rules, row, arrive, i, verdicts):
            return
        if caught_up(base.finish[row], base.rested[row], ready, rested):
            return
        leg = facts.home_leg[t] if row == last else facts.leg[row + 1]
        row = -1 if row == last else row + 1
    judge_end(facts, base, rules, t, leg, i, verdicts, ready, rested, arrive)


@inlined
def blame(verdicts: Verdicts, i: int, fault: int, found: float, allowed: float) -> None:
    """Write a fault down."""
    verdicts.fault[i], verdicts.found[i], verdicts.allowed[i] = fault, found, allowed


@inlined
def loses_next_promise(
    facts: Facts, base: Base, new: Newcomer, rules: Rules, places: Places, opens: float, p: int
) -> bool:
    """Without walking: even in the luckiest scenario the next promise would be lost."""
    ahead, t = places.ahead[p], places.tech[p]
    floor = facts.floor[ahead]
    if not (facts.promised[ahead] and floor > 0.0 and base.p_kept[ahead] >= floor):
        return False
    soonest = opens + new.least_work * facts.factor[t] + places.leg_out[p] * base.luckiest_road[ahead]
    return bool(soonest > facts.closes[ahead] + rules.grace_s)


@inlined
def judge_new_visit(
    facts: Facts, new: Newcomer, rules: Rules, places: Places, pairs: Pairs, i: int, verdicts: Verdicts,
    ready: Floats, rested: Floats, arrive: Floats,
) -> None:  # fmt: skip
    """Is the new window kept, outside absences, and its planned time free? Leaves `ready` and `rested` behind it."""
    p, closes = pairs.place[i], pairs.closes[i]
    t, scenarios = places.tech[p], len(ready)
    opens = max(pairs.opens[i], new.not_before)
    rested[:], ready[:] = places.rested[p], places.reach[p]
    serve(facts.rests[t], facts.gone[t], ready, rested, opens, new.work, facts.factor[t], arrive)
    waits, cut = 0.0, 0
    if facts.gone.shape[1]:
        for s in range(scenarios):
            cut += not ready[s] <= arrive[s] + new.work[s] * facts.factor[t] + 1.0
    if opens > -np.inf or facts.gone.shape[1]:
        for s in range(scenarios):
            wait = arrive[s] - places.reach[p, s]
            waits += min(wait, LONGEST_LATE_S) if wait > 0.0 else 0.0
    missed = share_late(arrive, closes + rules.grace_s)
    verdicts.p_kept[i] = 1.0 - missed
    late = mean_excess(arrive, closes) * rules.late_rate
    verdicts.cost[i] += new.price * (missed + late) + rules.waiting * (waits / scenarios)
    if facts.busy_until[places.behind[p]] > closes:
        blame(verdicts, i, PLANNED, 0.0, 0.0)
    if cut / scenarios > rules.absence_share + EPSILON:
        blame(verdicts, i, ABSENT, cut / scenarios, rules.absence_share)
    if verdicts.fault[i] == NONE and 1.0 - missed < rules.offer_at_least - EPSILON:
        blame(verdicts, i, LATE, 1.0 - missed, rules.offer_at_least)


@inlined
def breaks_promise(
    facts: Facts, base: Base, rules: Rules, row: int, arrive: Floats, i: int, verdicts: Verdicts
) -> bool:
    """The floor of one promise behind the insertion; what it loses is added to the cost."""
    if not (facts.promised[row] and np.isfinite(base.arrive[row, 0])):
        return False
    before, floor = base.p_kept[row], facts.floor[row]
    after = 1.0 - share_late(arrive, facts.closes[row] + rules.grace_s)
    late = max(mean_excess(arrive, facts.closes[row]) - base.late[row], 0.0) * rules.late_rate
    verdicts.cost[i] += facts.price[row] * (max(before - after, 0.0) + late)
    least = floor if before >= floor else before - rules.floor_loss
    if not after < least - EPSILON:
        return False
    blame(verdicts, i, FLOOR, after, least)
    verdicts.culprit[i] = row
    return True


@compiled
def caught_up(finish: Floats, took: Floats, ready: Floats, rested: Floats) -> bool:
    """Nowhere later than `finish`, and resting nowhere later than `took`, as it is without the insertion."""
    for s in range(len(ready)):
        if not ready[s] <= finish[s]:
            return False
    for k in range(rested.shape[0]):
        for s in range(len(ready)):
            if not rested[k, s] <= took[k, s]:
                return False
    return True


@inlined
def judge_end(
    facts: Facts, base: Base, rules: Rules, t: int, leg: float, i: int, verdicts: Verdicts,
    ready: Floats, rested: Floats, end: Floats,
) -> None:  # fmt: skip
    """Overtime and breaks of a route that has been walked to its end."""
    go_home(facts, t, leg, ready, rested, end)
    before, allowed = base.p_over[t], rules.overtime_share
    after = share_late(end, facts.end[t] + facts.limit[t])
    added = mean_excess(end, facts.end[t]) - base.overtime[t]
    verdicts.overtime[i] = added
    verdicts.cost[i] += rules.overtime * max(added, 0.0)
    if after > max(before, allowed) + EPSILON or (before > allowed and added > rules.overtime_slack_s):
        blame(verdicts, i, SHIFT, after, before if before > allowed else allowed)
        return
    late = share_resting_late(facts.rests[t], rested)
    most = max(base.p_rest_late[t], rules.break_late_share)
    if late > most + EPSILON:
        blame(verdicts, i, BREAK, late, most)
