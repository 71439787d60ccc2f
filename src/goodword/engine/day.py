"""The day as it stands, simulated once per problem: the base line that forecasts read and offers start from."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from goodword.engine.arrays import Floats
from goodword.engine.kernel.tables import Base, Facts
from goodword.engine.layout import ORIGIN, Layout, laid_out
from goodword.engine.lognormal import shape_of
from goodword.engine.scenarios import Stream, factors, lognormals
from goodword.engine.settled import settle
from goodword.engine.types import Problem, Visit

HAIR_S = 1e-3  # a time that was an hour's fraction once is not late by the last bit of a float


Drawn = tuple[str, float, float, tuple[int, int, float]]


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Draws:
    """Work of the average technician and leg factors, (V, S), each visit known by all that its draws depend on."""

    index: dict[Drawn, int]
    work: Floats
    road: Floats


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
    drawn : Draws
        What was drawn for each visit, before anybody's factor came in.
    """

    work: Floats
    road: Floats
    road_home: Floats
    traffic: Floats
    drawn: Draws


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Day:
    """The laid-out problem, its luck, and the base line walked over them; do not write to the arrays.

    It must not refer to its problem: the memory below would then keep both for ever.
    """

    layout: Layout
    luck: Luck
    facts: Facts
    base: Base

    @property
    def depart(self) -> Floats:
        """Leaving for each row, (R, S)."""
        return self.base.depart

    @property
    def arrive(self) -> Floats:
        """Standing at each row's door, (R, S)."""
        return self.base.arrive

    @property
    def finish(self) -> Floats:
        """Leaving each row, (R, S)."""
        return self.base.finish

    @property
    def end(self) -> Floats:
        """End of the day, (T, S)."""
        return self.base.end

    @property
    def end_rested(self) -> Floats:
        """Break states then, (T, K, S)."""
        return self.base.end_rested

    @property
    def p_kept(self) -> Floats:
        """Kept-probability of each row's window, (R,)."""
        return self.base.p_kept


_DAYS: WeakKeyDictionary[Problem, Day] = WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Ready:
    """A problem with everything computed that depends on it alone; hold it for as long as you ask about it.

    Attributes
    ----------
    problem : Problem
    day : Day
    """

    problem: Problem
    day: Day


def prepare(problem: Problem, earlier: Ready | None = None) -> Ready:
    """Compute what does not depend on the question, so that the first question is as quick as the next.

    Parameters
    ----------
    problem : Problem
    earlier : Ready or None
        The same branch some moments ago: visits that were in it keep their draws instead of having them drawn again.
        The answers are the same with and without it.

    Returns
    -------
    Ready
    """
    day = _DAYS.get(problem)
    if day is None:
        day = _DAYS[problem] = _simulate(problem, None if earlier is None else earlier.day.luck)
    return Ready(problem=problem, day=day)


def simulated(problem: Problem) -> Day:
    """Return the simulated day of a problem; computed once as long as the problem lives."""
    return prepare(problem).day


def work_of(visits: list[Visit], *, seed: int, scenarios: int) -> Floats:
    """On-site seconds of visits for the average technician, shape (len(visits), S)."""
    shapes = np.array([shape_of(v.duration.mean_s, v.duration.cv) for v in visits]).reshape(-1, 2)
    keys = [v.key for v in visits]
    return lognormals(seed, Stream.WORK, keys, scenarios, shapes[:, 0].copy(), shapes[:, 1].copy())


def road_of(visits: list[Visit], problem: Problem) -> Floats:
    """Travel factors of the legs that lead to visits, without the day's part, shape (len(visits), S)."""
    keys = [v.key for v in visits]
    return factors(problem.seed, Stream.LEG, keys, problem.scenarios, cv=problem.travel.leg_cv)


def facts_of(problem: Problem, layout: Layout, luck: Luck) -> Facts:
    """What the kernels read of a problem."""
    clocks = layout.clocks
    return Facts(
        start=clocks.start, end=clocks.end, limit=clocks.limit,
        gone=np.stack((clocks.gone_from, clocks.gone_to, clocks.gone_for), axis=-1),
        rests=np.stack((clocks.rest_from, clocks.rest_late, clocks.rest_for), axis=-1),
        first=layout.first, count=layout.count, settled=layout.settled, home=layout.home, home_leg=layout.home_leg,
        factor=layout.factor, site=layout.site, leg=layout.leg, opens=layout.opens, closes=layout.closes,
        promised=layout.promised, floor=layout.floor, price=layout.price, busy_until=layout.busy_until,
        work=luck.work, road=luck.road, road_home=luck.road_home, traffic=luck.traffic, now_s=float(problem.now_s),
    )  # fmt: skip


def _simulate(problem: Problem, earlier: Luck | None) -> Day:
    from goodword.engine.kernel.entry import simulate

    layout = laid_out(problem)
    luck = _drawn(problem, layout, earlier)
    facts = facts_of(problem, layout, luck)
    rows, scenarios = len(layout.tech), problem.scenarios
    depart, arrive, finish = (np.empty((rows, scenarios)) for _ in range(3))
    rested = np.full((rows, layout.clocks.breaks, scenarios), np.inf)
    for times in (depart, arrive, finish):
        times[layout.first] = layout.clocks.start[:, None]
    settle(problem, layout, facts, depart, arrive, finish, rested)
    base = simulate(facts, depart, arrive, finish, rested, problem.policy.grace_s + HAIR_S)
    return Day(layout=layout, luck=luck, facts=facts, base=Base(*base))


def _drawn(problem: Problem, layout: Layout, earlier: Luck | None) -> Luck:
    scenarios, travel = problem.scenarios, problem.travel
    where = np.flatnonzero(layout.visit != ORIGIN)
    visits = [problem.visits[index] for index in layout.visit[where].tolist()]
    days = sorted({each.day for each in problem.technicians})
    by_day = factors(problem.seed, Stream.DAY, [str(day) for day in days], scenarios, cv=travel.day_cv)
    traffic = by_day[np.searchsorted(days, layout.day)] if days else by_day
    keys = [each.key for each in problem.technicians]
    home = factors(problem.seed, Stream.HOME, keys, scenarios, cv=travel.leg_cv)
    drawn = _draws(problem, visits, None if earlier is None else earlier.drawn)
    work = np.zeros((len(layout.tech), scenarios))
    road = np.ones((len(layout.tech), scenarios))
    who = layout.tech[where]
    work[where] = drawn.work * layout.factor[who, None]
    road[where] = drawn.road * traffic[who]
    return Luck(work=work, road=road, road_home=home * traffic, traffic=traffic, drawn=drawn)


def _draws(problem: Problem, visits: list[Visit], earlier: Draws | None) -> Draws:
    """Draws of visits in their order; those that were drawn before are copied."""
    alike = (problem.seed, problem.scenarios, problem.travel.leg_cv)
    names = [(each.key, each.duration.mean_s, each.duration.cv, alike) for each in visits]
    index = {name: at for at, name in enumerate(names)}
    at = [-1 if earlier is None else earlier.index.get(name, -1) for name in names]
    if earlier is None or max(at, default=-1) < 0:
        work = work_of(visits, seed=problem.seed, scenarios=problem.scenarios)
        return Draws(index=index, work=work, road=road_of(visits, problem))
    new = [i for i, old in enumerate(at) if old < 0]
    work, road = earlier.work[at], earlier.road[at]
    fresh = [visits[i] for i in new]
    work[new] = work_of(fresh, seed=problem.seed, scenarios=problem.scenarios)
    road[new] = road_of(fresh, problem)
    return Draws(index=index, work=work, road=road)
