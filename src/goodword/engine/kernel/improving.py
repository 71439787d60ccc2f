"""Descent to a plan that no single small move makes cheaper: relocate, or-opt, swap, 2-opt*, and leaving out.

Every move is one or two new orders of visits, priced from the first changed place on, and dropped when too dear.
"""

from __future__ import annotations

import numpy as np

from goodword.engine.arrays import Ints
from goodword.engine.kernel.compiled import compiled, inlined
from goodword.engine.kernel.recreating import place_best
from goodword.engine.kernel.town import BOUND, DROP, Room, Tours, Town, may_take, walk

LEAST_GAIN = 1e-3  # a move that gains less is not made: floats are not exact
LONGEST = 3  # visits that or-opt moves together
SWAP, CROSS_BEHIND, CROSS_BEFORE, MOVES = 2 * LONGEST, 2 * LONGEST + 1, 2 * LONGEST + 2, 2 * LONGEST + 3


@compiled
def all_may(town: Town, tours: Tours, origin: int, begin: int, end: int, t: int) -> bool:
    """Whether a technician may be given every visit of a stretch of a route."""
    fine = True
    for p in range(begin, end):
        fine = fine and may_take(town, t, tours.stops[origin, p])
    return fine


@compiled
def exchanged(town: Town, tours: Tours, a: int, i: int, end_a: int, b: int, j: int, end_b: int, room: Room) -> bool:
    """Two routes exchange what stands from i to `end_a` and from j to `end_b`; False: it may not or does not fit."""
    n_a, n_b, most = tours.count[a], tours.count[b], tours.stops.shape[1]
    out, into = end_a - i, end_b - j
    if n_a - out + into > most or n_b - into + out > most:
        return False
    if not (all_may(town, tours, a, i, end_a, b) and all_may(town, tours, b, j, end_b, a)):
        return False
    room.left[:i], room.left[i : i + into] = tours.stops[a, :i], tours.stops[b, j:end_b]
    room.left[i + into : n_a - out + into] = tours.stops[a, end_a:n_a]
    room.right[:j], room.right[j : j + out] = tours.stops[b, :j], tours.stops[a, i:end_a]
    room.right[j + out : n_b - into + out] = tours.stops[b, end_b:n_b]
    return True


@compiled
def shifted(tours: Tours, a: int, i: int, length: int, j: int, room: Room) -> bool:
    """Within a route, what stands from i on goes before j; False: it stands there."""
    n = tours.count[a]
    if i <= j <= i + length or i + length > n:
        return False
    if j > i:
        room.left[:i], room.left[i : j - length] = tours.stops[a, :i], tours.stops[a, i + length : j]
        room.left[j - length : j], room.left[j:n] = tours.stops[a, i : i + length], tours.stops[a, j:n]
    else:
        room.left[:j], room.left[j : j + length] = tours.stops[a, :j], tours.stops[a, i : i + length]
        room.left[j + length : i + length] = tours.stops[a, j:i]
        room.left[i + length : n] = tours.stops[a, i + length : n]
    return True


@inlined
def built(town: Town, tours: Tours, move: int, a: int, i: int, b: int, j: int, room: Room) -> bool:
    """Build a move around position i of a and j of b in `room`; False: there is none.

    Moves: 1 to 3 visits go behind j, or before it; swap; the tails behind, or before, change sides (2-opt*).
    """
    n_a, n_b = tours.count[a], tours.count[b]
    if move < SWAP:
        length, at = move % LONGEST + 1, j + 1 - move // LONGEST
        if a == b:
            return shifted(tours, a, i, length, at, room)
        return i + length <= n_a and exchanged(town, tours, a, i, i + length, b, at, at, room)
    if a == b:
        room.left[:n_a] = tours.stops[a, :n_a]
        room.left[i], room.left[j] = tours.stops[a, j], tours.stops[a, i]
        return move == SWAP
    if move == SWAP:
        return exchanged(town, tours, a, i, i + 1, b, j, j + 1, room)
    behind = int(move == CROSS_BEHIND)
    return exchanged(town, tours, a, i + 1 - behind, n_a, b, j + behind, n_b, room)


