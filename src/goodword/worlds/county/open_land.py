"""Where there is room far from every road."""

from __future__ import annotations

import math

import numpy as np

from goodword.worlds.county.net import Net
from goodword.worlds.county.plane import XY, is_dry


class OpenLand:
    """Distances to the roads of a net as it is now."""

    def __init__(self, net: Net) -> None:
        pieces = np.array(list(net.segments()), dtype=np.float64)
        self._start, self._run = pieces[:, 0], pieces[:, 1] - pieces[:, 0]
        self._square = np.maximum((self._run**2).sum(axis=1), 1e-9)

    def road_m(self, point: XY) -> float:
        """Metres to the nearest road."""
        off = np.array(point) - self._start
        share = np.clip((off * self._run).sum(axis=1) / self._square, 0.0, 1.0)
        return float(np.sqrt(((off - share[:, None] * self._run) ** 2).sum(axis=1)).min())

    def room_near(self, spot: XY, least_m: float, most_m: float) -> XY:
        """The place nearest to the spot that lies this far from all roads, on dry land."""
        for radius in range(0, 4_000, 60):
            count = max(1, radius // 20)
            for n in range(count):
                angle = 2 * math.pi * n / count
                point = XY(spot.x + radius * math.cos(angle), spot.y + radius * math.sin(angle))
                if is_dry(point, 30.0) and least_m <= self.road_m(point) <= most_m:
                    return point
        raise AssertionError(f"no room near {spot}")
