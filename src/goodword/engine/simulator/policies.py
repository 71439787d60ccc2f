"""What a policy is, and the ones that are compared: means, padded means, a quantile, and kept-probabilities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from goodword.engine.consequence import moved
from goodword.engine.forecast import forecast
from goodword.engine.lognormal import quantiles, shape_of
from goodword.engine.offers import offers
from goodword.engine.types import Duration, Move, Offers, Policy, Problem, Request, Stage, Visit, Window, WindowOption

Repair = Callable[[Problem], tuple[Move, ...]]
Evening = Callable[[Problem], Problem]
LOST = 0.5  # ours: below this kept-probability a visit is looked for a better place
GAIN = 0.1  # ours: and moved if the place is better by so much
MOST = 4  # ours: stop rule, moves per event
LATER_S = (0.0, 3_600.0, 7_200.0, 14_400.0, 28_800.0)  # ours: a promise that cannot be kept is broken by as little
OVER = 0.5  # ours: a visit without a technician may make overtime as likely as this


class Plays(Protocol):
    """A policy: asked for windows, told of events. It sees problems as a branch sees them, never the luck."""

    @property
    def name(self) -> str:
        """For tables."""
        ...

    def offer(self, problem: Problem, request: Request) -> Offers:
        """Windows for a request."""
        ...

    def mend(self, problem: Problem) -> tuple[Move, ...]:
        """What to change after an event, or after a while without one; applied in this order."""
        ...

    def evening(self, problem: Problem) -> Problem:
        """The plan of the evening before: the same visits, perhaps in other routes."""
        ...


def reinsert_the_late(problem: Problem) -> tuple[Move, ...]:
    """Plain repair: whoever has no technician, or is likely to be late, is put where it is best from now on.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    tuple of Move
        At most `MOST`. The floors of all others hold.
    """
    made: list[Move] = []
    for key in _late(problem)[:MOST]:
        visit, before = problem.visit(key), forecast(problem).visits[key].p_kept or 0.0
        homeless = key not in problem.technician_of
        option = _best_place(problem, visit, None if homeless else before + GAIN)
        if option is not None:
            made.append(Move(visit=key, technician=option.technician, position=option.position))
            problem = moved(problem, made[-1])
    return tuple(made)


def _late(problem: Problem) -> list[str]:
    """Visits that have not begun and are in trouble, those without a technician first, then the surest to be late."""
    seen = forecast(problem)
    found = []
    for visit in problem.visits:
        if visit.stage is not Stage.PLANNED or visit.window is None:
            continue
        p_kept = seen.visits[visit.key].p_kept or 0.0
        homeless = visit.key not in problem.technician_of
        if homeless or p_kept < LOST:
            found.append((not homeless, p_kept, visit.key))
    return [key for _, _, key in sorted(found)]


def _best_place(problem: Problem, visit: Visit, needed: float | None) -> WindowOption | None:
    """The cheapest place that keeps the window well enough; for a visit without technician, perhaps a later one."""
    if visit.window is None:
        return None
    without = replace(
        problem,
        visits=tuple(each for each in problem.visits if each.key != visit.key),
        routes=tuple(replace(r, visits=tuple(k for k in r.visits if k != visit.key)) for r in problem.routes),
        policy=replace(
            problem.policy,
            offer_at_least=min(max(needed or 0.0, LOST), 1.0),
            overtime_share=max(problem.policy.overtime_share, OVER if needed is None else 0.0),
        ),
    )
    for later_s in LATER_S if needed is None else LATER_S[:1]:
        window = Window(opens_s=visit.window.opens_s, closes_s=visit.window.closes_s + later_s)
        found = offers(without, Request(visit=replace(visit, window=None), windows=(window,), wanted=1))
        if found.options:
            return found.options[0]
    return None


def unchanged(problem: Problem) -> Problem:
    """No plan of the evening before."""
    return problem


def as_believed(duration: Duration) -> Duration:
    """The whole distribution."""
    return duration


@dataclass(frozen=True, kw_only=True, slots=True)
class Planner:
    """A policy made of the engine's own parts, so that only one thing differs between two of them.

    Attributes
    ----------
    name : str
    sees : callable
        What it takes a duration for.
    certain : bool
        It takes drives for certain too, and looks at one scenario.
    scenarios : int
    policy : Policy
        Floors and thresholds.
    repair, plan : callable
    """

    name: str
    sees: Callable[[Duration], Duration] = as_believed
    certain: bool = False
    scenarios: int = 64
    policy: Policy = field(default_factory=Policy)
    repair: Repair = reinsert_the_late
    plan: Evening = unchanged

    def offer(self, problem: Problem, request: Request) -> Offers:
        """See `Plays`."""
        visit = replace(request.visit, duration=self.sees(request.visit.duration))
        return offers(self._seen(problem), replace(request, visit=visit))

    def mend(self, problem: Problem) -> tuple[Move, ...]:
        """See `Plays`."""
        return self.repair(self._seen(problem))

    def evening(self, problem: Problem) -> Problem:
        """See `Plays`."""
        return problem if self.plan is unchanged else self.plan(self._seen(problem))

    def _seen(self, problem: Problem) -> Problem:
        visits = tuple(replace(each, duration=self.sees(each.duration)) for each in problem.visits)
        travel = replace(problem.travel, day_cv=0.0, leg_cv=0.0) if self.certain else problem.travel
        scenarios = 1 if self.certain else self.scenarios
        return replace(problem, visits=visits, travel=travel, scenarios=scenarios, policy=self.policy)


def means(share: float = 0.0) -> Planner:
    """Every duration is its mean, `share` longer."""
    name = "means" if share == 0.0 else f"means+{round(100 * share)}%"
    return Planner(name=name, certain=True, sees=lambda each: Duration(mean_s=each.mean_s * (1.0 + share)))


def padded(share: float = 0.8) -> Planner:
    """Every duration is this quantile of itself."""
    import numpy as np

    def quantile(each: Duration) -> Duration:
        mu, sigma = shape_of(each.mean_s, each.cv)
        return Duration(mean_s=float(quantiles(mu, sigma, np.array([share]))[0]))

    return Planner(name=f"p{round(100 * share)}", certain=True, sees=quantile)


def keeping(at_least: float, *, scenarios: int = 64, floor: float | None = None) -> Planner:
    """Ours: what is offered is kept with this probability, and so are the promises that stand."""
    policy = Policy(offer_at_least=at_least, floor=at_least if floor is None else floor)
    return Planner(name=f"kept>={at_least:g}", scenarios=scenarios, policy=policy)
