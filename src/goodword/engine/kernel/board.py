"""The plan while it is being changed, row by row. T technicians, V visits, S scenarios, K breaks."""

from __future__ import annotations

from typing import NamedTuple

from goodword.engine.arrays import Bools, Floats, Ints


class Board(NamedTuple):
    """Visits that have not begun (V), and rows (R) in which they stand.

    Attributes
    ----------
    site, origin, kind : shape (V,)
        Where it is; whose it was (-1: nobody's); which row of `able` and `change` it reads.
    bound : shape (V,)
        May not change its technician.
    opens, closes, price, missing : shape (V,)
        Its window, what a miss costs and what it costs when nobody comes.
    work, road : shape (V, S)
        Draws, without anybody's factor.
    able : shape (C, T)
        Who may make visits of each kind.
    change : shape (C, T)
        What it costs that this person comes instead of a preferred one.
    start, begin, room : shape (T,)
        Site and row from which the route may be changed; how many visits its rows can hold.
    count, order, where : shapes (T,), (R,), (V,)
        Visits of each route; the visit in each row; the technician of each visit (-1: nobody).
    ready, arrive, rested, cost : shapes (R, S), (R, S), (R, K, S), (R,)
        Leaving each row, arriving at it, break states then, what its visit costs.
    ends : shape (T, 3)
        Expected overtime, probability of too much of it, probability of a late break.
    usual : shape (T,)
        What each route cost beyond its driving before the disruption: nobody is moved for that.
    """

    site: Ints
    origin: Ints
    kind: Ints
    bound: Bools
    opens: Floats
    closes: Floats
    price: Floats
    missing: Floats
    work: Floats
    road: Floats
    able: Bools
    change: Floats
    start: Ints
    begin: Ints
    room: Ints
    count: Ints  # type: ignore[assignment]  # it hides the tuple's own method, which nobody calls
    order: Ints
    where: Ints
    ready: Floats
    arrive: Floats
    rested: Floats
    cost: Floats
    ends: Floats
    usual: Floats


class Prices(NamedTuple):
    """What a repair weighs, and its stop rule; see `Costs`, `Policy` and `RepairEffort`."""

    driving: float
    overtime: float
    broken: float
    late_rate: float
    notice: float
    grace_s: float
    overtime_share: float
    break_late_share: float
    absence_share: float
    least_gain: float
    most_moves: int
    most_walks: int
