"""The front of each route: visits that are over are facts, visits that run are conditional on what is known."""

from __future__ import annotations

import numpy as np

from goodword.engine.arrays import Floats
from goodword.engine.kernel.tables import Facts
from goodword.engine.layout import Layout
from goodword.engine.lognormal import quantiles_above
from goodword.engine.scenarios import Stream, uniforms
from goodword.engine.types import Problem, Progress, Stage


def settle(
    problem: Problem, layout: Layout, facts: Facts, depart: Floats, arrive: Floats, finish: Floats, rested: Floats
) -> None:
    """Fill the rows of visits that have begun, in walk order, in place.

    Parameters
    ----------
    depart, arrive, finish : ndarray, shape (R, S)
    rested : ndarray, shape (R, K, S)
    """
    for t in np.flatnonzero(layout.settled):
        for row in range(layout.first[t] + 1, layout.first[t] + layout.settled[t] + 1):
            progress = problem.visits[layout.visit[row]].progress
            left_s = _left_s(progress, finish[row - 1])
            depart[row] = left_s
            if progress.stage is Stage.ON_THE_WAY:
                arrive[row] = _arrival_of_driver(problem, layout, facts, row, int(t))
            else:
                door_s = progress.door_s
                arrive[row] = np.nan if door_s is None else door_s
            finish[row] = _finish(problem, layout, facts, row, int(t), arrive[row])
            finish[row] = np.fmax(finish[row], finish[row - 1]) if progress.stage < Stage.DONE else finish[row]
            rested[row] = _rested(layout, row, finish[row - 1], depart[row], rested[row - 1], arrive[row])


def _left_s(progress: Progress, before: Floats) -> Floats | float:
    return before if progress.on_the_way_s is None else progress.on_the_way_s


def _arrival_of_driver(problem: Problem, layout: Layout, facts: Facts, row: int, t: int) -> Floats:
    """Arrival of somebody who is on the road, given that he has not arrived by now."""
    visit = problem.visits[layout.visit[row]]
    since_s = visit.progress.on_the_way_s or 0.0
    leg_s, travel = float(layout.leg[row]), problem.travel
    u = uniforms(problem.seed, Stream.LEG, [visit.key], problem.scenarios)[0]
    cv = float(np.hypot(travel.day_cv, travel.leg_cv))
    elapsed_s = max(problem.now_s - since_s, 0.0)
    if np.isnan(leg_s):
        total = np.full_like(u, np.nan)
    elif leg_s == 0.0:
        total = np.full_like(u, elapsed_s)
    else:
        total = quantiles_above(leg_s, cv, elapsed_s, u)
    begin = np.full_like(u, since_s + elapsed_s)
    _, reach = _through(facts, t, begin, total - elapsed_s)
    at_door: Floats = np.maximum(reach, layout.opens[row])
    return at_door


def _finish(problem: Problem, layout: Layout, facts: Facts, row: int, t: int, arrive: Floats) -> Floats:
    """When a visit that has begun ends, given that it has not ended by now (unless it has)."""
    visit = problem.visits[layout.visit[row]]
    progress = visit.progress
    if progress.finished_s is not None:
        return np.full_like(arrive, progress.finished_s)
    if progress.started_s is not None:
        elapsed_s = max(problem.now_s - progress.started_s, 0.0)
        u = uniforms(problem.seed, Stream.WORK, [visit.key], problem.scenarios)[0]
        total = quantiles_above(visit.duration.mean_s * float(layout.factor[t]), visit.duration.cv, elapsed_s, u)
        return _through(facts, t, np.full_like(u, progress.started_s + elapsed_s), total - elapsed_s)[1]
    return _through(facts, t, np.maximum(arrive, problem.now_s), facts.work[row])[1]


def _through(facts: Facts, t: int, begin: Floats, length: Floats) -> tuple[Floats, Floats]:
    from goodword.engine.kernel.entry import through_absences

    begins, ends = begin.copy(), length.copy()
    through_absences(facts.gone[t], begins, ends)
    return begins, ends


def _rested(layout: Layout, row: int, ready: Floats, depart: Floats, rested: Floats, arrive: Floats) -> Floats:
    """Breaks that must have been taken on the way here: the gap before the drive, or at the door, held one whole."""
    clocks, who = layout.clocks, layout.tech[row]
    leg_s, after = np.nan_to_num(layout.leg[row]), rested.copy()
    for k in range(clocks.breaks):
        length_s = clocks.rest_for[who, k]
        before = np.maximum(ready, clocks.rest_from[who, k])
        at_door = np.maximum(depart + leg_s, clocks.rest_from[who, k])
        early, late = arrive - leg_s - before >= length_s, arrive - at_door >= length_s
        begin = np.where(early, before, at_door)
        after[k] = np.where(np.isinf(rested[k]) & (early | late), begin, rested[k])
    return after
