"""One step of a technician's day in one scenario: rest, drive, wait, work. The one place where a day is walked.

An unreachable leg (NaN) makes everything behind it NaN; somebody who has gone home arrives at inf.
"""

from __future__ import annotations

import numpy as np

from goodword.engine.arrays import Floats
from goodword.engine.kernel.compiled import compiled, inlined
from goodword.engine.kernel.tables import Facts

LONGEST_LATE_S = 86_400.0  # "never" counts as a day


@compiled
def later(a: float, b: float) -> float:
    """The later of two times; unknown (NaN) wins."""
    return a if (a != a or a >= b) else b


@compiled
def through_absences(gone: Floats, begin: Floats, length: Floats) -> None:
    """Let things pause in absences `gone` (B, 3), in which they may not begin; `length` becomes the end."""
    for b in range(gone.shape[0]):
        leaves, back, lasts = gone[b, 0], gone[b, 1], gone[b, 2]
        if leaves == np.inf:
            continue
        for s in range(len(begin)):
            begin[s] = back if (begin[s] >= leaves) & (begin[s] < back) else begin[s]
        for s in range(len(begin)):
            cut = (begin[s] < leaves) & (begin[s] + length[s] > leaves)
            length[s] = length[s] + lasts if cut else length[s]
    for s in range(len(begin)):
        length[s] = begin[s] + length[s]


@compiled
def drive(
    rests: Floats, gone: Floats, ready: Floats, rested: Floats, leg: float, road: Floats, now_s: float, depart: Floats
) -> None:
    """Take every break whose earliest time has come, then drive: `ready` (S,) becomes reaching the site.

    Nobody leaves before `now_s` (an idle technician waits where he is; one idle since before took his break on time).
    `rested` (K, S) is written too: the moment at which each break began, inf while it has not.
    """
    for k in range(rested.shape[0]):
        earliest, lasts, row = rests[k, 0], rests[k, 2], rested[k]
        for s in range(len(ready)):
            at, took = ready[s], row[s]
            begin = later(at, earliest)
            due = (took == np.inf) & (later(at, now_s) >= earliest) & (at < np.inf)
            row[s] = begin if due else took
            ready[s] = begin + lasts if due else at
    for s in range(len(ready)):
        depart[s] = later(ready[s], now_s)
    for s in range(len(ready)):
        ready[s] = leg * road[s]
    through_absences(gone, depart, ready)


@compiled
def serve(
    rests: Floats, gone: Floats, ready: Floats, rested: Floats, opens: float, work: Floats, factor: float,
    arrive: Floats,
) -> None:  # fmt: skip
    """Wait for the door, taking the breaks that fit whole meanwhile, then work: `ready` becomes the finish."""
    for s in range(len(ready)):
        arrive[s] = later(ready[s], opens)
    for k in range(rested.shape[0]):
        earliest, lasts, row = rests[k, 0], rests[k, 2], rested[k]
        for s in range(len(ready)):
            at, took = ready[s], row[s]
            begin = later(at, earliest)
            fits = (took == np.inf) & (begin + lasts <= arrive[s])
            row[s] = begin if fits else took
            ready[s] = begin + lasts if fits else at
    for s in range(len(ready)):
        ready[s] = work[s] * factor
    through_absences(gone, arrive, ready)


@inlined
def walk_row(facts: Facts, t: int, row: int, leg: float, ready: Floats, rested: Floats, arrive: Floats) -> None:
    """Go on to a row in every scenario; `ready` (S,), `rested` (K, S) and `arrive` (S,) are written."""
    drive(facts.rests[t], facts.gone[t], ready, rested, leg, facts.road[row], facts.now_s, arrive)
    serve(facts.rests[t], facts.gone[t], ready, rested, facts.opens[row], facts.work[row], 1.0, arrive)


@inlined
def go_home(facts: Facts, t: int, leg: float, ready: Floats, rested: Floats, end: Floats) -> None:
    """End of the day in every scenario: at the last site when there is no way home, else after the drive.

    A break that is due when the last visit is over counts as begun then; without a drive it makes nobody later.
    """
    rests, gone, home = facts.rests[t], facts.gone[t], facts.road_home[t]
    homeward(rests, gone, ready, rested, leg, home, facts.home[t] >= 0, end, np.empty(len(ready)))


@compiled
def homeward(
    rests: Floats, gone: Floats, ready: Floats, rested: Floats, leg: float, road: Floats, moves: bool, end: Floats,
    spare: Floats,
) -> None:  # fmt: skip
    """`go_home` for one technician; `moves`: there is a way home."""
    end[:] = ready
    drive(rests, gone, ready, rested, leg, road, -np.inf, spare)
    if moves:
        end[:] = ready


@compiled
def share_late(times: Floats, limit: float) -> float:
    """Share of scenarios that come after `limit`; unknown counts as late."""
    late = 0
    for s in range(len(times)):
        late += not times[s] <= limit
    return float(late / len(times))


@compiled
def mean_excess(times: Floats, limit: float) -> float:
    """Mean of `times - limit` where positive: never is a day, unknown is 0."""
    if limit == np.inf:
        return 0.0
    total = 0.0
    for s in range(len(times)):
        over = times[s] - limit
        if over > 0.0:
            total += min(over, LONGEST_LATE_S)
    return float(total / len(times))


@compiled
def share_resting_late(rests: Floats, rested: Floats) -> float:
    """Share of scenarios in which some break of `rested` (K, S) begins late."""
    late = 0
    for s in range(rested.shape[1]):
        for k in range(rested.shape[0]):
            if np.isfinite(rested[k, s]) and rested[k, s] > rests[k, 1]:
                late += 1
                break
    return float(late / rested.shape[1])


@compiled
def order_statistic(draws: Floats, index: int, room: Floats) -> float:
    """The draw with `index` smaller ones; `room` holds as many as are not smaller; any NaN gives NaN."""
    most, held = len(draws) - index, 0
    for s in range(len(draws)):
        x = draws[s]
        if x != x:
            return float(x)
        if held == most and x <= room[0]:
            continue
        i = held if held < most else 0
        if held < most:
            held += 1
            while i > 0 and room[i - 1] > x:
                room[i] = room[i - 1]
                i -= 1
        else:
            while i + 1 < most and room[i + 1] < x:
                room[i] = room[i + 1]
                i += 1
        room[i] = x
    return float(room[0])
