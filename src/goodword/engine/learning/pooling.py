"""Partial pooling: logarithms as a sum of crossed effects, each pulled towards zero by as much as the data allow.

A value is `offset + common + one effect per factor + one effect of many + noise`. Effects of one factor share a
variance that is estimated from the data (empirical Bayes). Values may be known only to lie between two bounds (a
rounded record), and some may be no measurement at all (a forgotten tap): those are told apart by a mixture with a
flat density.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import erfc, log, pi, sqrt

import numpy as np

from goodword.engine.arrays import Floats, Ints

ROUNDS = 60  # ours: stop rule of the iteration
STILL = 1e-5  # ours: less change than this of the common effect and spreads ends it
PRIOR_WEIGHT = 2.0  # ours: the assumed variance of a factor weighs like so many levels
SPREAD_WEIGHT = 10.0  # ours: the assumed noise of a group weighs like so many values
SLIPS_ASSUMED, SLIPS_WEIGHT = 0.02, 50.0  # ours: share of values that are no measurement, and what it weighs
FLAT = log(1440.0)  # a slip may be anything from one minute to a day


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Sample:
    """What was observed, one row per value.

    Attributes
    ----------
    low, high : ndarray, shape (n,)
        Bounds of the logarithm; equal when it is known exactly.
    offset : ndarray, shape (n,)
        What was assumed of the logarithm.
    codes : ndarray of int, shape (n, F)
        Level of each factor with few levels.
    many : ndarray of int, shape (n,)
        Level of the factor with many levels.
    group : ndarray of int, shape (n,)
        Values of one group share their noise.
    weight : ndarray, shape (n,)
        How much each counts, 0 to 1.
    """

    low: Floats
    high: Floats
    offset: Floats
    codes: Ints
    many: Ints
    group: Ints
    weight: Floats


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Prior:
    """What is assumed: variances of the common effect, of each factor, of the many, and of each group's noise."""

    common: float
    factors: Floats
    many: float
    noise: Floats
    levels: tuple[int, ...]
    most: int


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Pooled:
    """What was learned.

    Attributes
    ----------
    mean, cov : ndarray, shapes (p,) and (p, p)
        Of the common effect, then of the levels of each factor.
    many_mean, many_own : ndarray, shape (J,)
        Effects of the many, and their variance given everything else.
    pull : ndarray, shape (J, p)
        By how much each of the many falls when an effect rises.
    noise : ndarray, shape (groups,)
        Variances.
    factors : ndarray, shape (F,)
        Variance between the levels of each factor.
    many : float
        Variance between the many.
    slips : float
        Share of values that are no measurement.
    real : ndarray, shape (n,)
        Probability of each value to be a measurement.
    """

    mean: Floats
    cov: Floats
    many_mean: Floats
    many_own: Floats
    pull: Floats
    noise: Floats
    factors: Floats
    many: float
    slips: float
    real: Floats

    def variance(self, columns: list[int], many: int | None) -> float:
        """Variance of a sum of effects, without the noise."""
        own = float(self.cov[np.ix_(columns, columns)].sum())
        if many is None:
            return own
        pull = self.pull[many]
        return own + float(self.many_own[many] + pull @ self.cov @ pull - 2.0 * self.cov[columns].sum(axis=0) @ pull)


def pooled(sample: Sample, prior: Prior) -> Pooled:
    """Estimate effects and variances.

    Parameters
    ----------
    sample : Sample
    prior : Prior

    Returns
    -------
    Pooled
        With no values: what was assumed.

    Notes
    -----
    Expectation-maximisation: given the variances, the effects are the solution of one linear system, from which the
    factor with many levels is eliminated; given the effects, bounds and slips become expected values. `ROUNDS` bounds
    it.

    References
    ----------
    Henderson (1975), Best linear unbiased estimation and prediction under a selection model. doi:10.2307/2529430
    Dempster, Laird, Rubin (1977), Maximum likelihood from incomplete data via the EM algorithm.
    doi:10.1111/j.2517-6161.1977.tb01600.x
    """
    columns = _columns(sample, prior)
    value, spare = (sample.low + sample.high) / 2.0 - sample.offset, np.zeros(len(sample.low))
    found = Pooled(
        mean=np.zeros(0), cov=np.zeros((0, 0)), many_mean=np.zeros(0), many_own=np.zeros(0), pull=np.zeros((0, 0)),
        noise=prior.noise.copy(), factors=prior.factors.copy(), many=prior.many, slips=SLIPS_ASSUMED,
        real=np.ones(len(sample.low)),
    )  # fmt: skip
    for _ in range(ROUNDS):
        before = np.array([found.many, found.slips, *found.noise, *found.factors])
        found = _solved(sample, prior, columns, value, found)
        if not len(value):
            break
        centre, doubt = _fitted(sample, columns, found)
        value, spare, real = _expected(sample, centre, found)
        found = _spreads(sample, prior, found, value - centre, spare + doubt, real)
        after = np.array([found.many, found.slips, *found.noise, *found.factors])
        if float(np.abs(after - before).max()) < STILL:
            break
    return found


