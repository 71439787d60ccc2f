"""Repair: the change that pays most, again and again, until none pays or the stop rule ends it."""

from __future__ import annotations

import numpy as np

from goodword.engine.arrays import Ints
from goodword.engine.kernel.board import Board, Prices
from goodword.engine.kernel.chaining import chain
from goodword.engine.kernel.compiled import compiled
from goodword.engine.kernel.relieving import Known, single
from goodword.engine.kernel.rerouting import price_all
from goodword.engine.kernel.tables import Facts
from goodword.engine.types.roads import Matrix


@compiled
def repair(facts: Facts, board: Board, prices: Prices, seconds: Matrix) -> tuple[int, bool, Ints]:
    """Change the board in place; returns visits walked to, whether the stop rule ended it, versions of the routes."""
    v_count, t_count = len(board.site), len(board.begin)
    known = Known(
        np.ones(t_count, np.int64), np.empty((v_count, t_count)), np.empty((v_count, t_count), np.int64),
        np.zeros((v_count, t_count), np.int64), board.missing * prices.broken, np.zeros(v_count, np.int64),
        board.bound.copy(), np.empty(t_count), np.empty((t_count, 2), np.int64), np.zeros(t_count, np.int64),
    )  # fmt: skip
    seq, walks = np.empty(v_count + 2, np.int64), np.zeros(1, np.int64)
    price_all(board, prices)
    for _ in range(prices.most_moves):
        if not (
            single(facts, board, prices, seconds, known, seq, walks)
            or chain(facts, board, prices, seconds, known, seq, walks)
        ):
            break
    return walks[0], walks[0] >= prices.most_walks, known.version
