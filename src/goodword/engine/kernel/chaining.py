"""Chains of two: a visit takes the place of another, which goes to a third technician."""

from __future__ import annotations

from typing import Any

import numpy as np

from goodword.engine.arrays import Floats, Ints
from goodword.engine.kernel.board import Board, Prices
from goodword.engine.kernel.compiled import inlined
from goodword.engine.kernel.relieving import Known, best_place, fee, gain_of, place_of, put
from goodword.engine.kernel.rerouting import reroute
from goodword.engine.kernel.tables import Facts
from goodword.engine.types.roads import Matrix

ASKED, MAKING_ROOM = 1, 3  # visits for which a chain is looked for; visits that are tried as the one making room
WORTH_A_CHAIN = 5.0  # notices that a visit's relief must be worth: two customers are told


@inlined
def chain(facts: Facts, board: Board, prices: Prices, seconds: Matrix, known: Known, seq: Ints, walks: Ints) -> bool:
    """Make the best chain for one of the visits that would gain most; False: none pays."""
    wish = np.full(len(board.site), -np.inf)
    for v in range(len(wish)):
        if not known.done[v] and (board.where[v] < 0 or known.gain_seen[v] == known.version[board.where[v]]):
            wish[v] = gain_of(facts, board, prices, seconds, known, v, seq, walks) - prices.notice
    for _ in range(min(ASKED, len(wish))):
        v = int(np.argmax(wish))
        if not wish[v] > prices.least_gain + WORTH_A_CHAIN * prices.notice or walks[0] >= prices.most_walks:
            return False
        wish[v] = -np.inf
        if chain_for(facts, board, prices, seconds, known, v, seq, walks):
            return True
    return False


@inlined
def chain_for(
    facts: Facts, board: Board, prices: Prices, seconds: Matrix, known: Known, v: int, seq: Ints, walks: Ints
) -> bool:
    """Let somebody make room for `v`: the cheapest replacements first, each with the best third technician."""
    who, cost = replacements(facts, board, prices, seconds, known, v, seq, walks)
    nobody: Any = np.int64(-1)  # typed, as in `single`
    best, out, to, at = -prices.least_gain, nobody, nobody, nobody
    for i in range(MAKING_ROOM):
        u = who[i]
        if u < 0 or walks[0] >= prices.most_walks:
            continue
        for t in range(len(board.begin)):
            bar = best - cost[i] - fee(board, prices, u, t)
            if t == board.where[u] or t == board.where[v] or not board.able[board.kind[u], t] or not bar > 0.0:
                continue
            added, p = best_place(facts, board, prices, seconds, t, u, bar, seq, walks)
            if p >= 0:
                best, out, to, at = best - bar + added, u, t, p
    if out < 0:
        return False
    t, p = board.where[out], place_of(board, out)
    put(facts, board, prices, seconds, known, out, to, at, seq)
    put(facts, board, prices, seconds, known, v, t, p, seq)
    return True


@inlined
def replacements(
    facts: Facts, board: Board, prices: Prices, seconds: Matrix, known: Known, v: int, seq: Ints, walks: Ints
) -> tuple[Ints, Floats]:
    """Who could make room for `v`, and what it costs without a place for who does; -1 and inf where nobody."""
    who, cost = np.full(MAKING_ROOM, -1), np.full(MAKING_ROOM, np.inf)
    gain = gain_of(facts, board, prices, seconds, known, v, seq, walks)
    for t in range(len(board.begin)):
        if t == board.where[v] or not board.able[board.kind[v], t]:
            continue
        first, n, price = board.begin[t] + 1, board.count[t], fee(board, prices, v, t) - gain
        for p in range(n):
            u, worst = board.order[first + p], int(np.argmax(cost))
            bar = min(cost[worst], -prices.least_gain - prices.notice) - price
            if known.done[u] or walks[0] >= prices.most_walks:
                continue
            seq[0] = v
            seq[1 : n - p] = board.order[first + p + 1 : first + n]
            added = reroute(facts, board, prices, seconds, t, p, seq, n - p, n - p - 1, bar, walks)
            if added < bar:
                who[worst], cost[worst] = u, price + added
    return who, cost
