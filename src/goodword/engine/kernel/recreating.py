"""Take visits out and put them back where they cost least: how a plan gets out of a local optimum.

After Christiaens and Vanden Berghe (2020), Slack induction by string removals, doi:10.1287/trsc.2019.0914: strings
of neighbouring visits leave, each goes to its cheapest place, and a slightly dearer plan is sometimes kept.
"""

from __future__ import annotations

from math import log

import numpy as np

from goodword.engine.arrays import Ints
from goodword.engine.kernel.compiled import compiled, inlined
from goodword.engine.kernel.town import (
    BOUND,
    CLOSES,
    DRIVING,
    DROP,
    HOME,
    SITE,
    START,
    Room,
    Tours,
    Town,
    leg_cost,
    may_take,
    roll,
    total_cost,
    walk,
)

BLINK = 0.01  # share of places overlooked, so that the same hole is not always filled alike
STRING = 10.0  # longest string, and how many visits leave on average
MORE = 5  # of the visits left out, how many are tried with each round


@compiled
def place_best(town: Town, tours: Tours, v: int, blink: float, room: Room) -> bool:
    """Put a visit at its cheapest place; where leaving it out is cheaper, do that. Whether it was placed."""
    best = np.inf if town.visits[v, BOUND] >= 0.0 else town.visits[v, DROP]
    best_t, best_p, people, site = -1, -1, len(tours.count), int(town.visits[v, SITE])
    for turn in range(people + 1):
        final = turn == people  # everything is looked at: go where it was cheapest
        t = best_t if final else turn
        if t < 0 or tours.count[t] >= tours.stops.shape[1] or not may_take(town, t, v):
            continue
        n, home, at, stops = tours.count[t], int(town.people[t, HOME]), int(town.people[t, START]), tours.stops[t]
        for p in range(n + 1):
            ahead = int(town.visits[stops[p], SITE]) if p < n else home
            added = leg_cost(town.seconds, at, site) + leg_cost(town.seconds, site, ahead)
            added = town.rates[DRIVING] * (added - leg_cost(town.seconds, at, ahead)) + town.dear[t, v]
            at = ahead
            if (final and p != best_p) or (not final and (added >= best or (blink > 0.0 and roll(room) < blink))):
                continue
            room.left[:p], room.left[p], room.left[p + 1 : n + 1] = stops[:p], v, stops[p:n]
            old = tours.cost[t]
            cost = walk(town, tours, t, room.left, n + 1, p, np.inf if final else best + old, final, room) - old
            if final:
                return True
            if cost < best:
                best, best_t, best_p = cost, t, p
    return False


@inlined
def take_out(town: Town, tours: Tours, t: int, begin: int, length: int, gone: Ints, taken: int, room: Room) -> int:
    """Take a string of visits out of a route, pinned ones too (they go back there); returns how many are out."""
    n = tours.count[t]
    for p in range(begin, begin + length):
        v = tours.stops[t, p]
        gone[taken] = v
        taken += 1
        tours.spot[v] = -1
    room.left[:begin], room.left[begin : n - length] = tours.stops[t, :begin], tours.stops[t, begin + length : n]
    walk(town, tours, t, room.left, n - length, begin, np.inf, True, room)
    return taken


@inlined
def ruin(town: Town, tours: Tours, gone: Ints, hurt: Ints, room: Room) -> tuple[int, int]:
    """Take strings out of the routes around a visit; returns how many visits left, and how many routes are hurt."""
    visits, taken, routes = len(tours.spot), 0, 0
    seed = int(roll(room) * visits)
    longest = min(STRING, max(float(visits) / max(len(tours.count), 1), 1.0))
    strings = int(roll(room) * (4.0 * STRING / (1.0 + longest))) + 1
    for i in range(-1, town.near.shape[1]):
        u = seed if i < 0 else town.near[seed, i]
        if u < 0 or routes >= strings:
            break
        t = tours.spot[u, 0]
        known = t < 0
        for r in range(routes):
            known = known or hurt[r] == t
        if known:
            continue
        n = tours.count[t]
        length = int(1.0 + roll(room) * min(longest, float(n)))
        length = min(length, n, len(gone) - taken - MORE)
        if length < 1:
            break
        at = tours.spot[u, 1]
        least = max(at - length + 1, 0)
        begin = least + int(roll(room) * (min(at, n - length) - least + 1))
        hurt[routes] = t
        routes += 1
        taken = take_out(town, tours, t, begin, length, gone, taken, room)
    return taken, routes


@inlined
def put_in_order(town: Town, gone: Ints, taken: int, room: Room) -> None:
    """Who is placed first: at random, the dearest to leave out, or the one that closes first."""
    kind = int(roll(room) * 3.0)
    keys = np.empty(taken)
    for i in range(taken):
        v = gone[i]
        keys[i] = roll(room) if kind == 0 else (-town.visits[v, DROP] if kind == 1 else town.visits[v, CLOSES])
        keys[i] = -1e18 if town.visits[v, BOUND] >= 0.0 else keys[i]
    for i in range(1, taken):
        key, v, j = keys[i], gone[i], i
        while j > 0 and keys[j - 1] > key:
            keys[j], gone[j] = keys[j - 1], gone[j - 1]
            j -= 1
        keys[j], gone[j] = key, v


@compiled
def copied(origin: Tours, into: Tours) -> None:
    """Make one plan equal to another."""
    into.stops[:], into.count[:], into.cost[:] = origin.stops, origin.count, origin.cost
    into.spot[:] = origin.spot


@inlined
def undo(town: Town, tours: Tours, kept: Tours, room: Room) -> None:
    """Make every route again what it is in `kept`."""
    for t in range(len(tours.count)):
        n, begin = kept.count[t], 0
        while begin < n and begin < tours.count[t] and tours.stops[t, begin] == kept.stops[t, begin]:
            begin += 1
        if begin < n or begin < tours.count[t]:
            room.left[:n] = kept.stops[t, :n]
            walk(town, tours, t, room.left, n, begin, np.inf, True, room)
    tours.spot[:] = kept.spot


@compiled
def recreate(
    town: Town, tours: Tours, kept: Tours, best: Tours, rounds: int, budget: int, heat: float, cooling: float,
    room: Room,
) -> int:  # fmt: skip
    """Make some rounds; `kept` is the plan under way, `best` the best so far. Returns the rounds made.

    Stops early when `budget` visits were walked.
    """
    gone, hurt = np.empty(64, np.int64), np.empty(64, np.int64)
    now, least, begun, visits = total_cost(town, kept), total_cost(town, best), room.steps[0], len(tours.spot)
    for i in range(rounds):
        if room.steps[0] - begun > budget:
            return i
        taken, _ = ruin(town, tours, gone, hurt, room)
        at = int(roll(room) * visits)
        more = 0
        for j in range(visits):
            v = (at + j) % visits
            if more >= MORE or taken >= len(gone):
                break
            if kept.spot[v, 0] < 0:
                gone[taken] = v
                taken, more = taken + 1, more + 1
        put_in_order(town, gone, taken, room)
        for j in range(taken):
            place_best(town, tours, gone[j], BLINK, room)
        cost = total_cost(town, tours)
        if cost < now - heat * log(max(roll(room), 1e-12)):
            now = cost
            copied(tours, kept)
            if cost < least - 1e-6:
                least = cost
                copied(tours, best)
        else:
            undo(town, tours, kept, room)
        heat *= cooling
    return rounds
