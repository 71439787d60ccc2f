"""The whole day, walked once: the base line of forecasts and offers."""

from __future__ import annotations

import numpy as np

from goodword.engine.arrays import Floats
from goodword.engine.kernel.compiled import compiled, inlined
from goodword.engine.kernel.steps import (
    drive,
    go_home,
    mean_excess,
    serve,
    share_late,
    share_resting_late,
)
from goodword.engine.kernel.tables import Base, Facts


@inlined
def walk_route(facts: Facts, t: int, depart: Floats, arrive: Floats, finish: Floats, rested: Floats) -> None:
    """Fill the rows of one technician that have not begun, in walk order."""
    last = facts.first[t] + facts.count[t]
    for row in range(facts.first[t] + facts.settled[t] + 1, last + 1):
        rested[row] = rested[row - 1]
        finish[row] = finish[row - 1]
        rests, gone, done, took = facts.rests[t], facts.gone[t], finish[row], rested[row]
        drive(rests, gone, done, took, facts.leg[row], facts.road[row], facts.now_s, depart[row])
        serve(rests, gone, done, took, facts.opens[row], facts.work[row], 1.0, arrive[row])


@compiled
def simulate(facts: Facts, depart: Floats, arrive: Floats, finish: Floats, rested: Floats, grace_s: float) -> Base:
    """Walk everybody's day on from what has begun (those rows are filled already) and sum it up."""
    technicians, rows, scenarios = len(facts.first), finish.shape[0], finish.shape[1]
    end = np.empty((technicians, scenarios))
    end_rested = np.empty((technicians, rested.shape[1], scenarios))
    ready = np.empty(scenarios)
    p_over, overtime, p_rest_late = np.empty(technicians), np.empty(technicians), np.empty(technicians)
    for t in range(technicians):
        walk_route(facts, t, depart, arrive, finish, rested)
        last = facts.first[t] + facts.count[t]
        end_rested[t] = rested[last]
        ready[:] = finish[last]
        go_home(facts, t, facts.home_leg[t], ready, end_rested[t], end[t])
        over = 0
        for s in range(scenarios):
            over += end[t, s] > facts.end[t] + facts.limit[t]
        p_over[t] = over / scenarios
        overtime[t] = mean_excess(end[t], facts.end[t])
        p_rest_late[t] = share_resting_late(facts.rests[t], end_rested[t])
    p_kept, late, luckiest_road = np.empty(rows), np.empty(rows), np.empty(rows)
    for row in range(rows):
        p_kept[row] = 1.0 - share_late(arrive[row], facts.closes[row] + grace_s)
        late[row] = mean_excess(arrive[row], facts.closes[row])
        luckiest_road[row] = facts.road[row].min()
    return Base(
        depart, arrive, finish, rested, end, end_rested, p_kept, late, luckiest_road, p_over, overtime, p_rest_late
    )
