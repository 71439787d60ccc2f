"""One visit looking for a place in one simulated day."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from goodword.engine.arrays import Ints
from goodword.engine.day import HAIR_S, Day, road_of, simulated, work_of
from goodword.engine.kernel.tables import Newcomer, Places, Rules
from goodword.engine.types import Problem, Visit


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Ask:
    """A visit, the day it asks about, and both as the kernels read them."""

    problem: Problem
    day: Day
    visit: Visit
    new: Newcomer
    rules: Rules


def ask_about(problem: Problem, visit: Visit) -> Ask:
    """Draw the luck of a visit."""
    return Ask(
        problem=problem, day=simulated(problem), visit=visit, new=newcomer(problem, visit), rules=rules_of(problem)
    )


def newcomer(problem: Problem, visit: Visit) -> Newcomer:
    """A visit and its luck, as the kernels read it."""
    work = work_of([visit], seed=problem.seed, scenarios=problem.scenarios)[0]
    return Newcomer(
        site=visit.site,
        work=work,
        road=road_of([visit], problem)[0],
        least_work=float(work.min()),
        not_before=-np.inf if visit.not_before_s is None else float(visit.not_before_s),
        price=float(problem.costs.broken(visit.severity)),
    )


def rules_of(problem: Problem) -> Rules:
    """The thresholds and prices of a problem, as the kernels read them."""
    policy, costs = problem.policy, problem.costs
    return Rules(
        offer_at_least=float(policy.offer_at_least),
        floor_loss=float(policy.floor_loss),
        overtime_share=float(policy.overtime_share),
        overtime_slack_s=float(policy.overtime_slack_s),
        absence_share=float(policy.absence_share),
        break_late_share=float(policy.break_late_share),
        grace_s=float(policy.grace_s) + HAIR_S,
        driving=float(costs.driving),
        late_rate=costs.lateness_share / costs.lateness_scale_s,
        waiting=float(costs.waiting),
        overtime=float(costs.overtime),
        most_stops=int(policy.most_stops),
    )


def places_for(ask: Ask, technicians: Ints) -> Places:
    """All places in the routes of these technicians that can be reached, in order of technician and position."""
    from goodword.engine.kernel.entry import find_places

    rank = rank_of(ask.problem.policy.offer_at_least, ask.problem.scenarios)
    return Places(*find_places(ask.day.facts, ask.day.base, ask.new, technicians, ask.problem.travel.seconds, rank))


def rank_of(share: float, scenarios: int) -> int:
    """Index, among sorted draws, of the one that at least `share` of them do not exceed."""
    return max(ceil(share * scenarios - 1e-9), 1) - 1
