"""Every place at which a new visit could go into a route, and when its technician would be at the door."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goodword.engine.arrays import Floats, Ints
from goodword.engine.day import Day, road_of, simulated, work_of
from goodword.engine.layout import legs
from goodword.engine.types import Problem, Visit
from goodword.engine.walk import drive


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Ask:
    """One visit looking for a place in one simulated day.

    Attributes
    ----------
    work : shape (S,)
        On-site seconds for the average technician.
    road : shape (S,)
        Travel factor of the drive to it, without the day's part.
    late_before, over_before : shape (R,), (T,)
        Expected lateness of each promise, and probability of too much overtime, as the day stands.
    """

    problem: Problem
    day: Day
    visit: Visit
    work: Floats
    road: Floats
    late_before: Floats
    over_before: Floats


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Places:
    """Places (P) by technician and position.

    Attributes
    ----------
    tech, behind, ahead : shape (P,)
        Technician, the row after which the visit goes in, the row before which (-1: at the end).
    leg_in, leg_out : shape (P,)
        Matrix seconds to the visit and from it to the next row (or home); NaN: unreachable.
    added : shape (P,)
        Driving seconds added, by the matrix; at least 0.
    reach : shape (P, S)
        When the technician would be at the site.
    rested : shape (P, K, S)
        Break states then.
    """

    tech: Ints
    behind: Ints
    ahead: Ints
    leg_in: Floats
    leg_out: Floats
    added: Floats
    reach: Floats
    rested: Floats


def ask_about(problem: Problem, visit: Visit) -> Ask:
    """Draw the luck of a visit and read what the day holds without it."""
    day = simulated(problem)
    clocks = day.layout.clocks
    over = day.end > (clocks.end + clocks.limit)[:, None]
    return Ask(
        problem=problem,
        day=day,
        visit=visit,
        work=work_of([visit], seed=problem.seed, scenarios=problem.scenarios)[0],
        road=road_of([visit], problem)[0],
        late_before=lateness(day.arrive, day.layout.closes),
        over_before=over.mean(axis=1),
    )


def lateness(arrive: Floats, closes: Floats) -> Floats:
    """Expected seconds of arrival after the window (last axis of `arrive`)."""
    return excess(arrive, closes[..., None])


def excess(later: Floats, earlier: Floats) -> Floats:
    """Mean of `later - earlier` over the last axis where positive: never is a day, unknown is 0."""
    with np.errstate(invalid="ignore"):
        over = np.fmin(np.fmax(later - earlier, 0.0), 86_400.0)
    mean: Floats = over.mean(axis=-1)
    return mean


def places_for(ask: Ask, technicians: Ints) -> Places:
    """All places in the routes of these technicians that can be reached, in order of technician and position."""
    layout = ask.day.layout
    counts = layout.count[technicians] - layout.settled[technicians] + 1
    tech = np.repeat(technicians, counts)
    offset = np.arange(len(tech)) - np.repeat(np.cumsum(counts) - counts, counts)
    behind = layout.first[tech] + layout.settled[tech] + offset
    last = behind == layout.last[tech]
    ahead = np.where(last, -1, behind + 1)
    target = np.where(last, layout.home[tech], layout.site[ahead])
    here = np.full_like(tech, ask.visit.site)
    leg_in = legs(ask.problem, layout.site[behind], here)
    leg_out = legs(ask.problem, here, target)
    old = np.nan_to_num(np.where(last, layout.home_leg[tech], layout.leg[ahead]))
    known = np.isfinite(leg_in) & np.isfinite(leg_out) & np.isfinite(ask.day.finish[behind, 0])
    pick = np.flatnonzero(known)
    tech, behind = tech[pick], behind[pick]
    travel = leg_in[pick, None] * (ask.road * ask.day.luck.traffic[tech])
    day = ask.day
    _, reach, rested = drive(
        layout.clocks, tech, day.finish[behind], day.rested[behind], travel=travel, now_s=ask.problem.now_s
    )
    return Places(
        tech=tech, behind=behind, ahead=ahead[pick], leg_in=leg_in[pick], leg_out=leg_out[pick],
        added=np.maximum(leg_in + leg_out - old, 0.0)[pick], reach=reach, rested=rested,
    )  # fmt: skip
