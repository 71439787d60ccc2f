"""The stops behind an insertion, walked again for many insertions at once until nobody is late because of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goodword.engine.arrays import Bools, Floats, Ints
from goodword.engine.offers.places import Ask, Places
from goodword.engine.walk import Step, go_home, serve, step


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Pairs:
    """Places with windows (N).

    Attributes
    ----------
    place : shape (N,)
        Index into `Places`.
    opens, closes : shape (N,)
    group : shape (N,)
        Of each group one pair is wanted: a window's index, or for emergencies a technician's.
    lower : shape (N,)
        Least cost that the pair can turn out to have.
    """

    place: Ints
    opens: Floats
    closes: Floats
    group: Ints
    lower: Floats

    def take(self, index: Ints) -> Pairs:
        """The pairs at these indices."""
        return Pairs(
            place=self.place[index], opens=self.opens[index], closes=self.closes[index], group=self.group[index],
            lower=self.lower[index],
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Front:
    """Walkers on their way through the rest of a route.

    Attributes
    ----------
    pair, row : shape (A,)
        Which pair walks, and the row it comes to next; -1: only the end of the day is left.
    leg : shape (A,)
        Matrix seconds to it.
    ready : shape (A, S)
    rested : shape (A, K, S)
    who : shape (A,)
        Technicians.
    """

    pair: Ints
    row: Ints
    leg: Floats
    ready: Floats
    rested: Floats
    who: Ints

    def keep(self, mask: Bools) -> Front:
        """The walkers that go on."""
        return Front(
            pair=self.pair[mask], row=self.row[mask], leg=self.leg[mask], ready=self.ready[mask],
            rested=self.rested[mask], who=self.who[mask],
        )  # fmt: skip


def stand(ask: Ask, places: Places, pairs: Pairs) -> tuple[Floats, Floats, Floats, Floats]:
    """The new visit itself: arrival, finish (N, S), break states (N, K, S) and pure work (N, S)."""
    who = places.tech[pairs.place]
    layout = ask.day.layout
    work = ask.work * layout.factor[who, None]
    not_before = -np.inf if ask.visit.not_before_s is None else ask.visit.not_before_s
    arrive, finish, rested = serve(
        layout.clocks, who, places.reach[pairs.place], places.rested[pairs.place],
        opens=np.maximum(pairs.opens, not_before), work=work,
    )  # fmt: skip
    return arrive, finish, rested, work


def front_of(places: Places, pairs: Pairs, finish: Floats, rested: Floats, walkers: Ints) -> Front:
    """Walkers (indices of pairs) that have just finished the new visit."""
    place = pairs.place[walkers]
    return Front(
        pair=walkers, row=places.ahead[place], leg=places.leg_out[place], ready=finish[walkers],
        rested=rested[walkers], who=places.tech[place],
    )  # fmt: skip


def next_stop(ask: Ask, front: Front) -> Step:
    """Walk every walker to its next row; all must have one."""
    day, layout = ask.day, ask.day.layout
    return step(
        layout.clocks, front.who, front.ready, front.rested, travel=front.leg[:, None] * day.luck.road[front.row],
        opens=layout.opens[front.row], work=day.luck.work[front.row], now_s=ask.problem.now_s,
    )  # fmt: skip


def caught_up(ask: Ask, front: Front, made: Step) -> Bools:
    """Walkers that are nowhere later, and rest nowhere later, than they would have without the insertion."""
    in_time = (made.finish <= ask.day.finish[front.row]).all(axis=1)
    if made.rested.shape[1]:
        in_time &= (made.rested <= ask.day.rested[front.row]).all(axis=(1, 2))
    caught: Bools = in_time
    return caught


def onward(ask: Ask, front: Front, made: Step, going: Bools) -> Front:
    """Put the walkers that go on before their next row, or before the way home."""
    layout = ask.day.layout
    row, who = front.row[going], front.who[going]
    last = row == layout.last[who]
    following = np.where(last, -1, row + 1)
    return Front(
        pair=front.pair[going], row=following, leg=np.where(last, layout.home_leg[who], layout.leg[following]),
        ready=made.finish[going], rested=made.rested[going], who=who,
    )  # fmt: skip


def day_ends(ask: Ask, front: Front) -> tuple[Floats, Floats]:
    """End of the day (A, S) and break states of walkers that have no further row."""
    day = ask.day
    travel = front.leg[:, None] * day.luck.road_home[front.who]
    return go_home(
        day.layout.clocks, front.who, front.ready, front.rested, travel=travel, moves=day.layout.home[front.who]
    )
