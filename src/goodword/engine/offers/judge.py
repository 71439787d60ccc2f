"""Is an insertion allowed, and what does it cost? Floors, overtime, breaks and absences, for many at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from goodword.engine.arrays import Bools, Floats, Ints
from goodword.engine.day import late_share
from goodword.engine.offers.places import Ask, Places, excess, lateness
from goodword.engine.offers.suffix import Front, Pairs, caught_up, day_ends, front_of, next_stop, onward, stand
from goodword.engine.walk import Step

EPSILON = 1e-9


class Fault(IntEnum):
    """Why a pair is not allowed."""

    NONE = 0
    LATE = 1
    FLOOR = 2
    SHIFT = 3
    BREAK = 4
    ABSENT = 5
    PLANNED = 6
    UNJUDGED = 7


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Verdicts:
    """One verdict per pair (N).

    Attributes
    ----------
    fault : shape (N,)
        A `Fault`.
    culprit : shape (N,)
        The row of the promise that would fall below its floor; -1: none.
    found, allowed : shape (N,)
        The number that was too bad, and what is allowed.
    p_kept, cost, overtime : shape (N,)
        Of the new window; in driving seconds; expected overtime added. The cost is whole only without a fault.
    """

    fault: Ints
    culprit: Ints
    found: Floats
    allowed: Floats
    p_kept: Floats
    cost: Floats
    overtime: Floats

    def blame(self, pair: Ints, fault: Fault, found: Floats, allowed: Floats | float) -> None:
        """Write a fault down."""
        self.fault[pair], self.found[pair], self.allowed[pair] = fault, found, allowed

    @property
    def badness(self) -> Floats:
        """How far each pair is from being allowed; 0: allowed. Unjudged ones come first: nothing is known."""
        apart = np.abs(self.found - self.allowed)
        size = np.where(self.fault == Fault.PLANNED, 0.5, np.where(self.fault == Fault.ABSENT, 1.0 + apart, apart))
        return np.where(self.fault == Fault.UNJUDGED, -1.0, np.where(self.fault == Fault.NONE, 0.0, size))


@dataclass(slots=True)
class Budget:
    """The stop rule: how many stops may still be walked."""

    stops: int

    def spend(self, walkers: int) -> bool:
        """Take so many; False once the budget is gone."""
        self.stops -= walkers
        return self.stops >= 0


def judge(ask: Ask, places: Places, pairs: Pairs, budget: Budget) -> Verdicts:
    """Judge pairs.

    Parameters
    ----------
    ask, places, pairs
    budget : Budget
        Shared by all calls of one search; pairs that it does not reach are `UNJUDGED`.
    """
    n = len(pairs.place)
    verdicts = Verdicts(
        fault=np.zeros(n, dtype=np.int64), culprit=np.full(n, -1), found=np.zeros(n), allowed=np.zeros(n),
        p_kept=np.zeros(n), cost=pairs.lower.copy(), overtime=np.zeros(n),
    )  # fmt: skip
    _judge_next_promise(ask, places, pairs, verdicts)
    open_pairs = np.flatnonzero(verdicts.fault == Fault.NONE)
    finish, rested = _judge_new_visit(ask, places, pairs, open_pairs, verdicts)
    good = np.flatnonzero(verdicts.fault[open_pairs] == Fault.NONE)
    front = front_of(places, pairs.take(open_pairs), finish, rested, good)
    _walk(ask, _renamed(front, open_pairs), verdicts, budget)
    return verdicts


def _renamed(front: Front, names: Ints) -> Front:
    return Front(
        pair=names[front.pair], row=front.row, leg=front.leg, ready=front.ready, rested=front.rested, who=front.who
    )


def _judge_next_promise(ask: Ask, places: Places, pairs: Pairs, verdicts: Verdicts) -> None:
    """Without walking: even in the luckiest scenario the next promise would be lost."""
    day, layout = ask.day, ask.day.layout
    ahead = places.ahead[pairs.place]
    who = places.tech[pairs.place]
    soonest = pairs.opens + ask.work.min() * layout.factor[who]
    soonest = soonest + places.leg_out[pairs.place] * day.luck.road[ahead].min(axis=1)
    needs = layout.promised[ahead] & (day.p_kept[ahead] >= layout.floor[ahead]) & (layout.floor[ahead] > 0.0)
    lost = needs & (ahead >= 0) & (soonest > layout.closes[ahead] + ask.problem.policy.grace_s)
    pair = np.flatnonzero(lost)
    verdicts.culprit[pair] = ahead[pair]
    verdicts.blame(pair, Fault.FLOOR, np.zeros(len(pair)), layout.floor[ahead[pair]])


def _judge_new_visit(ask: Ask, places: Places, pairs: Pairs, which: Ints, verdicts: Verdicts) -> tuple[Floats, Floats]:
    """Is the new window kept, outside absences, and its planned time free? Returns finish and break states."""
    policy, costs = ask.problem.policy, ask.problem.costs
    chosen = pairs.take(which)
    arrive, finish, rested, work = stand(ask, places, chosen)
    missed = late_share(arrive, chosen.closes, policy.grace_s)
    verdicts.p_kept[which] = 1.0 - missed
    price = costs.broken(ask.visit.severity)
    late = lateness(arrive, chosen.closes) * costs.lateness_share / costs.lateness_scale_s
    wait = excess(arrive, places.reach[chosen.place])
    verdicts.cost[which] += price * (missed + late) + costs.waiting * wait
    busy = ask.day.layout.busy_until[places.behind[chosen.place]]
    taken = which[busy > chosen.closes]
    verdicts.blame(taken, Fault.PLANNED, np.zeros(len(taken)), 0.0)
    if ask.day.layout.clocks.gone_from.shape[1]:
        cut = (~(finish <= arrive + work + 1.0)).mean(axis=1)
        absent = cut > policy.absence_share + EPSILON
        verdicts.blame(which[absent], Fault.ABSENT, cut[absent], policy.absence_share)
    risky = (1.0 - missed < policy.offer_at_least - EPSILON) & (verdicts.fault[which] == Fault.NONE)
    verdicts.blame(which[risky], Fault.LATE, 1.0 - missed[risky], policy.offer_at_least)
    return finish, rested


def _walk(ask: Ask, front: Front, verdicts: Verdicts, budget: Budget) -> None:
    """Walk all pairs through the rest of their routes, dropping each at its first fault."""
    while len(front.pair):
        ended = front.row < 0
        if ended.any():
            _judge_ends(ask, front.keep(ended), verdicts)
            front = front.keep(~ended)
            continue
        if not budget.spend(len(front.pair)):
            verdicts.fault[front.pair] = Fault.UNJUDGED
            return
        made = next_stop(ask, front)
        kept = _judge_promises(ask, front, made, verdicts)
        front = onward(ask, front, made, kept & ~caught_up(ask, front, made))


def _judge_promises(ask: Ask, front: Front, made: Step, verdicts: Verdicts) -> Bools:
    """Floors of the promises at the next stops; which walkers may go on."""
    layout, row, policy, costs = ask.day.layout, front.row, ask.problem.policy, ask.problem.costs
    before = ask.day.p_kept[row]
    after = 1.0 - late_share(made.arrive, layout.closes[row], policy.grace_s)
    bound = layout.promised[row] & np.isfinite(ask.day.arrive[row, 0])
    least = np.where(before >= layout.floor[row], layout.floor[row], before - policy.floor_loss)
    broken = bound & (after < least - EPSILON)
    pair = front.pair[broken]
    verdicts.culprit[pair] = row[broken]
    verdicts.blame(pair, Fault.FLOOR, after[broken], least[broken])
    later = np.maximum(lateness(made.arrive, layout.closes[row]) - ask.late_before[row], 0.0)
    later *= costs.lateness_share / costs.lateness_scale_s
    worse = layout.price[row] * (np.maximum(before - after, 0.0) + later)
    verdicts.cost[front.pair] += np.where(bound, worse, 0.0)
    going: Bools = ~broken
    return going


def _judge_ends(ask: Ask, front: Front, verdicts: Verdicts) -> None:
    """Overtime and breaks of walkers that have come to the end of their day."""
    day, policy, clocks, who = ask.day, ask.problem.policy, ask.day.layout.clocks, front.who
    end, rested = day_ends(ask, front)
    before, allowed = ask.over_before[who], policy.overtime_share
    after = (~(end <= (clocks.end + clocks.limit)[who][:, None])).mean(axis=1)
    shift_end = clocks.end[who][:, None]
    added = excess(end, shift_end) - excess(day.end[who], shift_end)
    over = (after > np.maximum(before, allowed) + EPSILON) | ((before > allowed) & (added > policy.overtime_slack_s))
    verdicts.overtime[front.pair] = added
    verdicts.cost[front.pair] += ask.problem.costs.overtime * np.maximum(added, 0.0)
    verdicts.blame(front.pair[over], Fault.SHIFT, after[over], np.where(before > allowed, before, allowed)[over])
    if clocks.breaks:
        late = _rests_late(rested, clocks.rest_late[who])
        most = np.maximum(_rests_late(day.end_rested[who], clocks.rest_late[who]), policy.break_late_share)
        tired = (late > most + EPSILON) & ~over
        verdicts.blame(front.pair[tired], Fault.BREAK, late[tired], most[tired])


def _rests_late(rested: Floats, latest: Floats) -> Floats:
    """Share of scenarios in which some break begins late, shape (N,)."""
    late: Floats = (np.isfinite(rested) & (rested > latest[:, :, None])).any(axis=1).mean(axis=1)
    return late
