"""What the search for a plan reads and writes, and what one route costs: `price` is the one place.

T technicians, N visits, S scenarios, K breaks, L most visits on a route.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np

from goodword.engine.arrays import Bools, Floats, Ints
from goodword.engine.kernel.compiled import compiled, inlined
from goodword.engine.kernel.drawing import mixed
from goodword.engine.kernel.steps import LONGEST_LATE_S, drive, go_home, mean_excess, serve, share_late, share_resting_late
from goodword.engine.kernel.tables import Facts
from goodword.engine.types.roads import Matrix

HARD = 1.0e8  # breaking a limit costs more than anything it could save
EPSILON = 1e-9


class Part(IntEnum):
    """Where each named cost stands in `Room.parts`."""

    DRIVING = 0
    WAITING = 1
    OVERTIME = 2
    BROKEN = 3
    LATENESS = 4
    CHANGE = 5
    UNSERVED = 6
    LIMITS = 7


DRIVING, WAITING, OVERTIME, BROKEN, LATENESS, CHANGE, UNSERVED, LIMITS = (int(each) for each in Part)
PARTS = len(Part)


class Town(NamedTuple):
    """A problem as the search sees it.

    Attributes
    ----------
    facts : Facts
        Read for shifts, absences, breaks, factors, traffic and the way home.
    seconds : shape (sites, sites)
    start : shape (T,)
        Site where the open part of each route begins: behind what has begun.
    ready, rested : shape (T, S), (T, K, S)
        When it begins, and the breaks taken until then.
    may_over, may_rest, may_cut : shape (T,)
        Probabilities that count as allowed: of too much overtime, of a late break, of work cut by an absence.
    site, opens, closes, price, drop, fixed : shape (N,)
        `price` of a surely missed promise, 0 without one; `drop` of leaving the visit out; `fixed`: the technician to
        whom it is pinned, -1 to nobody.
    work, road : shape (N, S)
    able : shape (T, N)
    lacking, strange : shape (T, N)
        Price when this technician must not make this visit, or is not one whom the customer prefers.
    near : shape (N, M)
        Visits that could stand beside each visit, nearest first; -1: no more.
    """

    facts: Facts
    seconds: Matrix
    start: Ints
    ready: Floats
    rested: Floats
    may_over: Floats
    may_rest: Floats
    may_cut: Floats
    site: Ints
    opens: Floats
    closes: Floats
    price: Floats
    drop: Floats
    fixed: Ints
    work: Floats
    road: Floats
    able: Bools
    lacking: Floats
    strange: Floats
    near: Ints
    driving: float
    waiting: float
    overtime: float
    late_rate: float
    grace_s: float


class Tours(NamedTuple):
    """A plan under way; row p of `ready`, `rested` and `spent` is the state after p visits.

    Attributes
    ----------
    stops, count : shape (T, L), (T,)
    ready, rested, spent : shape (T, L + 1, S), (T, L + 1, K, S), (T, L + 1)
        `spent` without driving.
    cost : shape (T,)
    who, place : shape (N,)
        Technician and position; -1: left out.
    """

    stops: Ints
    count: Ints  # type: ignore[assignment]  # it hides the tuple's own method, which nobody calls
    ready: Floats
    rested: Floats
    spent: Floats
    cost: Floats
    who: Ints
    place: Ints


class Room(NamedTuple):
    """Room to work in, and the state of the dice; `steps` counts visits walked."""

    ready: Floats
    rested: Floats
    arrive: Floats
    road: Floats
    left: Ints
    right: Ints
    parts: Floats
    steps: Ints
    dice: Any


@compiled
def leg_cost(seconds: Matrix, origin: int, target: int) -> float:
    """Matrix seconds; 0 where there is nowhere to go (-1), a day where no road leads."""
    if target < 0:
        return 0.0
    leg = float(seconds[origin, target])
    return leg if leg == leg else LONGEST_LATE_S


@compiled
def driven(town: Town, t: int, stops: Ints, count: int) -> float:
    """Driving seconds of a route with its way home."""
    total, at = 0.0, town.start[t]
    for p in range(count):
        total += leg_cost(town.seconds, at, town.site[stops[p]])
        at = town.site[stops[p]]
    return total + leg_cost(town.seconds, at, town.facts.home[t])


@compiled
def visited(town: Town, t: int, v: int, leg: float, room: Room) -> float:
    """Go on to a visit and make it; returns what it adds to the cost, without driving."""
    facts, ready, arrive, road, scenarios = town.facts, room.ready, room.arrive, room.road, len(room.ready)
    room.steps[0] += 1
    for s in range(scenarios):
        road[s] = town.road[v, s] * facts.traffic[t, s]
    drive(facts.rests[t], facts.gone[t], ready, room.rested, leg, road, facts.now_s, arrive)
    road[:] = ready
    serve(facts.rests[t], facts.gone[t], ready, room.rested, town.opens[v], town.work[v], facts.factor[t], arrive)
    waits = 0.0
    for s in range(scenarios):
        wait = arrive[s] - road[s]
        waits += min(wait, LONGEST_LATE_S) if wait > 0.0 else 0.0
    waits *= town.waiting / scenarios
    broken, late, limits = 0.0, 0.0, 0.0
    if town.price[v] > 0.0:
        broken = town.price[v] * share_late(arrive, town.closes[v] + town.grace_s)
        late = town.price[v] * town.late_rate * mean_excess(arrive, town.closes[v])
    if facts.gone.shape[1]:
        cut = 0.0
        for s in range(scenarios):
            cut += not ready[s] <= arrive[s] + town.work[v, s] * facts.factor[t] + 1.0
        over = cut / scenarios - town.may_cut[t]
        limits = HARD * (1.0 + over) if over > EPSILON else 0.0
    parts = room.parts
    parts[WAITING] += waits
    parts[BROKEN] += broken
    parts[LATENESS] += late
    parts[CHANGE] += town.strange[t, v]
    parts[UNSERVED] += town.lacking[t, v]
    parts[LIMITS] += limits
    return waits + broken + late + limits + town.strange[t, v] + town.lacking[t, v]


@compiled
def went_home(town: Town, t: int, leg: float, room: Room) -> float:
    """End the day; returns what overtime costs, and what breaking its limits does."""
    facts, end, scenarios = town.facts, room.arrive, len(room.ready)
    go_home(facts, t, leg, room.ready, room.rested, end)
    over, extra = 0, 0.0
    for s in range(scenarios):
        over += not end[s] <= facts.end[t] + facts.limit[t]
        late = end[s] - facts.end[t]
        extra += min(late, LONGEST_LATE_S) if late > 0.0 else (0.0 if late == late else LONGEST_LATE_S)
    extra *= town.overtime / scenarios
    too_long = over / scenarios - town.may_over[t]
    tired = share_resting_late(facts.rests[t], room.rested) - town.may_rest[t]
    limits = (HARD * (1.0 + too_long) if too_long > EPSILON else 0.0) + (
        HARD * (1.0 + tired) if tired > EPSILON else 0.0
    )
    room.parts[OVERTIME] += extra
    room.parts[LIMITS] += limits
    return extra + limits


@compiled
def price(town: Town, tours: Tours, t: int, stops: Ints, count: int, begin: int, bar: float, room: Room) -> float:
    """Cost of a route that is as it was up to `begin`; infinite as soon as it is no less than `bar`."""
    total = tours.spent[t, begin] + town.driving * driven(town, t, stops, count)
    if total >= bar:
        return np.inf
    room.ready[:], room.rested[:] = tours.ready[t, begin], tours.rested[t, begin]
    at = town.start[t] if begin == 0 else town.site[stops[begin - 1]]
    for p in range(begin, count):
        v = stops[p]
        total += visited(town, t, v, float(town.seconds[at, town.site[v]]), room)
        if total >= bar:
            return np.inf
        at = town.site[v]
    home = town.facts.home[t]
    total += went_home(town, t, 0.0 if home < 0 else float(town.seconds[at, home]), room)
    return total if total < bar else np.inf


@compiled
def write(town: Town, tours: Tours, t: int, stops: Ints, count: int, begin: int, room: Room) -> None:
    """Make this the technician's route; unchanged up to `begin`."""
    at = town.start[t] if begin == 0 else town.site[stops[begin - 1]]
    room.ready[:], room.rested[:] = tours.ready[t, begin], tours.rested[t, begin]
    for p in range(begin, count):
        v = stops[p]
        added = visited(town, t, v, float(town.seconds[at, town.site[v]]), room)
        tours.ready[t, p + 1], tours.rested[t, p + 1] = room.ready, room.rested
        tours.spent[t, p + 1] = tours.spent[t, p] + added
        tours.stops[t, p], tours.who[v], tours.place[v] = v, t, p
        at = town.site[v]
    tours.count[t] = count
    home = town.facts.home[t]
    end = went_home(town, t, 0.0 if home < 0 else float(town.seconds[at, home]), room)
    tours.cost[t] = tours.spent[t, count] + end + town.driving * driven(town, t, stops, count)


