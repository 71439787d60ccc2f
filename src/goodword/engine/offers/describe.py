"""From a judged pair to an option that a person can read: times, neighbours, whom it endangers, what has to move."""

from __future__ import annotations

from math import ceil, isfinite
from typing import NamedTuple

import numpy as np

from goodword.engine.arrays import Floats, Ints
from goodword.engine.kernel.tables import Pairs, Places, Verdicts
from goodword.engine.offers.places import Ask
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

SHARES = (0.1, 0.5, 0.9)


class Trail(NamedTuple):
    """Rows from `first` on that an insertion may delay, in walk order: kept-probability and medians."""

    first: int
    p_after: list[float]
    median_before_s: list[float]
    median_after_s: list[float]


def described(
    ask: Ask, places: Places, pairs: Pairs, verdicts: Verdicts, index: Ints, windows: list[Window]
) -> list[WindowOption | None]:
    """Describe the pairs at `index`, each with its window; None where the new visit has no finite arrival."""
    from goodword.engine.kernel.entry import trace

    chosen = pairs.take(index)
    ranks = np.array([ceil(share * ask.problem.scenarios) - 1 for share in SHARES])
    made = trace(ask.day.facts, ask.day.base, ask.new, ask.rules, places, chosen, ranks)
    arrivals, finishes, stops = made.arrival.tolist(), made.finish.tolist(), made.stops.tolist()
    numbers = [each.tolist() for each in (made.p_after, made.median_before, made.median_after)]
    options: list[WindowOption | None] = []
    for i, (pair, place) in enumerate(zip(index.tolist(), chosen.place.tolist(), strict=True)):
        arrival, finish, count = arrivals[i], finishes[i], stops[i]
        if not (isfinite(arrival[2]) and isfinite(finish[2])):
            options.append(None)
            continue
        after, before, later = (each[i][:count] for each in numbers)
        trail = Trail(int(places.ahead[place]), after, before, later)
        options.append(_option(ask, places, place, verdicts, pair, arrival, finish[1], trail, windows[i]))
    return options


def _planned(
    ask: Ask, behind: int, tech: int, arrival_s: float, leaving_s: float, trail: Trail
) -> tuple[Planned, tuple[PlannedVisit, ...]]:
    """Planned times of the new visit and of those that must make room: medians, never overlapping."""
    layout = ask.day.layout
    start_s = max(arrival_s, float(layout.busy_until[behind]))
    planned = Planned(start_s=start_s, end_s=start_s + max(leaving_s - arrival_s, 1.0))
    busy_s = planned.end_s
    shifted: list[PlannedVisit] = []
    for row, index in enumerate(layout.visit[behind + 1 : int(layout.last[tech]) + 1].tolist(), behind + 1):
        visit = ask.problem.visits[index]
        if visit.planned is None:
            continue
        mine = visit.planned
        if mine.start_s < busy_s:
            at = row - behind - 1
            median_s = trail.median_after_s[at] if at < len(trail.p_after) else _median(ask.day.arrive[row])
            begin_s = max(median_s if isfinite(median_s) else busy_s, busy_s)
            mine = Planned(start_s=begin_s, end_s=begin_s + mine.end_s - mine.start_s)
            shifted.append(PlannedVisit(visit=visit.key, planned=mine))
        busy_s = max(busy_s, mine.end_s)
    return planned, tuple(shifted)


def _median(draws: Floats) -> float:
    return float(np.sort(draws)[ceil(0.5 * len(draws)) - 1])


def _option(
    ask: Ask, places: Places, place: int, verdicts: Verdicts, pair: int, arrival: list[float], leaving_s: float,
    trail: Trail, window: Window,
) -> WindowOption:  # fmt: skip
    layout, problem = ask.day.layout, ask.problem
    behind, ahead, tech = int(places.behind[place]), int(places.ahead[place]), int(places.tech[place])
    technician, first = problem.technicians[tech], int(layout.first[tech])
    after = problem.visits[layout.visit[behind]].key if behind > first else None
    before = problem.visits[layout.visit[ahead]].key if ahead >= 0 else None
    added_s = float(places.added[place])
    facts = {"technician": technician.key, "after": after, "before": before, "added_travel_s": added_s}
    fits = [Reason(code=Code.FITS, facts=facts)]
    if technician.person in ask.visit.preferred:
        fits.append(Reason(code=Code.PREFERRED_PERSON, facts={"technician": technician.key}))
    planned, shifted = _planned(ask, behind, tech, arrival[1], leaving_s, trail)
    return WindowOption(
        window=window, technician=technician.key, position=behind - first, after=after, before=before,
        planned=planned, shifted=shifted, arrival=Quantiles(p10_s=arrival[0], p50_s=arrival[1], p90_s=arrival[2]),
        p_kept=float(verdicts.p_kept[pair]), added_travel_s=added_s,
        added_travel_m=_added_metres(ask, places, place), added_overtime_s=float(verdicts.overtime[pair]),
        cost=float(verdicts.cost[pair]), endangered=_endangered(ask, trail), reasons=tuple(fits),
        assumed=_assumed(ask, behind, tech),
    )  # fmt: skip


def _endangered(ask: Ask, trail: Trail) -> tuple[PromiseChange, ...]:
    """Promises that become less sure, worst first."""
    visits, layout = ask.problem.visits, ask.day.layout
    end = trail.first + len(trail.p_after)
    promised, before = (each[trail.first : end].tolist() for each in (layout.promised, ask.day.p_kept))
    index = layout.visit[trail.first : end].tolist()
    found = [
        PromiseChange(
            visit=visits[index[at]].key, p_before=before[at], p_after=after,
            arrival_before_s=trail.median_before_s[at], arrival_after_s=trail.median_after_s[at],
        )
        for at, after in enumerate(trail.p_after)
        if promised[at] and after < before[at]
    ]  # fmt: skip
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
    if ask.problem.travel.assumed or ask.visit.duration.assumed:
        return True
    rows = ask.day.layout.visit[int(ask.day.layout.first[tech]) + 1 : behind + 1].tolist()
    visits = (ask.problem.visits[index] for index in rows)
    return any(visit.duration.assumed and visit.stage < Stage.DONE for visit in visits)
