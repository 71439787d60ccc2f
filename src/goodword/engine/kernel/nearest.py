"""The place at which a visit that is left out would come nearest to being made: for the reason that a person reads."""

from __future__ import annotations

import numpy as np

from goodword.engine.kernel.compiled import compiled
from goodword.engine.kernel.steps import share_late, share_resting_late
from goodword.engine.kernel.town import END, HOME, LIMIT, SITE, START, Room, Tours, Town, walk


@compiled
def nearest_place(town: Town, tours: Tours, v: int, room: Room) -> tuple[int, float, float, float]:
    """Technician, added cost, probability of too much overtime and of a late break; -1: no road leads there."""
    best, best_t, over, tired = np.inf, -1, 0.0, 0.0
    site = int(town.visits[v, SITE])
    for t in range(len(tours.count)):
        n = tours.count[t]
        if n + 1 > tours.stops.shape[1] or not town.able[t, v]:
            continue
        at = int(town.people[t, START])
        for p in range(n + 1):
            ahead = int(town.visits[tours.stops[t, p], SITE]) if p < n else int(town.people[t, HOME])
            there = town.seconds[at, site]
            back = town.seconds[site, ahead] if ahead >= 0 else there
            at = ahead
            if not (there == there and back == back):
                continue
            room.left[:p], room.left[p], room.left[p + 1 : n + 1] = tours.stops[t, :p], v, tours.stops[t, p:n]
            cost = walk(town, tours, t, room.left, n + 1, p, best + tours.cost[t], False, room) - tours.cost[t]
            if cost < best:
                best, best_t = cost, t
                over = share_late(room.arrive, town.people[t, END] + town.people[t, LIMIT])
                tired = share_resting_late(town.rests[t], room.rested)
    return best_t, best, over, tired
