"""The reference: one step of a technician's day in numpy, all scenarios at once: rest, drive, wait, work.

Arrays are (N, S): N independent walkers, S scenarios. Break states are (N, K, S): the moment at which each break
began, inf while it has not. An unreachable leg (NaN) makes everything behind it NaN; somebody who has gone home
arrives at inf.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goodword.engine.arrays import Floats, Ints
from goodword.engine.layout import Clocks


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Step:
    """Where a step led: times (N, S) and break states (N, K, S)."""

    depart: Floats
    arrive: Floats
    finish: Floats
    rested: Floats


def step(
    clocks: Clocks,
    who: Ints,
    ready: Floats,
    rested: Floats,
    *,
    travel: Floats,
    opens: Floats,
    work: Floats,
    now_s: float,
) -> Step:
    """Go on from where `ready`, drive, wait until the door opens, work.

    Parameters
    ----------
    clocks : Clocks
    who : ndarray of int, shape (N,)
        Technician of each walker.
    ready : ndarray, shape (N, S)
        When the stop before was finished.
    rested : ndarray, shape (N, K, S)
    travel, work : ndarray, shape (N, S)
        Seconds of driving and of work.
    opens : ndarray, shape (N,)
        When the door opens; -inf: always open.
    now_s : float
        Nobody leaves before it: an idle technician waits where he is.
    """
    depart, reach, rested = drive(clocks, who, ready, rested, travel=travel, now_s=now_s)
    arrive, finish, rested = serve(clocks, who, reach, rested, opens=opens, work=work)
    return Step(depart=depart, arrive=arrive, finish=finish, rested=rested)


def drive(
    clocks: Clocks, who: Ints, ready: Floats, rested: Floats, *, travel: Floats, now_s: float
) -> tuple[Floats, Floats, Floats]:
    """Take the breaks that are due, then drive: returns departure, reaching the site, break states."""
    ready, rested = rest_when_due(clocks, who, ready, rested, now_s=now_s)
    depart, reach = through_absences(clocks, who, np.maximum(ready, now_s), travel)
    return depart, reach, rested


def rest_when_due(clocks: Clocks, who: Ints, ready: Floats, rested: Floats, *, now_s: float) -> tuple[Floats, Floats]:
    """Take every break whose earliest time has come; somebody idle since before `now_s` took it on time."""
    if clocks.breaks == 0:
        return ready, rested
    rested = rested.copy()
    for k in range(clocks.breaks):
        earliest = clocks.rest_from[who, k][:, None]
        due = np.isinf(rested[:, k]) & (np.maximum(ready, now_s) >= earliest) & np.isfinite(ready)
        if not due.any():
            continue
        begin = np.maximum(ready, earliest)
        rested[:, k] = np.where(due, begin, rested[:, k])
        ready = np.where(due, begin + clocks.rest_for[who, k][:, None], ready)
    return ready, rested


def serve(
    clocks: Clocks, who: Ints, reach: Floats, rested: Floats, *, opens: Floats, work: Floats
) -> tuple[Floats, Floats, Floats]:
    """Wait for the door, resting meanwhile if there is time for it, then work: arrival, finish, break states."""
    wait = np.maximum(reach, opens[:, None])
    rested = rest_while_waiting(clocks, who, reach, wait, rested)
    arrive, finish = through_absences(clocks, who, wait, work)
    return arrive, finish, rested


def rest_while_waiting(clocks: Clocks, who: Ints, reach: Floats, wait: Floats, rested: Floats) -> Floats:
    """Take the breaks that fit whole between reaching the site and the opening of the door."""
    if clocks.breaks == 0:
        return rested
    rested = rested.copy()
    for k in range(clocks.breaks):
        begin = np.maximum(reach, clocks.rest_from[who, k][:, None])
        over = begin + clocks.rest_for[who, k][:, None]
        fits = np.isinf(rested[:, k]) & (over <= wait)
        if fits.any():
            rested[:, k] = np.where(fits, begin, rested[:, k])
            reach = np.where(fits, over, reach)
    return rested


def through_absences(clocks: Clocks, who: Ints, begin: Floats, length: Floats) -> tuple[Floats, Floats]:
    """Begin and end of something that pauses during absences (it may begin in none)."""
    for b in range(clocks.gone_from.shape[1]):
        gone = clocks.gone_from[who, b][:, None]
        back = clocks.gone_to[who, b][:, None]
        begin = np.where((begin >= gone) & (begin < back), back, begin)
        cut = (begin < gone) & (begin + length > gone)
        length = np.where(cut, length + clocks.gone_for[who, b][:, None], length)
    return begin, begin + length


def go_home(
    clocks: Clocks, who: Ints, ready: Floats, rested: Floats, *, travel: Floats, moves: Ints
) -> tuple[Floats, Floats]:
    """End of the day and break states: at the last site where `moves` is negative, else after the drive home.

    A break that is due when the last visit is over counts as begun then; without a drive it makes nobody later.
    """
    _, reach, after = drive(clocks, who, ready, rested, travel=travel, now_s=-np.inf)
    return np.where((moves < 0)[:, None], ready, reach), after
