"""Which windows are tried at which places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goodword.engine.arrays import Bools, Floats, Ints
from goodword.engine.kernel.tables import Pairs, Places
from goodword.engine.offers.places import Ask, rank_of
from goodword.engine.types import Code, Problem, Reason, Request, Window


def why_unusable(problem: Problem, request: Request, window: Window) -> Reason | None:
    """A window that cannot be meant: over, before the request allows it or after its deadline."""
    if window.closes_s <= problem.now_s:
        return Reason(code=Code.PAST, facts={"closes_s": window.closes_s, "now_s": problem.now_s})
    earliest = request.not_before_s
    if earliest is not None and window.opens_s < earliest:
        return Reason(code=Code.BEFORE_EARLIEST, facts={"opens_s": window.opens_s, "earliest_s": earliest})
    earliest = request.visit.not_before_s
    if earliest is not None and window.closes_s <= earliest:
        return Reason(code=Code.BEFORE_EARLIEST, facts={"opens_s": window.opens_s, "earliest_s": earliest})
    if request.deadline_s is not None and window.closes_s > request.deadline_s:
        facts = {"closes_s": window.closes_s, "deadline_s": request.deadline_s}
        return Reason(code=Code.AFTER_DEADLINE, facts=facts)
    return None


def paired(ask: Ask, places: Places, windows: Sequence[Window]) -> Pairs:
    """Every place with every window that it could keep, and for each window the surest of the others."""
    opens = np.array([each.opens_s for each in windows], dtype=np.float64)
    closes = np.array([each.closes_s for each in windows], dtype=np.float64)
    overlap = on_shift(ask, places.tech, opens, closes)
    needed = places.needed
    wanted = overlap & (needed[:, None] <= closes + ask.problem.policy.grace_s)
    if len(places.tech):
        finite = np.minimum(needed, 1e15) + 1e-3 * places.added
        soonest = np.where(overlap & ~wanted, finite[:, None], np.inf)
        best, every = soonest.argmin(axis=0), np.arange(len(windows))
        wanted[best, every] |= np.isfinite(soonest[best, every])
    place, group = np.nonzero(wanted)
    lower = lower_cost(ask, places)[place]
    return Pairs(place=place, opens=opens[group], closes=closes[group], group=group, lower=lower)


def emergencies(ask: Ask, places: Places, request: Request) -> Pairs:
    """One window per place, made from when somebody can be there: it opens then, as wide as it must be."""
    policy, grid = ask.problem.policy, ask.problem.policy.round_s
    pick = np.flatnonzero(np.isfinite(places.reach).all(axis=1))
    reach = places.reach[pick]
    earliest = max((t for t in (request.not_before_s, request.visit.not_before_s) if t is not None), default=-np.inf)
    opens = np.maximum(np.floor(reach.min(axis=1, initial=np.inf) / grid) * grid, earliest)
    sure = np.ceil(places.needed[pick] / grid) * grid
    width = policy.emergency_width_s[request.visit.severity]
    closes = np.minimum(np.maximum(opens + width, sure), opens + policy.emergency_widest_s)
    if request.deadline_s is not None:
        closes = np.minimum(closes, request.deadline_s)
    pick_open = np.flatnonzero((closes > opens) & (closes > ask.problem.now_s))
    pick, opens, closes = pick[pick_open], opens[pick_open], closes[pick_open]
    waits = np.maximum(order_statistic(places.reach[pick], 0.5) - ask.problem.now_s, 0.0)
    lower = lower_cost(ask, places)[pick] + ask.problem.costs.emergency_wait * waits
    return Pairs(place=pick, opens=opens, closes=closes, group=places.tech[pick], lower=lower)


def on_shift(ask: Ask, tech: Ints, opens: Floats, closes: Floats) -> Bools:
    """Which windows overlap whose shift, shape (len(tech), windows)."""
    clocks = ask.day.layout.clocks
    overlap: Bools = (closes > clocks.start[tech, None]) & (opens < clocks.end[tech, None])
    return overlap


def lower_cost(ask: Ask, places: Places) -> Floats:
    """Driving and a changed person: what a place costs at least."""
    costs, visit = ask.problem.costs, ask.visit
    cost: Floats = costs.driving * places.added
    if visit.preferred:
        other = np.array([each.person not in visit.preferred for each in ask.problem.technicians])
        cost = cost + costs.technician_change * other[places.tech]
    return cost


def order_statistic(draws: Floats, share: float) -> Floats:
    """The draw that at least `share` of a row do not exceed, shape (len(draws),)."""
    if not len(draws):
        return np.empty(0)
    index = rank_of(share, draws.shape[1])
    at: Floats = np.partition(draws, index, axis=1)[:, index]
    return at