def _columns(sample: Sample, prior: Prior) -> Ints:
    """Index into the effects, shape (n, 1 + F)."""
    starts = 1 + np.concatenate(([0], np.cumsum(prior.levels)))[:-1].astype(np.int64)
    made: Ints = np.column_stack((np.zeros(len(sample.low), dtype=np.int64), sample.codes + starts))
    return made


def _solved(sample: Sample, prior: Prior, columns: Ints, value: Floats, found: Pooled) -> Pooled:
    """Effects and their covariance, given variances."""
    p, most = 1 + sum(prior.levels), prior.most
    strength = sample.weight * found.real / found.noise[sample.group]
    matrix = np.diag(np.concatenate(([1.0 / prior.common], np.repeat(1.0 / found.factors, prior.levels))))
    right, cross = np.zeros(p), np.zeros((most, p))
    for a in range(columns.shape[1]):
        right += np.bincount(columns[:, a], strength * value, p)
        cross += np.bincount(sample.many * p + columns[:, a], strength, most * p).reshape(most, p)
        for b in range(columns.shape[1]):
            matrix += np.bincount(columns[:, a] * p + columns[:, b], strength, p * p).reshape(p, p)
    own = 1.0 / (np.bincount(sample.many, strength, most) + 1.0 / found.many)
    pull = cross * own[:, None]
    total = np.bincount(sample.many, strength * value, most)
    cov = np.linalg.inv(matrix - cross.T @ pull)
    mean = cov @ (right - pull.T @ total)
    return replace(found, mean=mean, cov=cov, many_mean=own * total - pull @ mean, many_own=own, pull=pull)


def _fitted(sample: Sample, columns: Ints, found: Pooled) -> tuple[Floats, Floats]:
    """Expected value of each row and the doubt about it (variance)."""
    centre = found.mean[columns].sum(axis=1) + found.many_mean[sample.many]
    doubt = _own_doubt(found)[sample.many]
    spread = found.cov @ found.pull.T
    for a in range(columns.shape[1]):
        doubt = doubt - 2.0 * spread[columns[:, a], sample.many]
        for b in range(columns.shape[1]):
            doubt = doubt + found.cov[columns[:, a], columns[:, b]]
    return centre, np.maximum(doubt, 0.0)


def _own_doubt(found: Pooled) -> Floats:
    doubt: Floats = found.many_own + ((found.pull @ found.cov) * found.pull).sum(axis=1)
    return doubt


def _expected(sample: Sample, centre: Floats, found: Pooled) -> tuple[Floats, Floats, Floats]:
    """What a value was, given its bounds: mean, variance, and the probability that it is a measurement."""
    sd = np.sqrt(found.noise[sample.group])
    low, high = (sample.low - sample.offset - centre) / sd, (sample.high - sample.offset - centre) / sd
    exact = sample.low == sample.high
    inside = np.where(exact, _density(low) / sd, normal_cdf(high) - normal_cdf(low))
    width = np.where(exact, 1.0, sample.high - sample.low)
    flat = found.slips * width / FLAT
    real = (1.0 - found.slips) * inside / ((1.0 - found.slips) * inside + flat)
    mass = np.where(exact, 1.0, np.maximum(inside, 1e-12))
    drift = (_density(low) - _density(high)) / mass
    shape = 1.0 + (low * _density(low) - high * _density(high)) / mass - drift * drift
    value = np.where(exact, low, np.clip(drift, low, high)) * sd + centre
    spare = np.where(exact, 0.0, np.clip(shape, 0.0, 1.0)) * sd * sd
    return value, spare, real


def _spreads(sample: Sample, prior: Prior, found: Pooled, off: Floats, spare: Floats, real: Floats) -> Pooled:
    """Variances, given effects."""
    weight = sample.weight * real
    groups = len(prior.noise)
    square = np.bincount(sample.group, weight * (off * off + spare), groups)
    noise = (SPREAD_WEIGHT * prior.noise + square) / (SPREAD_WEIGHT + np.bincount(sample.group, weight, groups))
    each, factors, start = found.mean**2 + np.diag(found.cov), [], 1
    for assumed, count in zip(prior.factors, prior.levels, strict=True):
        factors.append((PRIOR_WEIGHT * assumed + each[start : start + count].sum()) / (PRIOR_WEIGHT + count))
        start += count
    many = float((found.many_mean**2 + _own_doubt(found)).sum())
    slips = float((sample.weight * (1.0 - real)).sum()) + SLIPS_ASSUMED * SLIPS_WEIGHT
    return replace(
        found, noise=noise, factors=np.array(factors), real=real,
        many=(PRIOR_WEIGHT * prior.many + many) / (PRIOR_WEIGHT + prior.most),
        slips=slips / (float(sample.weight.sum()) + SLIPS_WEIGHT),
    )  # fmt: skip


def normal_cdf(x: Floats) -> Floats:
    """The standard normal distribution function."""
    return np.fromiter((0.5 * erfc(-each / sqrt(2.0)) for each in x.tolist()), dtype=np.float64, count=len(x))


def _density(x: Floats) -> Floats:
    made: Floats = np.exp(-0.5 * x * x) / sqrt(2.0 * pi)
    return made
