"""Search the same day under several weights; what differs is proposed, beside leaving everything as it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from goodword.engine.arrays import Ints
from goodword.engine.day import Ready, prepare
from goodword.engine.repair.board import Table, prices_of, table_of
from goodword.engine.repair.describe import After, Before, as_it_is, described
from goodword.engine.repair.usual import Usual
from goodword.engine.types import Problem, Repair, RepairEffort, Repairs, Trade

# How much telling, breaking and working weigh beside their prices; ours.
WEIGHTS = (
    {"told": 1.0, "broken": 1.0, "work": 1.0},
    {"told": 3.0, "broken": 1.0, "work": 1.0},
    {"told": 0.25, "broken": 3.0, "work": 1.0},
    {"told": 1.0, "broken": 1.0, "work": 3.0},
)
EVEN = WEIGHTS[0]


def repair(about: Problem | Ready, effort: RepairEffort | None = None, *, earlier: Ready | None = None) -> Repairs:
    """Propose what to change in a day on which something went wrong.

    Parameters
    ----------
    about : Problem or Ready
        The day as it stands now, with what went wrong in it: an absence, a late visit's progress, a visit that nobody
        has, a part that is missing, a road that is closed.
    effort : RepairEffort or None
        The stop rule.
    earlier : Ready or None
        The same day before it went wrong: routes whose trouble has not grown since are left in peace, though they may
        take on a visit. None: whatever is troubled is relieved.

    Returns
    -------
    Repairs
        Two to four alternatives (one when nothing is worth changing), the last one leaving everything as it is. What
        has begun or is under way is not moved; pinned visits and those with helpers keep their technician; nobody gets
        a visit that he may not make; no shift becomes likelier to run over its limit and no break to be late than
        `Policy` allows. Every visit stands in a route or in `unserved`, with the reason.

    Notes
    -----
    Local search under common random numbers, priced by `Costs`: misses and lateness by severity, visits that nobody
    makes, a notice per customer to whom somebody else comes, driving, overtime. Adding a technician may in principle
    lead it another way; it never proposes anything dearer than leaving everything as it is.
    """
    from goodword.engine.kernel import entry

    ready = about if isinstance(about, Ready) else prepare(about)
    problem, day, effort = ready.problem, ready.day, effort or RepairEffort()
    table, usual = table_of(problem, day), Usual.of(problem, earlier)
    even = prices_of(problem, effort, **EVEN)
    entry.price_all(table.board, even)
    before, walks, stopped = Before.of(table), 0, False
    found: dict[tuple[bytes, bytes], Repair] = {}
    for weights in WEIGHTS:
        prices = prices_of(problem, effort, **weights)
        table.board.usual[:] = usual.at(prices)
        walked, ended, version = entry.repair(day.facts, table.board, prices, problem.travel.seconds)
        walks, stopped = walks + walked, stopped or ended
        changed = np.flatnonzero(version > 1)
        name = _name(table)
        if len(changed) and name not in found:
            entry.price_all(table.board, even)
            found[name] = described(After.of(before, changed))
        table.reset(changed)
    made = [each for each in found.values() if each.cost < 0.0]
    return Repairs(
        alternatives=(*_chosen(made, problem, effort.alternatives - 1), as_it_is(before)), walks=walks,
        stopped=stopped, scenarios=problem.scenarios, seed=problem.seed, label=problem.travel.label,
    )  # fmt: skip


def _name(table: Table) -> tuple[bytes, bytes]:
    """Equal for equal plans."""
    board = table.board
    at = np.repeat(board.begin, board.count) + _ranks(board.count) + 1
    return board.order[at].tobytes(), board.where.tobytes()


def _ranks(count: Ints) -> Ints:
    """0, 1, 2, … within each route, one route after another."""
    ends = np.cumsum(count)
    ranks: Ints = np.arange(ends[-1] if len(ends) else 0)
    return ranks - np.repeat(ends - count, count)


def _chosen(made: list[Repair], problem: Problem, most: int) -> list[Repair]:
    """Name what each is best at, and leave out what is best at nothing before what is best at something."""
    costs = problem.costs
    measures = {
        Trade.CHEAPEST: lambda each: (each.cost,),
        Trade.FEWEST_TOLD: lambda each: (each.told, each.cost),
        Trade.FEWEST_BROKEN: lambda each: (round(each.broken_after, 6), each.cost),
        Trade.LEAST_WORK: lambda each: (
            costs.driving * each.added_travel_s + costs.overtime * each.added_overtime_s,
            each.cost,
        ),
    }
    best = {trade: min(made, key=measure) for trade, measure in measures.items()} if made else {}
    named = [replace(each, trades=tuple(trade for trade in best if best[trade] is each)) for each in made]
    kept = sorted(named, key=lambda each: (not each.trades, each.cost))[:most]
    return sorted(kept, key=lambda each: each.cost)
