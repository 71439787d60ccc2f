"""What the kernels read: named tuples of arrays. T technicians, R rows, S scenarios, B absences, K breaks, P places."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from goodword.engine.arrays import Bools, Floats, Ints


class Fault(IntEnum):
    """Why a pair is not allowed."""

    NONE = 0
    LATE = 1
    FLOOR = 2
    SHIFT = 3
    BREAK = 4
    ABSENT = 5
    PLANNED = 6
    UNJUDGED = 7  # the stop rule came first
    PRUNED = 8  # cannot be cheaper than what its group has


class Facts(NamedTuple):
    """A laid-out problem and its luck; see `layout.Layout`, `layout.Clocks` and `day.Luck` for each field.

    Attributes
    ----------
    gone : shape (T, B, 3)
        Absences: from, to, length.
    rests : shape (T, K, 3)
        Breaks: earliest and latest start, length.
    """

    start: Floats
    end: Floats
    limit: Floats
    gone: Floats
    rests: Floats
    first: Ints
    count: Ints  # type: ignore[assignment]  # it hides the tuple's own method, which nobody calls
    settled: Ints
    home: Ints
    home_leg: Floats
    factor: Floats
    site: Ints
    leg: Floats
    opens: Floats
    closes: Floats
    promised: Bools
    floor: Floats
    price: Floats
    busy_until: Floats
    work: Floats
    road: Floats
    road_home: Floats
    traffic: Floats
    now_s: float


class Base(NamedTuple):
    """The day as it stands: times (R, S), break states (R, K, S), ends (T, S), and what offers compare with.

    Attributes
    ----------
    p_kept, late : shape (R,)
        Kept-probability and expected lateness of each row's window.
    luckiest_road : shape (R,)
        The least travel factor of the drive to each row.
    p_over, overtime, p_rest_late : shape (T,)
        Probability of too much overtime, expected overtime, probability of a late break.
    """

    depart: Floats
    arrive: Floats
    finish: Floats
    rested: Floats
    end: Floats
    end_rested: Floats
    p_kept: Floats
    late: Floats
    luckiest_road: Floats
    p_over: Floats
    overtime: Floats
    p_rest_late: Floats


class Newcomer(NamedTuple):
    """A visit that looks for a place; draws have shape (S,), for the average technician and without the day's part."""

    site: int
    work: Floats
    road: Floats
    least_work: float
    not_before: float
    price: float


class Places(NamedTuple):
    """Places (P) by technician and position.

    Attributes
    ----------
    tech, behind, ahead : shape (P,)
        Technician, the row after which the visit goes in, the row before which (-1: at the end).
    leg_in, leg_out : shape (P,)
        Matrix seconds to the visit and from it to the next row (or home).
    added : shape (P,)
        Driving seconds added, by the matrix; at least 0.
    reach : shape (P, S)
        When the technician would be at the site.
    rested : shape (P, K, S)
        Break states then.
    needed : shape (P,)
        By when the site is reached with the probability that an offer needs.
    """

    tech: Ints
    behind: Ints
    ahead: Ints
    leg_in: Floats
    leg_out: Floats
    added: Floats
    reach: Floats
    rested: Floats
    needed: Floats


class Pairs(NamedTuple):
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


class Rules(NamedTuple):
    """The numbers of `Policy` and `Costs` that the kernels need; `grace` has the hair's breadth in it."""

    offer_at_least: float
    floor_loss: float
    overtime_share: float
    overtime_slack_s: float
    absence_share: float
    break_late_share: float
    grace_s: float
    driving: float
    late_rate: float
    waiting: float
    overtime: float
    most_stops: int


class Verdicts(NamedTuple):
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