@inlined
def better(town: Town, tours: Tours, a: int, n_a: int, b: int, n_b: int, credit: float, room: Room) -> bool:
    """Make `room.left` the route of a and `room.right` that of b (-1: nobody's) if that is cheaper by `credit`."""
    same_a, same_b = 0, 0
    while same_a < min(n_a, tours.count[a]) and room.left[same_a] == tours.stops[a, same_a]:
        same_a += 1
    old = tours.cost[a] - credit - LEAST_GAIN
    if b >= 0:
        old += tours.cost[b]
        while same_b < min(n_b, tours.count[b]) and room.right[same_b] == tours.stops[b, same_b]:
            same_b += 1
    spare = old
    for turn in range(4):
        keep, first = turn >= 2, turn % 2 == 0
        if not first and b < 0:
            continue
        t, n, same, stops = (a, n_a, same_a, room.left) if first else (b, n_b, same_b, room.right)
        cost = walk(town, tours, t, stops, n, same, np.inf if keep else spare, keep, room)
        if not cost < np.inf:
            return False
        spare -= cost
    return True


@inlined
def improved(town: Town, tours: Tours, v: int, room: Room) -> bool:
    """Make the first move around a visit that is cheaper; whether there was one.

    After its neighbours come the technicians who have nothing yet, and last that it is left out.
    """
    if tours.spot[v, 0] < 0:
        return place_best(town, tours, v, 0.0, room)
    a, i, near, people = tours.spot[v, 0], tours.spot[v, 1], town.near.shape[1], len(tours.count)
    for m in range(near + people + 1):
        credit, moves = 0.0, MOVES if m < near else 1
        for move in range(moves):
            b, j = -1, -1
            n = tours.count[a]
            if m < near:
                u = town.near[v, m]
                if u < 0 or tours.spot[u, 0] < 0:
                    break
                b, j = tours.spot[u, 0], tours.spot[u, 1]
                fine = built(town, tours, move, a, i, b, j, room)
                if not fine:
                    continue
                if move < SWAP and a != b:
                    moved = move % LONGEST + 1
                    sizes = (n - moved, tours.count[b] + moved)
                elif move > SWAP:
                    behind = int(move == CROSS_BEHIND)
                    tail_a, tail_b = n - (i + 1 - behind), tours.count[b] - (j + behind)
                    sizes = (n - tail_a + tail_b, tours.count[b] - tail_b + tail_a)
                else:
                    sizes = (n, tours.count[b])
                b = -1 if a == b else b
            elif m < near + people:
                b = m - near
                if b == a or tours.count[b] > 0 or not exchanged(town, tours, a, i, i + 1, b, 0, 0, room):
                    continue
                sizes = (n - 1, 1)
            else:
                if town.visits[v, BOUND] >= 0.0:
                    return False
                room.left[:i], room.left[i : n - 1] = tours.stops[a, :i], tours.stops[a, i + 1 : n]
                credit, sizes = town.visits[v, DROP], (n - 1, 0)
            if better(town, tours, a, sizes[0], b, sizes[1], credit, room):
                if credit > 0.0:
                    tours.spot[v] = -1
                return True
    return False


@compiled
def descend(town: Town, tours: Tours, order: Ints, begin: int, idle: int, budget: int, room: Room) -> tuple[int, int]:
    """Go round the visits until none of them improves or `budget` visits were walked.

    Returns where to go on, and for how many visits in a row nothing was found (all of them: the bottom is reached).
    """
    done, at = room.steps[0], begin
    while idle < len(order):
        if room.steps[0] - done > budget:
            return at, idle
        idle = 0 if improved(town, tours, order[at], room) else idle + 1
        at = (at + 1) % len(order)
    return at, idle
