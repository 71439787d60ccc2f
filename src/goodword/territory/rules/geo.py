"""Distances on the ground."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the earth (IUGG, 1980)."""


class Point(NamedTuple):
    """A place on the ground, in degrees (WGS 84)."""

    lat: float
    lon: float


class BBox(NamedTuple):
    """A rectangle of degrees; never across the antimeridian."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, lat: float, lon: float, margin: float = 0.0) -> bool:
        """Whether the place lies inside, with `margin` degrees of tolerance."""
        return self.south - margin <= lat <= self.north + margin and self.west - margin <= lon <= self.east + margin


def crow_metres(sources: Sequence[Point], targets: Sequence[Point]) -> NDArray[np.float64]:
    """Great-circle distances between all pairs.

    Parameters
    ----------
    sources, targets : sequences of Point
        In degrees; either may be empty.

    Returns
    -------
    numpy.ndarray
        Metres, shape (len(sources), len(targets)).

    References
    ----------
    R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984), 159.
    """
    a = np.radians(np.asarray(sources, dtype=np.float64).reshape(-1, 2))[:, None, :]
    b = np.radians(np.asarray(targets, dtype=np.float64).reshape(-1, 2))[None, :, :]
    half = (a - b) / 2
    h = np.sin(half[..., 0]) ** 2 + np.cos(a[..., 0]) * np.cos(b[..., 0]) * np.sin(half[..., 1]) ** 2
    metres: NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return metres


def crow_metres_between(a: Point, b: Point) -> float:
    """Great-circle distance of one pair, in metres."""
    dlat, dlon = math.radians(b.lat - a.lat) / 2, math.radians(b.lon - a.lon) / 2
    h = math.sin(dlat) ** 2 + math.cos(math.radians(a.lat)) * math.cos(math.radians(b.lat)) * math.sin(dlon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, h)))


def why_not_a_place(lat: float, lon: float) -> str | None:
    """Say why two numbers cannot be a place on the ground; None when they can.

    Returns
    -------
    str or None
        A code: ``not-a-number``, ``out-of-range`` or ``null-island``
        (0,0 is what programs write for "unknown"; no company works there).
    """
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return "not-a-number"
    if abs(lat) > 90 or abs(lon) > 180:
        return "out-of-range"
    if abs(lat) < 1e-6 and abs(lon) < 1e-6:
        return "null-island"
    return None
