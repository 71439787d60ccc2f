"""Intervals for shares and for the net score. Small, so that every screen uses the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from goodword.engine.checks import check_at_least
from goodword.engine.errors import Contradiction, NotANumber


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """An estimate with its interval. `estimate` is None when nothing was observed: unknown is not good (G-5)."""

    estimate: float | None
    low: float
    high: float
    n: int


def wilson(kept: int, n: int, *, confidence: float = 0.95) -> Interval:
    """Wilson score interval of a share (P-41).

    Parameters
    ----------
    kept, n : int
        Successes out of `n` cases, 0 <= kept <= n.
    confidence : float
        Nominal coverage, strictly between 0 and 1.

    Returns
    -------
    Interval
        Shares from 0 to 1; with n = 0 the estimate is None and the interval is everything, [0, 1].

    Raises
    ------
    NotANumber, Contradiction

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22(158), 209-212.
    doi:10.1080/01621459.1927.10502953
    Brown, Cai, DasGupta (2001), Statistical Science 16(2), 101-133. doi:10.1214/ss/1009213286

    Examples
    --------
    >>> interval = wilson(90, 100)
    >>> round(interval.low, 3), round(interval.high, 3)
    (0.826, 0.945)
    """
    z = _z(confidence)
    _check_count(kept, "kept")
    _check_count(n, "n")
    if kept > n:
        raise Contradiction(owner="A share", why=f"{kept} kept of only {n}")
    if n == 0:
        return Interval(estimate=None, low=0.0, high=1.0, n=0)
    share, weight = kept / n, z * z / n
    centre = (share + weight / 2.0) / (1.0 + weight)
    half = z * sqrt(share * (1.0 - share) / n + weight / (4.0 * n)) / (1.0 + weight)
    low = 0.0 if kept == 0 else max(0.0, centre - half)
    high = 1.0 if kept == n else min(1.0, centre + half)
    return Interval(estimate=share, low=low, high=high, n=n)


def net_score(promoters: int, passives: int, detractors: int, *, confidence: float = 0.95) -> Interval:
    """Net score with its adjusted Wald interval (N-2, N-7).

    Parameters
    ----------
    promoters, passives, detractors : int
        Counts of answers 9-10, 7-8 and 0-6.
    confidence : float
        Nominal coverage, strictly between 0 and 1.

    Returns
    -------
    Interval
        Points from -100 to 100: the plain score, and the interval around the score of three more answers, 3/4 of
        them promoters and 3/4 detractors in number (0.75 each), its bounds clipped to the scale, and drawn out to
        the plain score where a handful of one-sided answers would lie outside it (ours: one detractor alone scores
        -100, adjusted Wald ends at -98.5). With no answers the estimate is None and the interval is everything.

    Raises
    ------
    NotANumber

    References
    ----------
    Rocks (2016), The American Statistician 70(4), 365-372. arXiv:1601.07235. Add 3 to n, 3/4 to
    promoters, 3/4 to detractors.

    Examples
    --------
    >>> score = net_score(50, 30, 20)
    >>> score.estimate, round(score.low, 1), round(score.high, 1)
    (30.0, 14.1, 44.2)
    """
    z = _z(confidence)
    for name, count in (("promoters", promoters), ("passives", passives), ("detractors", detractors)):
        _check_count(count, name)
    n = promoters + passives + detractors
    if n == 0:
        return Interval(estimate=None, low=-100.0, high=100.0, n=0)
    up, down = (promoters + 0.75) / (n + 3.0), (detractors + 0.75) / (n + 3.0)
    centre = up - down
    half = z * sqrt((up + down - centre * centre) / (n + 3.0))
    estimate = 100.0 * (promoters - detractors) / n
    return Interval(
        estimate=estimate,
        low=min(estimate, 100.0 * max(-1.0, centre - half)),
        high=max(estimate, 100.0 * min(1.0, centre + half)),
        n=n,
    )


def _z(confidence: float) -> float:
    if not 0.0 < confidence < 1.0:
        raise NotANumber(name="confidence", owner="an interval", value=confidence, needed="between 0 and 1")
    return NormalDist().inv_cdf(0.5 + confidence / 2.0)


def _check_count(value: int, name: str) -> None:
    check_at_least(value, 0, name=name, owner="an interval")
    if value != int(value):
        raise NotANumber(name=name, owner="an interval", value=value, needed="a whole number")
