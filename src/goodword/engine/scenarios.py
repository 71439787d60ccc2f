"""Seeded luck: the same draws for every alternative (common random numbers).

What a visit meets depends on the seed, its key and the number of scenarios, and on nothing else: neither on the other
visits nor on who makes it. So two plans differ only by what was planned, and adding a visit or a technician changes
nobody else's luck. Draws are stratified: each row holds exactly one draw from each of `scenarios` equal slices.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from goodword.engine.arrays import Floats
from goodword.engine.lognormal import shape_of

Words = NDArray[np.uint64]
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


class Stream(IntEnum):
    """Independent sources of luck; the number is part of every draw, so it never changes."""

    WORK = 1
    LEG = 2
    DAY = 3
    HOME = 4


def uniforms(seed: int, stream: Stream, keys: Sequence[str], scenarios: int) -> Floats:
    """Stratified uniform draws, one row per key.

    Parameters
    ----------
    seed : int
    stream : Stream
    keys : sequence of str
        What the rows are for.
    scenarios : int

    Returns
    -------
    ndarray of float, shape (len(keys), scenarios)
        Strictly between 0 and 1; row by row a random permutation of the slices, jittered within each.

    References
    ----------
    SplitMix64 as a counter-based generator: Steele, Lea, Flood (2014), doi:10.1145/2660193.2660195
    """
    if not keys:
        return np.empty((0, scenarios))
    start = np.array([_word(seed, stream, key) for key in keys], dtype=np.uint64)
    counter = np.arange(1, 2 * scenarios + 1, dtype=np.uint64)
    bits = _mixed(start[:, None] + counter[None, :] * _GOLDEN)
    slices = np.argsort(bits[:, :scenarios], axis=1, kind="stable")
    jitter = (bits[:, scenarios:] >> np.uint64(12)).astype(np.float64)
    jitter += 0.5
    jitter *= 2.0**-52
    jitter += slices
    jitter /= scenarios
    return np.minimum(jitter, 1.0 - 2.0**-53)


def factors(seed: int, stream: Stream, keys: Sequence[str], scenarios: int, *, cv: float) -> Floats:
    """Lognormal factors with mean 1, shape (len(keys), scenarios); all 1 when `cv` is 0."""
    if cv == 0.0:
        return np.ones((len(keys), scenarios))
    mu, sigma = shape_of(1.0, cv)
    return lognormals(seed, stream, keys, scenarios, np.full(len(keys), mu), np.full(len(keys), sigma))


def lognormals(seed: int, stream: Stream, keys: Sequence[str], scenarios: int, mu: Floats, sigma: Floats) -> Floats:
    """Lognormal quantiles at `uniforms`, shape (len(keys), scenarios); `mu` and `sigma` have shape (len(keys),).

    The same as `quantiles(mu, sigma, uniforms(...))` to the last bits, compiled.
    """
    from goodword.engine.kernel.entry import draws, sort_keys

    if not keys:
        return np.empty((0, scenarios))
    starts = np.array([_word(seed, stream, key) for key in keys], dtype=np.uint64)
    mask = np.uint64((1 << scenarios.bit_length()) - 1)
    sorted_keys = sort_keys(starts, scenarios, mask)
    sorted_keys.sort(axis=1)
    return draws(starts, sorted_keys, mask, mu, sigma)


def _word(seed: int, stream: Stream, key: str) -> int:
    """64 bits from a name; unlike `hash`, the same in every process."""
    digest = blake2b(f"{seed}/{int(stream)}/{key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _mixed(words: Words) -> Words:
    """The finaliser of SplitMix64."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Words = words ^ (words >> np.uint64(31))
    return mixed
