"""Every place at which a new visit could go into a route, and when its technician would be at the door."""

from __future__ import annotations

import numpy as np

from goodword.engine.arrays import Ints
from goodword.engine.kernel.compiled import compiled
from goodword.engine.kernel.steps import drive, order_statistic
from goodword.engine.kernel.tables import Base, Facts, Newcomer, Places
from goodword.engine.types.roads import Matrix


@compiled
def leg_between(seconds: Matrix, origin: int, target: int) -> float:
    """Matrix seconds; 0 where there is nowhere to go (-1)."""
    return 0.0 if target < 0 else float(seconds[origin, target])


@compiled
def find_places(facts: Facts, base: Base, new: Newcomer, able: Ints, seconds: Matrix, needed_index: int) -> Places:
    """All places in the routes of these technicians that can be reached, in order of technician and position."""
    most = 0
    for t in able:
        most += facts.count[t] - facts.settled[t] + 1
    tech, behind, ahead = (np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64))
    leg_in, leg_out, added = np.empty(most), np.empty(most), np.empty(most)
    scenarios, breaks = base.finish.shape[1], base.rested.shape[1]
    finish, took, site, legs, homes = base.finish, base.rested, facts.site, facts.leg, facts.home
    reach, rested, needed = np.empty((most, scenarios)), np.empty((most, breaks, scenarios)), np.empty(most)
    room, found = np.empty(scenarios), 0
    for t in able:
        road, rests, gone = new.road * facts.traffic[t], facts.rests[t], facts.gone[t]
        last, home, home_leg = facts.first[t] + facts.count[t], homes[t], facts.home_leg[t]
        for row in range(facts.first[t] + facts.settled[t], last + 1):
            target = home if row == last else site[row + 1]
            there = leg_between(seconds, site[row], new.site)
            back = leg_between(seconds, new.site, target)
            if not (np.isfinite(there) and np.isfinite(back) and np.isfinite(finish[row, 0])):
                continue
            old = home_leg if row == last else legs[row + 1]
            p, found = found, found + 1
            tech[p], behind[p], ahead[p] = t, row, -1 if row == last else row + 1
            leg_in[p], leg_out[p] = there, back
            added[p] = max(there + back - (old if old == old else 0.0), 0.0)
            reach[p], rested[p] = finish[row], took[row]
            drive(rests, gone, reach[p], rested[p], there, road, facts.now_s, room)
            needed[p] = order_statistic(reach[p], needed_index, room)
    return Places(
        tech[:found], behind[:found], ahead[:found], leg_in[:found], leg_out[:found], added[:found],
        reach[:found], rested[:found], needed[:found],
    )  # fmt: skip
