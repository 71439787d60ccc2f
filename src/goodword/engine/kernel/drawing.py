"""Luck for many at once: the draws of `scenarios.uniforms` turned into lognormal quantiles, row by row."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodword.engine.arrays import Floats
from goodword.engine.kernel.compiled import compiled
from goodword.engine.lognormal import CENTRE, SHOULDER, TAIL

Words = NDArray[np.uint64]
_CENTRE, _SHOULDER, _TAIL = np.array(CENTRE), np.array(SHOULDER), np.array(TAIL)


@compiled
def mixed(word: Any) -> Any:
    """The finaliser of SplitMix64."""
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return word ^ (word >> np.uint64(31))


@compiled
def sort_keys(starts: Words, scenarios: int, mask: Any) -> Words:
    """Random words, shape (N, S), each with its own index in the low bits: sorted, they hold a permutation."""
    keys = np.empty((len(starts), scenarios), np.uint64)
    for i in range(len(starts)):
        for s in range(scenarios):
            bits = mixed(starts[i] + np.uint64(s + 1) * np.uint64(0x9E3779B97F4A7C15))
            keys[i, s] = (bits & ~mask) | np.uint64(s)
    return keys


@compiled
def draws(starts: Words, keys: Words, mask: Any, mu: Floats, sigma: Floats) -> Floats:
    """Lognormal quantiles of stratified uniform draws, shape (N, S); `keys` are sorted."""
    scenarios = keys.shape[1]
    drawn = np.empty(keys.shape)
    for i in range(keys.shape[0]):
        for s in range(scenarios):
            bits = mixed(starts[i] + np.uint64(scenarios + s + 1) * np.uint64(0x9E3779B97F4A7C15))
            jitter = (float(bits >> np.uint64(12)) + 0.5) * 2.0**-52
            u = min((jitter + float(keys[i, s] & mask)) / scenarios, 1.0 - 2.0**-53)
            drawn[i, s] = exp(mu[i] + sigma[i] * normal_quantile(u))
    return drawn


@compiled
def normal_quantile(p: float) -> float:
    """`lognormal.normal_quantile` of one probability."""
    from_centre = p - 0.5
    r = 0.180625 - from_centre * from_centre
    if r >= 0.0:
        return from_centre * ratio(_CENTRE, r)
    r = sqrt(-log(min(p, 1.0 - p)))
    size = ratio(_SHOULDER, r - 1.6) if r <= 5.0 else ratio(_TAIL, r - 5.0)
    return -size if p < 0.5 else size


@compiled
def ratio(coefficients: Floats, x: float) -> float:
    """One polynomial divided by another, lowest power first, by Horner's rule."""
    above, below = coefficients[0, 7], coefficients[1, 7]
    for i in range(6, -1, -1):
        above = above * x + coefficients[0, i]
        below = below * x + coefficients[1, i]
    return float(above / below)
