"""What the search for a plan reads and writes, and what one route costs: `walk` is the one place.

T technicians, N visits, S scenarios, K breaks, L most visits on a route.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np

from goodword.engine.arrays import Bools, Floats, Ints
from goodword.engine.kernel.compiled import compiled, inlined
from goodword.engine.kernel.drawing import mixed
from goodword.engine.kernel.steps import LONGEST_LATE_S, drive, mean_excess, serve, share_late, share_resting_late
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
    LIMITS = 7  # breaking a limit; no plan that is kept has it


DRIVING, WAITING, OVERTIME, BROKEN, LATENESS, CHANGE, UNSERVED, LIMITS = (int(each) for each in Part)
PARTS = len(Part)
GRACE, NOW = PARTS, PARTS + 1  # further columns of `Town.rates`
START, HOME, END, LIMIT, FACTOR, MAY_OVER, MAY_REST, MAY_CUT = range(8)  # columns of `Town.people`
SITE, OPENS, CLOSES, PRICE, DROP, BOUND = range(6)  # columns of `Town.visits`


class Town(NamedTuple):
    """A problem as the search sees it: few arrays, since each of them costs time to compile and to hand over.

    Attributes
    ----------
    seconds : shape (sites, sites)
    people : shape (T, 8)
        Columns: where the open route begins and ends (-1: nowhere), shift end, tolerable overtime, duration factor,
        and the allowed probabilities of too much overtime, of a late break, of work cut by an absence.
    ready, rested : shape (T, S), (T, K, S)
        When the open route begins, and the breaks taken until then.
    rests, gone, traffic, road_home
        As in `tables.Facts`.
    visits : shape (N, 6)
        Columns: site, earliest begin, end of the window, price of a surely missed promise (0 without one), price of
        leaving it out, the technician to whom it is bound (-1: nobody).
    work, road : shape (N, S)
    able : shape (T, N)
    dear : shape (T, N)
        Price when this technician makes the visit: not one whom the customer prefers, or not able to.
    near : shape (N, M)
        Visits that could stand beside each visit, nearest first; -1: no more.
    rates : shape (PARTS + 2,)
        Prices where `Part` has them (lateness per second, as a share of the promise), then the grace and now, seconds.
    """

    seconds: Matrix
    people: Floats
    ready: Floats
    rested: Floats
    rests: Floats
    gone: Floats
    traffic: Floats
    road_home: Floats
    visits: Floats
    work: Floats
    road: Floats
    able: Bools
    dear: Floats
    near: Ints
    rates: Floats


class Tours(NamedTuple):
    """A plan under way; row p of `ready`, `rested` and `spent` is the state after p visits.

    Attributes
    ----------
    stops, count : shape (T, L), (T,)
    ready, rested, spent : shape (T, L + 1, S), (T, L + 1, K, S), (T, L + 1)
        `spent` without driving.
    cost : shape (T,)
    spot : shape (N, 2)
        Technician and position; -1: left out.
    """

    stops: Ints
    count: Ints  # type: ignore[assignment]  # it hides the tuple's own method, which nobody calls
    ready: Floats
    rested: Floats
    spent: Floats
    cost: Floats
    spot: Ints


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
    """What the driving of a route costs, with its way home."""
    total, at = 0.0, int(town.people[t, START])
    for p in range(count):
        site = int(town.visits[stops[p], SITE])
        total += leg_cost(town.seconds, at, site)
        at = site
    return float(town.rates[DRIVING]) * (total + leg_cost(town.seconds, at, int(town.people[t, HOME])))


@inlined
def visited(town: Town, t: int, v: int, leg: float, room: Room) -> float:
    """Go on to a visit and make it; returns what it adds to the cost, without driving."""
    ready, arrive, road, scenarios = room.ready, room.arrive, room.road, len(room.ready)
    price, closes, factor, parts = town.visits[v, PRICE], town.visits[v, CLOSES], town.people[t, FACTOR], room.parts
    room.steps[0] += 1
    for s in range(scenarios):
        road[s] = town.road[v, s] * town.traffic[t, s]
    drive(town.rests[t], town.gone[t], ready, room.rested, leg, road, town.rates[NOW], arrive)
    road[:] = ready
    serve(town.rests[t], town.gone[t], ready, room.rested, town.visits[v, OPENS], town.work[v], factor, arrive)
    waits = 0.0
    for s in range(scenarios):
        wait = arrive[s] - road[s]
        waits += min(wait, LONGEST_LATE_S) if wait > 0.0 else 0.0
    waits *= town.rates[WAITING] / scenarios
    broken, late, limits = 0.0, 0.0, 0.0
    if price > 0.0:
        broken = price * share_late(arrive, closes + town.rates[GRACE])
        late = price * town.rates[LATENESS] * mean_excess(arrive, closes)
    if town.gone.shape[1]:
        cut = 0.0
        for s in range(scenarios):
            cut += not ready[s] <= arrive[s] + town.work[v, s] * factor + 1.0
        over = cut / scenarios - town.people[t, MAY_CUT]
        limits = HARD * (1.0 + over) if over > EPSILON else 0.0
    parts[WAITING] += waits
    parts[BROKEN] += broken
    parts[LATENESS] += late
    parts[CHANGE if town.able[t, v] else UNSERVED] += town.dear[t, v]
    parts[LIMITS] += limits
    return float(waits + broken + late + limits + town.dear[t, v])


@inlined
def went_home(town: Town, t: int, leg: float, room: Room) -> float:
    """End the day; returns what overtime costs, and what breaking its limits does."""
    end, ready, scenarios = room.arrive, room.ready, len(room.ready)
    shift_end = town.people[t, END]
    room.road[:] = ready
    drive(town.rests[t], town.gone[t], ready, room.rested, leg, town.road_home[t], -np.inf, end)
    end[:] = ready if town.people[t, HOME] >= 0.0 else room.road
    over, extra = 0, 0.0
    for s in range(scenarios):
        over += not end[s] <= shift_end + town.people[t, LIMIT]
        late = end[s] - shift_end
        extra += min(late, LONGEST_LATE_S) if late > 0.0 else (0.0 if late == late else LONGEST_LATE_S)
    extra *= town.rates[OVERTIME] / scenarios
    too_long = over / scenarios - town.people[t, MAY_OVER]
    tired = share_resting_late(town.rests[t], room.rested) - town.people[t, MAY_REST]
    limits = HARD * (1.0 + too_long) if too_long > EPSILON else 0.0
    limits += HARD * (1.0 + tired) if tired > EPSILON else 0.0
    room.parts[OVERTIME] += extra
    room.parts[LIMITS] += limits
    return float(extra + limits)


@compiled
def walk(
    town: Town, tours: Tours, t: int, stops: Ints, count: int, begin: int, bar: float, keep: bool, room: Room
) -> float:
    """Cost of a route that is as it was up to `begin`; infinite as soon as it is no less than `bar`.

    `keep` makes it the technician's route; give an infinite bar then.
    """
    total, way = tours.spent[t, begin], driven(town, t, stops, count)
    if total + way >= bar:
        return np.inf
    room.ready[:], room.rested[:] = tours.ready[t, begin], tours.rested[t, begin]
    at = int(town.people[t, START]) if begin == 0 else int(town.visits[stops[begin - 1], SITE])
    for p in range(begin, count):
        v = stops[p]
        site = int(town.visits[v, SITE])
        total += visited(town, t, v, float(town.seconds[at, site]), room)
        if total + way >= bar:
            return np.inf
        at = site
        if keep:
            tours.ready[t, p + 1], tours.rested[t, p + 1], tours.spent[t, p + 1] = room.ready, room.rested, total
            tours.stops[t, p], tours.spot[v, 0], tours.spot[v, 1] = v, t, p
    home = int(town.people[t, HOME])
    room.parts[DRIVING] += way
    total += way + went_home(town, t, 0.0 if home < 0 else float(town.seconds[at, home]), room)
    if keep:
        tours.count[t], tours.cost[t] = count, total
    return total if total < bar else np.inf


@compiled
def total_cost(town: Town, tours: Tours) -> float:
    """The cost of all routes and of the visits left out."""
    total = 0.0
    for t in range(len(tours.count)):
        total += tours.cost[t]
    for v in range(len(tours.spot)):
        total += town.visits[v, DROP] if tours.spot[v, 0] < 0 else 0.0
    return total


@compiled
def set_routes(town: Town, tours: Tours, stops: Ints, count: Ints, room: Room) -> None:
    """Make these the routes: `stops` (T, any), `count` (T,); `room.parts` becomes their named costs."""
    tours.spot[:], room.parts[:] = -1, 0.0
    for t in range(len(count)):
        room.left[: count[t]] = stops[t, : count[t]]
        walk(town, tours, t, room.left, count[t], 0, np.inf, True, room)


@compiled
def roll(room: Room) -> float:
    """The next random number, 0 to below 1 (SplitMix64, see `scenarios`)."""
    room.dice[0] += np.uint64(0x9E3779B97F4A7C15)
    return float(mixed(room.dice[0]) >> np.uint64(11)) * 2.0**-53


@compiled
def may_take(town: Town, t: int, v: int) -> bool:
    """Whether a technician may be given a visit."""
    bound = town.visits[v, BOUND]
    return bool(town.able[t, v] and (bound < 0.0 or bound == t))
