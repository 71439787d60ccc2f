"""The day as it stands, simulated once per problem: the base line that forecasts read and offers start from."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from goodword.engine.arrays import Floats, Ints
from goodword.engine.layout import ORIGIN, Layout, laid_out
from goodword.engine.lognormal import quantiles, shape_of
from goodword.engine.scenarios import Stream, factors, uniforms
from goodword.engine.settled import settle
from goodword.engine.types import Problem, Visit
from goodword.engine.walk import go_home, step

HAIR_S = 1e-3  # a time that was an hour's fraction once is not late by the last bit of a float


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Luck:
    """All draws of a problem.

    Attributes
    ----------
    work : shape (R, S)
        On-site seconds, this technician's factor in it; 0 for origins.
    road : shape (R, S)
        Travel factor of the drive to each row.
    road_home : shape (T, S)
        Travel factor of the drive home.
    traffic : shape (T, S)
        The day's shared part of the two above.
    """

    work: Floats
    road: Floats
    road_home: Floats
    traffic: Floats


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Day:
    """Base line: times are (R, S), break states (R, K, S), ends of day (T, S); do not write to them.

    It must not refer to its problem: the memory below would then keep both for ever.
    """

    layout: Layout
    luck: Luck
    depart: Floats
    arrive: Floats
    finish: Floats
    rested: Floats
    end: Floats
    end_rested: Floats
    p_kept: Floats


_DAYS: WeakKeyDictionary[Problem, Day] = WeakKeyDictionary()


def simulated(problem: Problem) -> Day:
    """Return the simulated day of a problem; computed once as long as the problem lives."""
    day = _DAYS.get(problem)
    if day is None:
        day = _DAYS[problem] = _simulate(problem)
    return day


def work_of(visits: list[Visit], *, seed: int, scenarios: int) -> Floats:
    """On-site seconds of visits for the average technician, shape (len(visits), S)."""
    shapes = np.array([shape_of(v.duration.mean_s, v.duration.cv) for v in visits]).reshape(-1, 2)
    u = uniforms(seed, Stream.WORK, [v.key for v in visits], scenarios)
    return quantiles(shapes[:, :1], shapes[:, 1:], u)


def road_of(visits: list[Visit], problem: Problem) -> Floats:
    """Travel factors of the legs that lead to visits, without the day's part, shape (len(visits), S)."""
    keys = [v.key for v in visits]
    return factors(problem.seed, Stream.LEG, keys, problem.scenarios, cv=problem.travel.leg_cv)


def late_share(arrive: Floats, closes: Floats, grace_s: float) -> Floats:
    """Share of scenarios (last axis) that arrive after the window: NaN arrivals count as late."""
    share: Floats = 1.0 - (arrive <= closes[..., None] + (grace_s + HAIR_S)).mean(axis=-1)
    return share


def _simulate(problem: Problem) -> Day:
    layout = laid_out(problem)
    luck = _drawn(problem, layout)
    shape = (len(layout.tech), problem.scenarios)
    depart, arrive, finish = np.empty(shape), np.empty(shape), np.empty(shape)
    rested = np.full((shape[0], layout.clocks.breaks, shape[1]), np.inf)
    _begin_shifts(layout, depart, arrive, finish)
    settle(problem, layout, luck.work, depart, arrive, finish, rested)
    for rows in _levels(layout):
        before, who = rows - 1, layout.tech[rows]
        made = step(
            layout.clocks, who, finish[before], rested[before],
            travel=layout.leg[rows, None] * luck.road[rows], opens=layout.opens[rows], work=luck.work[rows],
            now_s=problem.now_s,
        )  # fmt: skip
        depart[rows], arrive[rows], finish[rows], rested[rows] = made.depart, made.arrive, made.finish, made.rested
    last = layout.last
    end, end_rested = go_home(
        layout.clocks, np.arange(len(last)), finish[last], rested[last],
        travel=layout.home_leg[:, None] * luck.road_home, moves=layout.home,
    )  # fmt: skip
    return Day(
        layout=layout, luck=luck, depart=depart, arrive=arrive, finish=finish, rested=rested,
        end=end, end_rested=end_rested, p_kept=1.0 - late_share(arrive, layout.closes, problem.policy.grace_s),
    )  # fmt: skip


def _begin_shifts(layout: Layout, depart: Floats, arrive: Floats, finish: Floats) -> None:
    for times in (depart, arrive, finish):
        times[layout.first] = layout.clocks.start[:, None]


def _levels(layout: Layout) -> list[Ints]:
    """Rows still to be walked, grouped so that each group follows only from earlier ones."""
    open_visits = layout.count - layout.settled
    deepest = int(open_visits.max(initial=0))
    begin = layout.first + layout.settled + 1
    return [begin[open_visits > level] + level for level in range(deepest)]


def _drawn(problem: Problem, layout: Layout) -> Luck:
    scenarios, travel = problem.scenarios, problem.travel
    used = layout.visit[layout.visit != ORIGIN]
    visits = [problem.visits[index] for index in used]
    where = np.flatnonzero(layout.visit != ORIGIN)
    days = sorted({each.day for each in problem.technicians})
    by_day = factors(problem.seed, Stream.DAY, [str(day) for day in days], scenarios, cv=travel.day_cv)
    traffic = by_day[np.searchsorted(days, layout.day)] if days else by_day
    keys = [each.key for each in problem.technicians]
    home = factors(problem.seed, Stream.HOME, keys, scenarios, cv=travel.leg_cv)
    work = np.zeros((len(layout.tech), scenarios))
    road = np.ones((len(layout.tech), scenarios))
    who = layout.tech[where]
    work[where] = work_of(visits, seed=problem.seed, scenarios=scenarios) * layout.factor[who, None]
    road[where] = road_of(visits, problem) * traffic[who]
    return Luck(work=work, road=road, road_home=home * traffic, traffic=traffic)
