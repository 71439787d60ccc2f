"""The flat plane on which the county is drawn: metres east and north of its middle."""

from __future__ import annotations

import math
from typing import NamedTuple

ORIGIN_LAT, ORIGIN_LON = 53.40, 1.90
"""In the North Sea, where no real place can be mistaken for an invented one; British time all the same."""

_LAT_M = 111_240.0
_LON_M = _LAT_M * math.cos(math.radians(ORIGIN_LAT))
HALF_WIDTH_M = 12_500.0


class XY(NamedTuple):
    """Metres east and north."""

    x: float
    y: float

    def to(self, other: XY) -> float:
        """The distance in metres."""
        return math.hypot(other.x - self.x, other.y - self.y)

    def towards(self, other: XY, share: float) -> XY:
        """The point at this share of the way."""
        return XY(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)

    def latlon(self) -> tuple[float, float]:
        """Degrees, to the seven digits that OpenStreetMap keeps."""
        return round(ORIGIN_LAT + self.y / _LAT_M, 7), round(ORIGIN_LON + self.x / _LON_M, 7)


def turned(point: XY, degrees: float) -> XY:
    """Turned about the origin, counter-clockwise."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return XY(point.x * c - point.y * s, point.x * s + point.y * c)


_RIVER = (
    (-13_500, 1_500), (-10_500, 700), (-7_800, 1_000), (-5_900, -150), (-4_700, 140), (-3_500, -90), (-2_400, 180),
    (-1_300, -120), (1_200, -900), (4_200, -350), (7_000, -800), (10_200, -250), (13_500, -500),
)  # fmt: skip
RIVER_HALF_M = 22.0
_NORTHMOST, _SOUTHMOST = 1_600.0, -1_100.0


def river_y(x: float) -> float:
    """How far north the middle of the Wend runs at this longitude: it never turns back on itself."""
    x = min(max(x, _RIVER[0][0]), _RIVER[-1][0])
    i = next(n for n in range(len(_RIVER) - 1) if x <= _RIVER[n + 1][0])
    before, (x0, y0), (x1, y1), after = (
        _RIVER[max(i - 1, 0)],
        _RIVER[i],
        _RIVER[i + 1],
        _RIVER[min(i + 2, len(_RIVER) - 1)],
    )
    t = (x - x0) / (x1 - x0)
    m0 = (y1 - before[1]) / (x1 - before[0]) * (x1 - x0)
    m1 = (after[1] - y0) / (after[0] - x0) * (x1 - x0)
    return (2 * t**3 - 3 * t**2 + 1) * y0 + (t**3 - 2 * t**2 + t) * m0 + (3 * t**2 - 2 * t**3) * y1 + (t**3 - t**2) * m1


def is_north(point: XY) -> bool:
    """Which bank."""
    return point.y > river_y(point.x)


def from_river_m(point: XY) -> float:
    """Roughly how far from the middle of the river; far away, a cheap lower bound."""
    outside = max(point.y - _NORTHMOST, _SOUTHMOST - point.y)
    return outside if outside > 400.0 else abs(point.y - river_y(point.x))


def coast_x(y: float) -> float:
    """How far east the land reaches."""
    return 11_250.0 + 260.0 * math.sin(y / 900.0) + 90.0 * math.sin(y / 310.0)


def is_dry(point: XY, margin: float) -> bool:
    """On land, with `margin` metres to the river and to the sea."""
    return from_river_m(point) > RIVER_HALF_M + margin and point.x < coast_x(point.y) - margin
