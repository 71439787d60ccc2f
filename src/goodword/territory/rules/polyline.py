"""Encoded polylines with six digits, the form in which routes travel to the map."""

from __future__ import annotations

from collections.abc import Iterable

from goodword.territory.rules.geo import Point


def encode6(points: Iterable[Point]) -> str:
    """Write a line as an encoded polyline of precision 6.

    References
    ----------
    Google, "Encoded Polyline Algorithm Format"; precision 6 as in OSRM and Valhalla.
    """
    text, before = [], (0, 0)
    for point in points:
        now = (round(point.lat * 1e6), round(point.lon * 1e6))
        text += [_encode(now[0] - before[0]), _encode(now[1] - before[1])]
        before = now
    return "".join(text)


def decode6(line: str) -> list[Point]:
    """Read an encoded polyline of precision 6."""
    numbers, value, shift = [], 0, 0
    for sign in line:
        bits = ord(sign) - 63
        value |= (bits & 0x1F) << shift
        shift += 5
        if bits < 0x20:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value, shift = 0, 0
    lat = lon = 0
    points = []
    for dlat, dlon in zip(numbers[::2], numbers[1::2], strict=True):
        lat, lon = lat + dlat, lon + dlon
        points.append(Point(lat / 1e6, lon / 1e6))
    return points


def _encode(delta: int) -> str:
    value = ~(delta << 1) if delta < 0 else delta << 1
    signs = []
    while value >= 0x20:
        signs.append(chr((0x20 | (value & 0x1F)) + 63))
        value >>= 5
    signs.append(chr(value + 63))
    return "".join(signs)
