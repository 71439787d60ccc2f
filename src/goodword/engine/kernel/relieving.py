"""The one change that pays most: a visit goes to another technician, or to another place in its own route.

What was computed about a visit and a route stands until that route changes. `walks` counts visits walked to: the stop
rule reads it, so that the same question ends at the same place on every machine.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from goodword.engine.arrays import Bools, Floats, Ints
from goodword.engine.kernel.board import Board, Prices
from goodword.engine.kernel.compiled import compiled, inlined
from goodword.engine.kernel.rerouting import reroute, settle_route
from goodword.engine.kernel.tables import Facts
from goodword.engine.types.roads import Matrix

REACH = 6  # places that a visit may go forward or back in its own route


class Known(NamedTuple):
    """What has been computed and when: `seen` and `gain_seen` hold the route's version; 0: not yet.

    Attributes
    ----------
    version : shape (T,)
    lower, place, seen : shape (V, T)
        Cost of the best place and which it is (-1: `lower` is only a bound).
    gain, gain_seen : shape (V,)
        What is gained by taking a visit off its route.
    done : shape (V,)
        Has been moved.
    inner_gain, inner_move, inner_seen : shapes (T,), (T, 2), (T,)
        The best change of places within a route: gain, visit and place.
    """

    version: Ints
    lower: Floats
    place: Ints
    seen: Ints
    gain: Floats
    gain_seen: Ints
    done: Bools
    inner_gain: Floats
    inner_move: Ints
    inner_seen: Ints


@compiled
def place_of(board: Board, v: int) -> int:
    """Position of a visit in its route."""
    first = board.begin[board.where[v]] + 1
    p = 0
    while board.order[first + p] != v:
        p += 1
    return int(p)


@compiled
def without(board: Board, t: int, p: int, seq: Ints) -> int:
    """What stands behind position `p`, into `seq`."""
    n: int
    first, n = board.begin[t] + 1, board.count[t]
    seq[: n - p - 1] = board.order[first + p + 1 : first + n]
    return n - p - 1


@compiled
def gain_of(
    facts: Facts, board: Board, prices: Prices, seconds: Matrix, known: Known, v: int, seq: Ints, walks: Ints
) -> float:
    """What is gained by taking a visit off its route, or by having somebody make one that nobody makes."""
    t = board.where[v]
    if t >= 0 and known.gain_seen[v] != known.version[t]:
        p = place_of(board, v)
        m = without(board, t, p, seq)
        known.gain[v] = -reroute(facts, board, prices, seconds, t, p, seq, m, m, np.inf, walks)
        if not board.able[board.kind[v], t]:
            known.gain[v] += board.missing[v] * prices.broken
        known.gain_seen[v] = known.version[t]
    return float(known.gain[v])


@inlined
def best_place(
    facts: Facts, board: Board, prices: Prices, seconds: Matrix, t: int, v: int, bar: float, seq: Ints, walks: Ints
) -> tuple[float, int]:
    """Cheapest place of a visit in a route, if cheaper than `bar`; else (bar, -1)."""
    first, n, place = board.begin[t] + 1, board.count[t], -1
    if n >= board.room[t]:
        return bar, -1
    for p in range(n + 1):
        seq[0] = v
        seq[1 : n - p + 1] = board.order[first + p : first + n]
        added = reroute(facts, board, prices, seconds, t, p, seq, n - p + 1, n - p, bar, walks)
        if added < bar:
            bar, place = added, p
    return bar, place


@inlined
def known_place(
    facts: Facts,
    board: Board,
    prices: Prices,
    seconds: Matrix,
    known: Known,
    t: int,
    v: int,
    bar: float,
    seq: Ints,
    walks: Ints,
) -> tuple[float, int]:
    """`best_place`, computed again only when the route has changed or the old bound does not settle it."""
    if known.seen[v, t] != known.version[t] or (known.place[v, t] < 0 and known.lower[v, t] < bar):
        known.lower[v, t], known.place[v, t] = best_place(facts, board, prices, seconds, t, v, bar, seq, walks)
        known.seen[v, t] = known.version[t]
    return known.lower[v, t], known.place[v, t]


@compiled
def fee(board: Board, prices: Prices, v: int, t: int) -> float:
    """What it costs that this technician and not the one it had comes: a notice, a stranger."""
    t0, kind = board.origin[v], board.kind[v]
    if t0 == t:
        return 0.0
    told = prices.notice - board.change[kind, t0] if t0 >= 0 else 0.0
    return float(board.change[kind, t] + told)


@inlined
def trouble(board: Board, prices: Prices, t: int) -> float:
    """What a route costs beyond its driving: nothing above it can be gained by relieving it."""
    first = board.begin[t] + 1
    return float(board.cost[first : first + board.count[t]].sum() + prices.overtime * board.ends[t, 0])


@inlined
def troubles(board: Board, prices: Prices) -> Floats:
    """`trouble` of every route."""
    found = np.empty(len(board.begin))
    for t in range(len(found)):
        found[t] = trouble(board, prices, t)
    return found


@inlined
def single(facts: Facts, board: Board, prices: Prices, seconds: Matrix, known: Known, seq: Ints, walks: Ints) -> bool:
    """Make the one change that pays most; False: none pays."""
    nobody: Any = np.int64(-1)  # typed: numba would compile `put` again for a bare -1
    heavy = troubles(board, prices)
    best, who, to, at = prices.least_gain, nobody, nobody, nobody
    for v in range(len(board.site)):
        t0 = board.where[v]
        if known.done[v] or walks[0] >= prices.most_walks:
            continue
        if t0 >= 0 and not heavy[t0] - board.usual[t0] > prices.notice and board.able[board.kind[v], t0]:
            continue
        spare = gain_of(facts, board, prices, seconds, known, v, seq, walks) - best
        for t in range(len(board.begin)):
            bar = spare - fee(board, prices, v, t)
            if t == t0 or not board.able[board.kind[v], t] or not bar > 0.0:
                continue
            added, p = known_place(facts, board, prices, seconds, known, t, v, bar, seq, walks)
            if p >= 0 and added < bar:
                best, who, to, at = best + bar - added, v, t, p
                spare = added + fee(board, prices, v, t)
    for t in range(len(board.begin)):
        if heavy[t] > best and heavy[t] - board.usual[t] > prices.notice:
            if known.inner_seen[t] != known.version[t]:
                gain, moved, p = reorder(facts, board, prices, seconds, t, prices.least_gain, seq, walks)
                known.inner_gain[t], known.inner_move[t, 0], known.inner_move[t, 1] = gain, moved, p
                known.inner_seen[t] = known.version[t]
            if known.inner_move[t, 0] >= 0 and known.inner_gain[t] > best:
                best, who, to, at = known.inner_gain[t], known.inner_move[t, 0], t, known.inner_move[t, 1]
    if who < 0:
        return False
    put(facts, board, prices, seconds, known, who, to, at, seq)
    return True


@inlined
def reorder(
    facts: Facts, board: Board, prices: Prices, seconds: Matrix, t: int, best: float, seq: Ints, walks: Ints
) -> tuple[float, int, int]:
    """The best change of places within one route, if better than `best`: gain, visit and place once it is out."""
    nobody: Any = np.int64(-1)
    first, n, order, who, to = board.begin[t] + 1, board.count[t], board.order, nobody, nobody
    for p in range(n):
        if not board.ready[first + p - 1, 0] < np.inf or walks[0] >= prices.most_walks:
            break
        for q in range(p + 1, min(n, p + REACH)):
            m, tail = n - p, n - 1 - q
            seq[: q - p] = order[first + p + 1 : first + q + 1]
            seq[q - p] = order[first + p]
            seq[q - p + 1 : m] = order[first + q + 1 : first + n]
            added = reroute(facts, board, prices, seconds, t, p, seq, m, tail, -best, walks)
            if added < -best:
                best, who, to = -added, order[first + p], q
            seq[0] = order[first + q]
            seq[1 : q - p + 1] = order[first + p : first + q]
            added = reroute(facts, board, prices, seconds, t, p, seq, m, tail, -best, walks)
            if added < -best:
                best, who, to = -added, order[first + q], p
    return best, who, to


@compiled
def put(
    facts: Facts, board: Board, prices: Prices, seconds: Matrix, known: Known, v: int, t: int, p: int, seq: Ints
) -> None:
    """Take a visit from where it is and put it to place `p` (counted without it) of a route."""
    t0 = board.where[v]
    if t0 >= 0:
        write(facts, board, prices, seconds, known, t0, -1, place_of(board, v), -1, seq)
    write(facts, board, prices, seconds, known, t, v, -1, p, seq)
    known.done[v] = known.done[v] or t0 != t


@inlined
def write(
    facts: Facts, board: Board, prices: Prices, seconds: Matrix, known: Known, t: int, v: int, out: int, at: int,
    seq: Ints,
) -> None:  # fmt: skip
    """Take what stands at `out` off a route (-1: nothing), put `v` to place `at` (-1: nowhere), and walk it."""
    first, m = board.begin[t] + 1, 0
    for q in range(board.count[t] + 1):
        if v >= 0 and m == at:
            seq[m] = v
            m += 1
        if q < board.count[t] and q != out:
            seq[m] = board.order[first + q]
            m += 1
    if out >= 0:
        board.where[board.order[first + out]] = -1
    settle_route(facts, board, prices, seconds, t, seq.copy(), m)
    known.version[t] += 1
