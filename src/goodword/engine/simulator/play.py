"""Play one random day with one policy: who asks, who drives, what goes wrong, what was kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from heapq import heappop, heappush

import numpy as np

from goodword.engine.arrays import Floats
from goodword.engine.simulator.hands import Booked, Doing, Hand, seen
from goodword.engine.simulator.ledger import DayResult, Outcome
from goodword.engine.simulator.policies import Plays
from goodword.engine.simulator.world import HOUR_S, Asked, Luck, World
from goodword.engine.types import Absence, Break, Move, Problem, Request, Route, Stage, WindowOption

LOOKS_EVERY_S = 900.0  # ours: how often somebody looks for promises in danger when nothing has happened
NOBODY_HOME_S = 600.0  # ours: what a visit takes that finds a closed door
GIVES_UP_S = 5_400.0  # ours: so long after shift end nobody begins another visit
EVENING_S = -2.0 * HOUR_S
GRACE_S = 60.0  # P-14


def play(world: World, luck: Luck, policy: Plays, *, looks_every_s: float = LOOKS_EVERY_S) -> DayResult:
    """Play a day.

    Parameters
    ----------
    world : World
    luck : Luck
        Of this world.
    policy : Plays
    looks_every_s : float
        How often `policy.mend` is asked when nothing has happened, seconds.

    Returns
    -------
    DayResult
        The same three, the same result.
    """
    return _Day(world, luck, policy, looks_every_s).played()


class _Day:
    def __init__(self, world: World, luck: Luck, policy: Plays, looks_every_s: float) -> None:
        self.world, self.luck, self.policy, self.looks_every_s = world, luck, policy, looks_every_s
        self.booked: dict[str, Booked] = {}
        self.hands = {
            each.key: Hand(technician=each, site=each.start_site, free_s=each.shift_start_s)
            for each in world.technicians
        }
        self.offered = self.moves = 0
        self.closed = False
        self.queue: list[tuple[float, int, Callable[[float], None]]] = []
        self.order = 0

    def played(self) -> DayResult:
        """Everything that will happen is put in order, then happens."""
        for asked in self.luck.asked:
            self._at(asked.at_s, partial(self._asks, asked=asked))
            if asked.cancels_s is not None:
                self._at(asked.cancels_s, partial(self._cancels, key=asked.key))
        self._at(EVENING_S, self._evening)
        for hand, sick_s in zip(self.hands.values(), self.luck.sick_s, strict=True):
            self._at(hand.technician.shift_start_s, partial(self._free, hand=hand))
            if sick_s is not None:
                self._at(sick_s, partial(self._sick, hand=hand))
        if self.luck.bridge_s is not None:
            self._at(self.luck.bridge_s[0], partial(self._bridge, closed=True))
            self._at(self.luck.bridge_s[1], partial(self._bridge, closed=False))
        for look_s in np.arange(7.75 * HOUR_S, 17.0 * HOUR_S, self.looks_every_s).tolist():
            self._at(look_s, self._mend)
        while self.queue:
            now_s, _, happens = heappop(self.queue)
            happens(now_s)
        return self._result()

    def _at(self, at_s: float, happens: Callable[[float], None]) -> None:
        self.order += 1
        heappush(self.queue, (at_s, self.order, happens))

    # what the office does

    def problem(self, now_s: float) -> Problem:
        """The day as a branch sees it."""
        standing = [each for each in self.booked.values() if not each.void]
        return Problem(
            technicians=tuple(hand.technician for hand in self.hands.values()),
            visits=tuple(each.visit for each in standing),
            routes=tuple(Route(technician=key, visits=tuple(hand.route)) for key, hand in self.hands.items()),
            travel=replace(self.world.travel, seconds=self._seconds()) if self.closed else self.world.travel,
            now_s=now_s, seed=self.luck.seed,
        )  # fmt: skip

    def _seconds(self) -> Floats:
        seconds = np.asarray(self.world.travel.seconds, dtype=np.float64)
        far = self.world.far_side
        return seconds + self.world.detour_s * (far[:, None] != far[None]) if self.closed else seconds

    def _asks(self, now_s: float, asked: Asked) -> None:
        request = Request(visit=seen(asked), windows=self.world.windows, emergency=asked.emergency)
        made = self.policy.offer(self.problem(now_s), request)
        self.offered += bool(made.options)
        option = self._chosen(asked, made.options) or self._chosen(asked, made.further)
        if option is None:
            return
        self.booked[asked.key] = Booked(
            asked=asked, window=option.window, raw=option.p_kept, lead_s=option.window.opens_s - now_s,
            load=self._load(), position=option.position, demand=self._demand(now_s),
        )  # fmt: skip
        self._insert(now_s, asked.key, option.technician, option.position)

    def _chosen(self, asked: Asked, options: tuple[WindowOption, ...]) -> WindowOption | None:
        """The option that the customer likes best; in an emergency the first."""
        if asked.emergency:
            return options[0] if options else None
        likes = dict(zip(self.world.windows, asked.likes, strict=True))
        best = max(options, key=lambda each: likes[each.window], default=None)
        return best if best is not None and likes[best.window] >= 0.0 else None

    def _load(self) -> float:
        there = [hand.technician for hand in self.hands.values() if hand.doing is not Doing.GONE]
        hours_s = sum(each.shift_end_s - each.shift_start_s for each in there)
        return sum(each.asked.believed.mean_s for each in self.booked.values() if not each.void) / max(hours_s, 1.0)

    def _demand(self, now_s: float) -> float:
        """Requests expected on the day from now on, a technician (they come evenly from 7:30 to 15:00)."""
        left = min(max((15.0 * HOUR_S - now_s) / (7.5 * HOUR_S), 0.0), 1.0)
        return self.world.requests * self.world.chances.on_the_day * left / max(len(self.hands), 1)

    def _insert(self, now_s: float, key: str, technician: str, position: int | None) -> None:
        hand = self.hands[technician]
        hand.route.insert(len(hand.route) if position is None else max(position, hand.begun), key)
        self._wake(now_s)

    def _take_out(self, key: str) -> None:
        for hand in self.hands.values():
            if key in hand.route:
                hand.route.remove(key)

    def _wake(self, now_s: float) -> None:
        """Whoever is idle looks at the route again, once it is as it shall be."""
        for hand in self.hands.values():
            if hand.doing is Doing.IDLE:
                self._free(now_s, hand)

    def _mend(self, now_s: float) -> None:
        if not any(each.stage is Stage.PLANNED and not each.void for each in self.booked.values()):
            return
        for move in self.policy.mend(self.problem(now_s)):
            self._apply(now_s, move)

    def _apply(self, now_s: float, move: Move) -> None:
        """A move of the policy, unless the world has moved on."""
        if self.booked[move.visit].stage is not Stage.PLANNED:
            return
        self._take_out(move.visit)
        self.moves += 1
        if move.technician is None:
            self._wake(now_s)
        else:
            self._insert(now_s, move.visit, move.technician, move.position)

    def _evening(self, now_s: float) -> None:
        before = self.problem(now_s)
        after = self.policy.evening(before)
        if after is not before:
            for key, hand in self.hands.items():
                hand.route = list(after.route_of(key))

    # what happens

    def _cancels(self, now_s: float, key: str) -> None:
        booked = self.booked.get(key)
        if booked is not None and booked.stage is Stage.PLANNED:
            booked.void = True
            self._take_out(key)
            self._wake(now_s)

    def _sick(self, now_s: float, hand: Hand) -> None:
        hand.sick = True
        if hand.doing in (Doing.OFF, Doing.IDLE):
            self._goes_home(now_s, hand)

    def _goes_home(self, now_s: float, hand: Hand) -> None:
        gone = Absence(from_s=now_s, to_s=max(hand.technician.shift_end_s, now_s + 1.0))
        hand.technician = replace(hand.technician, absences=(gone,))
        hand.doing, hand.free_s = Doing.GONE, now_s
        del hand.route[hand.begun :]
        self._mend(now_s)

    def _bridge(self, now_s: float, *, closed: bool) -> None:
        self.closed = closed
        self._mend(now_s)

    # what technicians do

    def _free(self, now_s: float, hand: Hand, turn: int | None = None) -> None:
        """Whoever has nothing in hand rests when it is time, else goes on, else waits."""
        if hand.doing in (Doing.BUSY, Doing.GONE) or (turn is not None and turn != hand.turn):
            return
        hand.turn += 1
        hand.doing = Doing.IDLE
        if hand.sick:
            self._goes_home(now_s, hand)
            return
        rest = self._rest(hand)
        if rest is not None and now_s >= rest.earliest_s:
            self._busy(now_s + rest.length_s, hand)
            hand.rested = True
            return
        if hand.next_key is not None and now_s > hand.technician.shift_end_s + GIVES_UP_S:
            del hand.route[hand.begun :]
        leaves_s = self._leaves_s(now_s, hand, rest)
        if hand.next_key is not None and leaves_s <= now_s:
            self._drive(now_s, hand, self.booked[hand.next_key])
        elif np.isfinite(leaves_s):
            self._at(leaves_s, partial(self._free, hand=hand, turn=hand.turn))

    def _rest(self, hand: Hand) -> Break | None:
        return None if hand.rested or not hand.technician.breaks else hand.technician.breaks[0]

    def _leaves_s(self, now_s: float, hand: Hand, rest: Break | None) -> float:
        """When to look again: early enough to be at the door, or to rest there, in time."""
        rests_s = np.inf if rest is None else rest.earliest_s
        if hand.next_key is None:
            return rests_s
        booked = self.booked[hand.next_key]
        leg_s = float(self._seconds()[hand.site, booked.asked.site])
        return min(booked.window.opens_s, rests_s) - 1.5 * leg_s - 600.0

    def _busy(self, until_s: float, hand: Hand) -> None:
        hand.doing = Doing.BUSY
        self._at(until_s, partial(self._done, hand=hand))

    def _done(self, now_s: float, hand: Hand) -> None:
        hand.free_s, hand.doing = now_s, Doing.IDLE
        self._free(now_s, hand)

    def _drive(self, now_s: float, hand: Hand, booked: Booked) -> None:
        leg_s = float(self._seconds()[hand.site, booked.asked.site]) * self.luck.day_factor * booked.asked.leg
        booked.left_s = now_s
        hand.begun, hand.doing, hand.site = hand.begun + 1, Doing.BUSY, booked.asked.site
        hand.driving_s += leg_s
        reach_s = now_s + leg_s
        door_s = max(reach_s, booked.window.opens_s)
        rest = self._rest(hand)
        if rest is not None and max(reach_s, rest.earliest_s) + rest.length_s <= door_s:
            hand.rested = True
        self._at(door_s, partial(self._arrive, hand=hand, booked=booked))

    def _arrive(self, now_s: float, hand: Hand, booked: Booked) -> None:
        booked.arrived_s = now_s
        works_s = booked.asked.work_s * hand.technician.duration_factor if booked.asked.opens_door else NOBODY_HOME_S

        def done(at_s: float) -> None:
            booked.finished_s = at_s
            self._done(at_s, hand)

        self._at(now_s + works_s, done)

    # what is left

    def _result(self) -> DayResult:
        outcomes = tuple(self._outcome(each) for each in self.booked.values() if not each.void)
        return DayResult(
            policy=self.policy.name, day=self.luck.seed, asked=len(self.luck.asked), offered=self.offered,
            promised=len(self.booked), served=sum(each.late_s is not None for each in outcomes),
            broken=sum(not each.kept for each in outcomes), void=len(self.booked) - len(outcomes), moves=self.moves,
            overtime_s=sum(self._overtime_s(hand) for hand in self.hands.values()),
            driving_s=sum(hand.driving_s + self._home_s(hand) for hand in self.hands.values()), outcomes=outcomes,
        )  # fmt: skip

    def _outcome(self, booked: Booked) -> Outcome:
        late_s = None if booked.arrived_s is None else max(booked.arrived_s - booked.window.closes_s, 0.0)
        return Outcome(
            visit=booked.asked.key, day=self.luck.seed, window=booked.window, raw=booked.raw, lead_s=booked.lead_s,
            load=booked.load, position=booked.position, demand=booked.demand, emergency=booked.asked.emergency,
            kept=late_s is not None and late_s <= GRACE_S, late_s=late_s,
        )  # fmt: skip

    def _home_s(self, hand: Hand) -> float:
        home = hand.technician.end_site
        return 0.0 if home is None else float(self.world.travel.seconds[hand.site, home]) * self.luck.day_factor

    def _overtime_s(self, hand: Hand) -> float:
        if hand.begun == 0:
            return 0.0
        return max(hand.free_s + self._home_s(hand) - hand.technician.shift_end_s, 0.0)
