"""What goes wrong, as a change of the problem: seven pure functions. `repair` is asked about what they return."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from goodword.engine.errors import Contradiction
from goodword.engine.types import Absence, Problem, Stage, Technician, Visit


def late(problem: Problem, technician: str, by_s: float) -> Problem:
    """What this technician is doing takes `by_s` longer than it has taken so far."""
    for key in problem.route_of(technician):
        visit = problem.visit(key)
        if visit.stage is Stage.STARTED:
            elapsed_s = max(problem.now_s - (visit.progress.started_s or problem.now_s), 0.0)
            longer = replace(visit.duration, mean_s=elapsed_s + by_s)
            return _with_visit(problem, replace(visit, duration=longer))
    return _away(problem, technician, problem.now_s, problem.now_s + by_s)


def sick(problem: Problem, technician: str, from_s: float) -> Problem:
    """Somebody goes home, or does not come."""
    return _away(problem, technician, from_s, max(problem.technician(technician).shift_end_s, from_s) + 1.0)


def late_start(problem: Problem, technician: str, until_s: float) -> Problem:
    """Somebody begins later than his shift does."""
    return _away(problem, technician, problem.technician(technician).shift_start_s, until_s)


def emergency(problem: Problem, visit: Visit) -> Problem:
    """A visit that nobody has yet."""
    return replace(problem, visits=(*problem.visits, visit))


def no_access(problem: Problem, visit: str, again: str) -> Problem:
    """Nobody opens: the visit is over, and the work is still to be done, by a visit with the key `again`.

    Raises
    ------
    Contradiction
        Nobody is there yet.
    """
    old = problem.visit(visit)
    if old.stage not in (Stage.ARRIVED, Stage.STARTED):
        raise Contradiction(owner=f"Visit {visit}", why="nobody is at the door")
    over = replace(old, progress=replace(old.progress, finished_s=problem.now_s))
    back = replace(old, key=again, window=None, planned=None, progress=type(old.progress)())
    return emergency(_with_visit(problem, over), back)


def missing_part(problem: Problem, visit: str, part: str) -> Problem:
    """A visit turns out to need a part."""
    old = problem.visit(visit)
    return _with_visit(problem, replace(old, parts=old.parts | {part}))


def closed_road(problem: Problem, legs: Iterable[tuple[int, int]], detour_s: float | None) -> Problem:
    """These legs take `detour_s` longer, both ways; None: there is no way at all."""
    seconds = np.array(problem.travel.seconds)
    for origin, target in legs:
        for pair in ((origin, target), (target, origin)):
            seconds[pair] = np.nan if detour_s is None else seconds[pair] + detour_s
    return replace(problem, travel=replace(problem.travel, seconds=seconds))


def _with_visit(problem: Problem, visit: Visit) -> Problem:
    return replace(problem, visits=tuple(visit if each.key == visit.key else each for each in problem.visits))


def _away(problem: Problem, key: str, from_s: float, to_s: float) -> Problem:
    def gone(each: Technician) -> Technician:
        return replace(each, absences=(*each.absences, Absence(from_s=from_s, to_s=to_s)))

    people = tuple(gone(each) if each.key == key else each for each in problem.technicians)
    problem.technician(key)
    return replace(problem, technicians=people)
