"""What will happen to each promise from here, given everything that is known now."""

from __future__ import annotations

from math import ceil, isfinite

import numpy as np

from goodword.engine.arrays import Floats
from goodword.engine.day import HAIR_S, Day, simulated
from goodword.engine.errors import Fact
from goodword.engine.types import (
    Code,
    Forecast,
    Problem,
    Quantiles,
    Reason,
    Stage,
    Technician,
    TechnicianForecast,
    Visit,
    VisitForecast,
)


def forecast(problem: Problem) -> Forecast:
    """Forecast every visit and every shift.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    Forecast
        One entry per visit (unassigned ones too, saying so) and per technician. What is over is a fact; running work
        and drives are conditional on how long they have lasted; an idle technician waits where he is. Nothing is
        guessed: behind an unreachable leg there is no forecast, only the reason.

    Notes
    -----
    Monte Carlo over `problem.scenarios` stratified draws: the standard error of a probability p is below
    sqrt(p (1 - p) / scenarios). A `p_kept` of 1 means "in every scenario drawn".
    """
    day = simulated(problem)
    whiskers = _Whiskers(day)
    nowhere = Reason(code=Code.UNASSIGNED)
    visits = {each.key: VisitForecast(visit=each.key, reason=nowhere) for each in problem.visits}
    for t, technician in enumerate(problem.technicians):
        visits.update((made.visit, made) for made in _route(problem, day, whiskers, t, technician))
    return Forecast(
        visits=visits,
        technicians={each.key: shift_forecast(day, t, each) for t, each in enumerate(problem.technicians)},
        scenarios=problem.scenarios,
        seed=problem.seed,
        label=problem.travel.label,
    )


def shift_forecast(day: Day, t: int, technician: Technician) -> TechnicianForecast:
    """Forecast the end of one shift; unknown where a leg is unreachable or the technician has gone home."""
    end, clocks = day.end[t], day.layout.clocks
    if not np.isfinite(end).all():
        return TechnicianForecast(
            technician=technician.key, end=None, p_overtime=None, p_over_limit=None, overtime_s=None, p_break_late=None
        )
    late = (np.isfinite(day.end_rested[t]) & (day.end_rested[t] > clocks.rest_late[t][:, None])).any(axis=0)
    return TechnicianForecast(
        technician=technician.key,
        end=quantiles_of(np.sort(end)),
        p_overtime=float((end > clocks.end[t]).mean()),
        p_over_limit=float((end > clocks.end[t] + clocks.limit[t]).mean()),
        overtime_s=float(np.maximum(end - clocks.end[t], 0.0).mean()),
        p_break_late=float(late.mean()) if technician.breaks else None,
    )


def quantiles_of(ordered: Floats) -> Quantiles | None:
    """Three order statistics of sorted draws, shape (S,); None when any of them is unknown or never."""
    scenarios = len(ordered)
    p10, p50, p90 = (float(ordered[ceil(share * scenarios) - 1]) for share in (0.1, 0.5, 0.9))
    return Quantiles(p10_s=p10, p50_s=p50, p90_s=p90) if isfinite(p90) else None


class _Whiskers:
    """Sorted times of the base line, to read quantiles from."""

    def __init__(self, day: Day) -> None:
        self.depart, self.arrive, self.finish = (np.sort(t, axis=-1) for t in (day.depart, day.arrive, day.finish))


def _route(problem: Problem, day: Day, whiskers: _Whiskers, t: int, technician: Technician) -> list[VisitForecast]:
    """Forecasts along one route; a leg that cannot be driven is the reason for everything behind it."""
    made: list[VisitForecast] = []
    broken: Reason | None = None
    assumed = False
    for row in day.layout.rows_of(t):
        visit = problem.visits[day.layout.visit[row]]
        broken = _broken_leg(day, row, visit, technician) or (broken if visit.stage < Stage.ARRIVED else None)
        happened = visit.stage >= Stage.ARRIVED
        assumed = assumed or (problem.travel.assumed and not happened)
        arrival = quantiles_of(whiskers.arrive[row])
        made.append(
            VisitForecast(
                visit=visit.key,
                technician=technician.key,
                departure=quantiles_of(whiskers.depart[row]),
                arrival=arrival,
                finish=quantiles_of(whiskers.finish[row]),
                p_kept=_p_kept(problem, day, row, visit),
                happened=happened,
                travel_s=None if np.isnan(day.layout.leg[row]) else float(day.layout.leg[row]),
                assumed=assumed and not happened,
                reason=broken or (None if arrival else _no_arrival(visit, technician)),
            )
        )
        assumed = assumed or (visit.duration.assumed and visit.stage < Stage.DONE)
    return made


def _p_kept(problem: Problem, day: Day, row: int, visit: Visit) -> float | None:
    """Probability that the window is kept; 1 or 0 by the facts once somebody stood at the door (P-13, P-14)."""
    window, grace_s = visit.window, problem.policy.grace_s + HAIR_S
    if window is None or np.isnan(day.arrive[row, 0]):
        return None
    if visit.stage < Stage.ARRIVED:
        return float(day.p_kept[row])
    door_s = float(day.arrive[row, 0])
    early = door_s < window.opens_s - grace_s and not window.early_agreed
    return float(door_s <= window.closes_s + grace_s and not early)


def _broken_leg(day: Day, row: int, visit: Visit, technician: Technician) -> Reason | None:
    if visit.stage >= Stage.ARRIVED or not np.isnan(day.layout.leg[row]):
        return None
    facts: dict[str, Fact] = {
        "technician": technician.key,
        "visit": visit.key,
        "from_site": int(day.layout.site[row - 1]),
        "to_site": int(day.layout.site[row]),
    }
    return Reason(code=Code.UNREACHABLE, facts=facts)


def _no_arrival(visit: Visit, technician: Technician) -> Reason:
    if visit.stage >= Stage.ARRIVED:
        return Reason(code=Code.NO_ARRIVAL_RECORDED, facts={"visit": visit.key})
    gone = max((each for each in technician.absences), key=lambda each: each.to_s, default=None)
    times = {} if gone is None else {"from_s": gone.from_s, "to_s": gone.to_s}
    return Reason(code=Code.ABSENT, facts={"technician": technician.key, **times})
