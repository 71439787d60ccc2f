"""The problem as flat arrays: what the kernels walk over.

Every technician owns a run of rows: first the origin (the shift's start), then one row per visit in walk order. Row
`first[t] + p` is what stands before insertion position `p` of technician `t`. Flat rows, not a padded rectangle: one
route of thousands costs what it holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goodword.engine.arrays import Bools, Floats, Ints
from goodword.engine.types import Problem, Stage, Technician, Visit

ORIGIN = -1


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Clocks:
    """Shifts, absences and breaks; arrays over technicians, padded with what never happens.

    Attributes
    ----------
    start, end, limit : shape (T,)
        Shift, and how much overtime is tolerable.
    gone_from, gone_to, gone_for : shape (T, B)
        Absences, by start. One that reaches the shift's end never ends.
    rest_from, rest_late, rest_for : shape (T, K)
        Breaks, by earliest start.
    """

    start: Floats
    end: Floats
    limit: Floats
    gone_from: Floats
    gone_to: Floats
    gone_for: Floats
    rest_from: Floats
    rest_late: Floats
    rest_for: Floats

    @property
    def breaks(self) -> int:
        """K, the most breaks that any technician has."""
        return int(self.rest_from.shape[1])


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Layout:
    """Arrays over technicians (T) and rows (R).

    Attributes
    ----------
    first, count, settled : shape (T,)
        First row (the origin), number of visits, number of visits at the front that have begun or are over.
    home, home_leg, factor, day : shape (T,)
        End site (-1: none), matrix seconds to it from the last row, duration factor, traffic day.
    tech, visit, site : shape (R,)
        `visit` indexes `Problem.visits`; ORIGIN for origins.
    leg : shape (R,)
        Matrix seconds from the row before; NaN unreachable; 0 for origins.
    opens, closes : shape (R,)
        -inf and inf where there is no window; `opens` includes "not before".
    promised : shape (R,)
        Has a window and nobody has arrived yet: the promise can still be lost.
    floor, price : shape (R,)
        Least kept-probability, cost of a miss.
    busy_until : shape (R,)
        Latest planned end of this row and those before it; -inf where nothing is planned.
    """

    clocks: Clocks
    first: Ints
    count: Ints
    settled: Ints
    home: Ints
    home_leg: Floats
    factor: Floats
    day: Ints
    tech: Ints
    visit: Ints
    site: Ints
    leg: Floats
    opens: Floats
    closes: Floats
    promised: Bools
    floor: Floats
    price: Floats
    busy_until: Floats

    @property
    def last(self) -> Ints:
        """Last row of each technician."""
        return self.first + self.count

    def rows_of(self, technician: int) -> range:
        """Rows of one technician's visits in walk order, without the origin."""
        begin = int(self.first[technician]) + 1
        return range(begin, begin + int(self.count[technician]))


def laid_out(problem: Problem) -> Layout:
    """Compile a problem into arrays."""
    routes = [[problem.visit(key) for key in problem.route_of(each.key)] for each in problem.technicians]
    count = np.array([len(route) for route in routes], dtype=np.int64)
    first = np.concatenate(([0], np.cumsum(count + 1)[:-1])).astype(np.int64) if routes else count
    technicians = problem.technicians
    tech = np.repeat(np.arange(len(routes)), count + 1)
    rows = _rows(problem, routes)
    site = rows["site"].astype(np.int64)
    home = np.array([ORIGIN if t.end_site is None else t.end_site for t in technicians], dtype=np.int64)
    return Layout(
        clocks=_clocks(problem),
        first=first,
        count=count,
        settled=np.array([sum(v.stage > Stage.PLANNED for v in route) for route in routes], dtype=np.int64),
        home=home,
        home_leg=legs(problem, site[first + count], home),
        factor=np.array([t.duration_factor for t in technicians], dtype=np.float64),
        day=np.array([t.day for t in technicians], dtype=np.int64),
        tech=tech,
        visit=rows["visit"].astype(np.int64),
        site=site,
        leg=_row_legs(problem, site, first),
        opens=rows["opens"],
        closes=rows["closes"],
        promised=rows["promised"].astype(np.bool_),
        floor=rows["floor"],
        price=rows["price"],
        busy_until=_busy_until(rows["busy"], first, count),
    )


