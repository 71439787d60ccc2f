"""From a judged pair to an option that a person can read: times, neighbours, whom it endangers, what has to move."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from goodword.engine.arrays import Floats, Ints
from goodword.engine.day import late_share
from goodword.engine.forecast import quantiles_of
from goodword.engine.offers.judge import Budget, Verdicts
from goodword.engine.offers.places import Ask, Places
from goodword.engine.offers.suffix import Pairs, caught_up, front_of, next_stop, onward, stand
from goodword.engine.types import (
    Code,
    Planned,
    PlannedVisit,
    PromiseChange,
    Quantiles,
    Reason,
    Stage,
    Window,
    WindowOption,
)


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Trail:
    """Arrivals (S,) at the rows behind an insertion that it delays, by row."""

    arrivals: dict[int, Floats]


def described(
    ask: Ask, places: Places, pairs: Pairs, verdicts: Verdicts, index: Ints, windows: list[Window]
) -> list[WindowOption | None]:
    """Describe the pairs at `index`, each with its window; None where the new visit has no finite arrival."""
    chosen = pairs.take(index)
    arrive, finish, rested, _ = stand(ask, places, chosen)
    trails = _trails(ask, places, chosen, finish, rested)
    options: list[WindowOption | None] = []
    for i, pair in enumerate(index):
        arrival = quantiles_of(np.sort(arrive[i]))
        leaving = quantiles_of(np.sort(finish[i]))
        if arrival is None or leaving is None:
            options.append(None)
            continue
        place = int(chosen.place[i])
        planned, shifted = _planned(ask, places, place, arrival.p50_s, leaving.p50_s, trails[i])
        option = _option(ask, places, place, arrival, planned, shifted, windows[i])
        options.append(_with_verdict(option, ask, verdicts, int(pair), trails[i]))
    return options


def _trails(ask: Ask, places: Places, pairs: Pairs, finish: Floats, rested: Floats) -> list[Trail]:
    """Walk each insertion until it is caught up (or the stop rule ends it)."""
    trails = [Trail(arrivals={}) for _ in pairs.place]
    budget = Budget(ask.problem.policy.most_stops)
    front = front_of(places, pairs, finish, rested, np.arange(len(pairs.place)))
    while True:
        front = front.keep(front.row >= 0)
        if not len(front.pair) or not budget.spend(len(front.pair)):
            return trails
        made = next_stop(ask, front)
        for walker, (pair, row) in enumerate(zip(front.pair, front.row, strict=True)):
            trails[pair].arrivals[int(row)] = made.arrive[walker]
        front = onward(ask, front, made, ~caught_up(ask, front, made))


def _planned(
    ask: Ask, places: Places, place: int, arrival_s: float, leaving_s: float, trail: Trail
) -> tuple[Planned, tuple[PlannedVisit, ...]]:
    """Planned times of the new visit and of those that must make room: medians, never overlapping."""
    layout = ask.day.layout
    behind, tech = int(places.behind[place]), int(places.tech[place])
    start_s = max(arrival_s, float(layout.busy_until[behind]))
    planned = Planned(start_s=start_s, end_s=start_s + max(leaving_s - arrival_s, 1.0))
    busy_s = planned.end_s
    shifted: list[PlannedVisit] = []
    for row in range(behind + 1, int(layout.last[tech]) + 1):
        visit = ask.problem.visits[layout.visit[row]]
        if visit.planned is None:
            continue
        mine = visit.planned
        if mine.start_s < busy_s:
            begin_s = max(_median(trail.arrivals.get(row, ask.day.arrive[row])), busy_s)
            mine = Planned(start_s=begin_s, end_s=begin_s + mine.end_s - mine.start_s)
            shifted.append(PlannedVisit(visit=visit.key, planned=mine))
        busy_s = max(busy_s, mine.end_s)
    return planned, tuple(shifted)


def _median(draws: Floats) -> float:
    middle = float(np.sort(draws)[ceil(0.5 * len(draws)) - 1])
    return middle if np.isfinite(middle) else -np.inf


def _option(
    ask: Ask, places: Places, place: int, arrival: Quantiles, planned: Planned, shifted: tuple[PlannedVisit, ...],
    window: Window,
) -> WindowOption:  # fmt: skip
    layout, problem = ask.day.layout, ask.problem
    behind, ahead, tech = int(places.behind[place]), int(places.ahead[place]), int(places.tech[place])
    technician = problem.technicians[tech]
    after = problem.visits[layout.visit[behind]].key if behind > layout.first[tech] else None
    before = problem.visits[layout.visit[ahead]].key if ahead >= 0 else None
    added_s = float(places.added[place])
    facts = {"technician": technician.key, "after": after, "before": before, "added_travel_s": added_s}
    fits = [Reason(code=Code.FITS, facts=facts)]
    if technician.person in ask.visit.preferred:
        fits.append(Reason(code=Code.PREFERRED_PERSON, facts={"technician": technician.key}))
    return WindowOption(
        window=window, technician=technician.key, position=behind - int(layout.first[tech]), after=after,
        before=before, planned=planned, shifted=shifted, arrival=arrival, p_kept=0.0, added_travel_s=added_s,
        added_travel_m=_added_metres(ask, places, place), added_overtime_s=0.0, cost=0.0, endangered=(),
        reasons=tuple(fits), assumed=_assumed(ask, behind, tech),
    )  # fmt: skip


def _with_verdict(option: WindowOption, ask: Ask, verdicts: Verdicts, pair: int, trail: Trail) -> WindowOption:
    return WindowOption(
        window=option.window, technician=option.technician, position=option.position, after=option.after,
        before=option.before, planned=option.planned, shifted=option.shifted, arrival=option.arrival,
        p_kept=float(verdicts.p_kept[pair]), added_travel_s=option.added_travel_s,
        added_travel_m=option.added_travel_m, added_overtime_s=float(verdicts.overtime[pair]),
        cost=float(verdicts.cost[pair]), endangered=_endangered(ask, trail), reasons=option.reasons,
        assumed=option.assumed,
    )  # fmt: skip


def _endangered(ask: Ask, trail: Trail) -> tuple[PromiseChange, ...]:
    """Promises that become less sure, worst first."""
    layout, grace_s = ask.day.layout, ask.problem.policy.grace_s
    found = []
    for row, arrive in trail.arrivals.items():
        before = float(ask.day.p_kept[row])
        after = 1.0 - float(late_share(arrive, layout.closes[row], grace_s))
        if layout.promised[row] and after < before:
            visit = ask.problem.visits[layout.visit[row]].key
            times = (_median(ask.day.arrive[row]), _median(arrive))
            found.append(
                PromiseChange(
                    visit=visit, p_before=before, p_after=after, arrival_before_s=times[0], arrival_after_s=times[1]
                )
            )
    return tuple(sorted(found, key=lambda change: (-change.worse_by, change.visit)))


def _added_metres(ask: Ask, places: Places, place: int) -> float | None:
    metres, layout, new = ask.problem.travel.metres, ask.day.layout, ask.visit.site
    if metres is None:
        return None
    behind, ahead, tech = int(places.behind[place]), int(places.ahead[place]), int(places.tech[place])
    target = int(layout.site[ahead]) if ahead >= 0 else int(layout.home[tech])
    origin = int(layout.site[behind])
    added = float(metres[origin, new])
    if target >= 0:
        added += float(metres[new, target]) - float(metres[origin, target])
    return added if np.isfinite(added) else None


def _assumed(ask: Ask, behind: int, tech: int) -> bool:
    """Whether anything that this arrival rests on has not been learned."""
    rows = range(int(ask.day.layout.first[tech]) + 1, behind + 1)
    visits = (ask.problem.visits[ask.day.layout.visit[row]] for row in rows)
    running = any(visit.duration.assumed and visit.stage < Stage.DONE for visit in visits)
    return ask.problem.travel.assumed or ask.visit.duration.assumed or running