@compiled
def account(town: Town, tours: Tours, room: Room) -> Floats:
    """Named costs of the whole plan, shape (PARTS,); the driving of each route among them, without visits left out."""
    room.parts[:] = 0.0
    for t in range(len(tours.count)):
        room.left[: tours.count[t]] = tours.stops[t, : tours.count[t]]
        write(town, tours, t, room.left, tours.count[t], 0, room)
        room.parts[DRIVING] += town.driving * driven(town, t, room.left, tours.count[t])
    return room.parts.copy()


@compiled
def total_cost(town: Town, tours: Tours) -> float:
    """The cost of all routes and of the visits left out."""
    total = 0.0
    for t in range(len(tours.count)):
        total += tours.cost[t]
    for v in range(len(tours.who)):
        total += town.drop[v] if tours.who[v] < 0 else 0.0
    return total


@compiled
def roll(room: Room) -> float:
    """The next random number, 0 to below 1 (SplitMix64, see `scenarios`)."""
    room.dice[0] += np.uint64(0x9E3779B97F4A7C15)
    return float(mixed(room.dice[0]) >> np.uint64(11)) * 2.0**-53


@inlined
def may_take(town: Town, t: int, v: int) -> bool:
    """Whether a technician may be given a visit."""
    return bool(town.able[t, v] and (town.fixed[v] < 0 or town.fixed[v] == t))
