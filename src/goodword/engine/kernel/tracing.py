"""What exactly an insertion does to the stops behind it: for the few pairs that somebody will read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from goodword.engine.arrays import Floats, Ints
from goodword.engine.kernel.compiled import compiled
from goodword.engine.kernel.judging import caught_up
from goodword.engine.kernel.steps import order_statistic, serve, share_late, walk_row
from goodword.engine.kernel.tables import Base, Facts, Newcomer, Pairs, Places, Rules


class Traces(NamedTuple):
    """One trace per pair (N); L is the longest suffix walked.

    Attributes
    ----------
    arrival, finish : shape (N, 3)
        Quantiles of the new visit.
    stops : shape (N,)
        How many rows behind it (from `Places.ahead` on) are delayed or might be.
    p_after, median_after, median_before : shape (N, L)
        Of those rows.
    """

    arrival: Floats
    finish: Floats
    stops: Ints
    p_after: Floats
    median_after: Floats
    median_before: Floats


@compiled
def trace(facts: Facts, base: Base, new: Newcomer, rules: Rules, places: Places, pairs: Pairs, ranks: Ints) -> Traces:
    """Walk each pair until it is caught up; `ranks` are the indices of the three quantiles among sorted draws."""
    n, scenarios = len(pairs.place), len(new.work)
    longest = 0
    for p in pairs.place:
        t = places.tech[p]
        longest = max(longest, facts.first[t] + facts.count[t] - places.behind[p])
    after, medians, befores = np.zeros((n, longest)), np.zeros((n, longest)), np.zeros((n, longest))
    arrival, finish, stops = np.empty((n, 3)), np.empty((n, 3)), np.zeros(n, np.int64)
    ready, arrive, room = np.empty(scenarios), np.empty(scenarios), np.empty(scenarios)
    rested = np.empty((base.rested.shape[1], scenarios))
    walked = 0
    for i in range(n):
        p = pairs.place[i]
        t, row, leg = places.tech[p], places.ahead[p], places.leg_out[p]
        rested[:], ready[:] = places.rested[p], places.reach[p]
        opens = max(pairs.opens[i], new.not_before)
        serve(facts.rests[t], facts.gone[t], ready, rested, opens, new.work, facts.factor[t], arrive)
        for q in range(3):
            arrival[i, q] = order_statistic(arrive, ranks[q], room)
            finish[i, q] = order_statistic(ready, ranks[q], room)
        last = facts.first[t] + facts.count[t]
        while 0 <= row <= last and walked < rules.most_stops:
            walk_row(facts, t, row, leg, ready, rested, arrive)
            at, walked = stops[i], walked + 1
            after[i, at] = 1.0 - share_late(arrive, facts.closes[row] + rules.grace_s)
            medians[i, at] = order_statistic(arrive, ranks[1], room)
            befores[i, at] = order_statistic(base.arrive[row], ranks[1], room)
            stops[i] += 1
            if caught_up(base.finish[row], base.rested[row], ready, rested):
                break
            row += 1
            leg = facts.leg[row] if row <= last else 0.0
    return Traces(arrival, finish, stops, after, medians, befores)
