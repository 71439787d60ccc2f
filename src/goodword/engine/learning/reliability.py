"""Is what we state true? Tiers of stated probability beside the share that was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

from goodword.engine.arrays import Bools, Floats, Ints
from goodword.engine.statistics import Interval, wilson

TIERS = (0.0, 0.5, 0.8, 0.9, 0.935, 0.965, 0.98, 0.995, 1.0)  # ours


@dataclass(frozen=True, kw_only=True, slots=True)
class Tier:
    """Promises stated from `low` to below `high` (1 belongs to the last).

    Attributes
    ----------
    stated : float or None
        Mean of what was stated; None: nothing was.
    kept : Interval
        Share kept, with its 95 % interval.
    """

    low: float
    high: float
    stated: float | None
    kept: Interval


@dataclass(frozen=True, kw_only=True, slots=True)
class Reliability:
    """The table and three numbers.

    Attributes
    ----------
    tiers : tuple of Tier
    n, days : int
    brier, brier_constant : float or None
        Of what was stated, and of always stating the mean: what stating different numbers is worth.
    error : float or None
        Mean distance between stated and kept over tiers, weighed by their promises. Chance alone makes it positive.
    """

    tiers: tuple[Tier, ...]
    n: int
    days: int
    brier: float | None
    brier_constant: float | None
    error: float | None


def reliability(stated: Floats, kept: Floats, day: Ints, *, tiers: Sequence[float] = TIERS) -> Reliability:
    """Compare what was stated with what was kept.

    Parameters
    ----------
    stated : ndarray, shape (n,)
        Probabilities.
    kept : ndarray, shape (n,)
        1 or 0.
    day : ndarray of int, shape (n,)
        Promises of one day share its luck and are no independent witnesses: intervals are clustered by it.
    tiers : sequence of float
        Ascending bounds.

    Returns
    -------
    Reliability

    References
    ----------
    Brier (1950), Monthly Weather Review 78(1), 1-3. doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2
    """
    made = []
    for low, high in pairwise(tiers):
        inside = (stated >= low) & ((stated < high) | (high == tiers[-1]))
        made.append(_tier(low, high, inside, stated, kept, day))
    n = len(stated)
    if n == 0:
        return Reliability(tiers=tuple(made), n=0, days=0, brier=None, brier_constant=None, error=None)
    apart = sum(abs(t.stated - (t.kept.estimate or 0.0)) * t.kept.n for t in made if t.stated is not None)
    return Reliability(
        tiers=tuple(made), n=n, days=len(np.unique(day)), brier=float(((stated - kept) ** 2).mean()),
        brier_constant=float(kept.mean() * (1.0 - kept.mean())), error=apart / n,
    )  # fmt: skip


def _tier(low: float, high: float, inside: Bools, stated: Floats, kept: Floats, day: Ints) -> Tier:
    mean = float(stated[inside].mean()) if inside.any() else None
    return Tier(low=low, high=high, stated=mean, kept=clustered(kept[inside], day[inside]))


def clustered(kept: Floats, day: Ints) -> Interval:
    """Share kept with a 95 % interval that knows that the promises of a day hang together.

    Parameters
    ----------
    kept : ndarray, shape (n,)
        1 or 0.
    day : ndarray of int, shape (n,)

    Returns
    -------
    Interval
        Never narrower than Wilson's; everything, [0, 1], when all of it is from one day.

    References
    ----------
    Ratio of totals, linearised: Cochran (1977), Sampling Techniques, 9.3 and 6.3.
    """
    n = len(kept)
    alone = wilson(int(kept.sum()), n)
    _, number = np.unique(day, return_inverse=True)
    days = int(number.max(initial=-1)) + 1
    if n == 0 or days < 2:
        return Interval(estimate=alone.estimate, low=0.0, high=1.0, n=n)
    share = float(kept.mean())
    off = np.bincount(number, kept - share)
    half = 1.96 * sqrt(days / (days - 1.0) * float((off**2).sum())) / n
    low, high = max(0.0, min(alone.low, share - half)), min(1.0, max(alone.high, share + half))
    return Interval(estimate=share, low=low, high=high, n=n)