def legs(problem: Problem, origin: Ints, target: Ints) -> Floats:
    """Matrix seconds between sites, elementwise; 0 where the target is -1 (nowhere to go)."""
    if problem.travel.sites == 0:
        return np.zeros(np.broadcast(origin, target).shape)
    seconds = problem.travel.seconds[origin, np.maximum(target, 0)].astype(np.float64)
    return np.where(target < 0, 0.0, seconds)


def _row_legs(problem: Problem, site: Ints, first: Ints) -> Floats:
    leg = np.zeros(len(site))
    if len(site) > 1:
        leg[1:] = legs(problem, site[:-1], site[1:])
    leg[first] = 0.0
    return leg


def _rows(problem: Problem, routes: list[list[Visit]]) -> dict[str, Floats]:
    names = ("visit", "site", "opens", "closes", "promised", "floor", "price", "busy")
    rows: list[tuple[float, ...]] = []
    for technician, route in zip(problem.technicians, routes, strict=True):
        rows.append((ORIGIN, technician.start_site, -np.inf, np.inf, False, 0.0, 0.0, -np.inf))
        rows.extend(_row(problem, visit) for visit in route)
    table = np.array(rows, dtype=np.float64).reshape(-1, len(names))
    return {name: np.ascontiguousarray(table[:, column]) for column, name in enumerate(names)}


def _row(problem: Problem, visit: Visit) -> tuple[float, ...]:
    window = visit.window
    opens = -np.inf if window is None or window.early_agreed else window.opens_s
    return (
        problem.visit_index[visit.key],
        visit.site,
        opens if visit.not_before_s is None else max(opens, visit.not_before_s),
        np.inf if window is None else window.closes_s,
        window is not None and visit.progress.door_s is None and visit.stage < Stage.DONE,
        problem.policy.floor if visit.floor is None else visit.floor,
        problem.costs.broken(visit.severity),
        -np.inf if visit.planned is None else visit.planned.end_s,
    )


def _busy_until(ends: Floats, first: Ints, count: Ints) -> Floats:
    busy = ends.copy()
    for start, visits in zip(first, count, strict=True):
        run = slice(start, start + visits + 1)
        busy[run] = np.maximum.accumulate(busy[run])
    return busy


def _clocks(problem: Problem) -> Clocks:
    technicians = problem.technicians
    helping = _helping(problem)
    gone = [_absences(each, helping.get(each.key, [])) for each in technicians]
    rests = [sorted((b.earliest_s, b.latest_s, b.length_s) for b in each.breaks) for each in technicians]
    gone_from, gone_to, gone_for = _padded(gone, (np.inf, np.inf, 0.0))
    rest_from, rest_late, rest_for = _padded(rests, (np.inf, np.inf, 0.0))
    return Clocks(
        start=np.array([t.shift_start_s for t in technicians], dtype=np.float64),
        end=np.array([t.shift_end_s for t in technicians], dtype=np.float64),
        limit=np.array([t.overtime_limit_s for t in technicians], dtype=np.float64),
        gone_from=gone_from,
        gone_to=gone_to,
        gone_for=gone_for,
        rest_from=rest_from,
        rest_late=rest_late,
        rest_for=rest_for,
    )


def _helping(problem: Problem) -> dict[str, list[tuple[float, float]]]:
    """Planned times at which a technician helps somebody else."""
    helping: dict[str, list[tuple[float, float]]] = {}
    for visit in problem.visits:
        if visit.planned is not None and visit.stage < Stage.DONE:
            for helper in visit.helpers:
                helping.setdefault(helper, []).append((visit.planned.start_s, visit.planned.end_s))
    return helping


def _absences(technician: Technician, helping: list[tuple[float, float]]) -> list[tuple[float, float, float]]:
    """Absences as (from, to, length), overlapping ones joined; one that reaches the shift's end never ends."""
    spans = sorted([*((a.from_s, a.to_s) for a in technician.absences), *helping])
    joined: list[list[float]] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([begin, end])
    never = technician.shift_end_s
    return [(b, np.inf, np.inf) if e >= never else (b, e, e - b) for b, e in joined]


def _padded(
    lists: list[list[tuple[float, float, float]]], nothing: tuple[float, float, float]
) -> tuple[Floats, Floats, Floats]:
    width = max((len(each) for each in lists), default=0)
    table = np.array([[*each, *[nothing] * (width - len(each))] for each in lists], dtype=np.float64)
    table = table.reshape(len(lists), width, 3)
    return table[:, :, 0].copy(), table[:, :, 1].copy(), table[:, :, 2].copy()
