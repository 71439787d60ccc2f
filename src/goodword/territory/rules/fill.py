"""Give a town and a postcode to addresses that lack them, from what stands around them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from goodword.territory.rules.geo import Point, crow_metres_between
from goodword.territory.rules.names import key
from goodword.territory.rules.rows import Boundary, NamedRoad, Place, Reading

NEIGHBOUR_M, CITY_WITHIN_M, POSTCODE_WITHIN_M, PLACE_WITHIN_M = 300.0, 1_000.0, 2_000.0, 15_000.0  # ours
_DENSE, _SPARSE = 0.002, 0.05  # degrees; about 220 m and 5.5 km to the north


class Nearby:
    """Find the nearest of many points without looking at all of them."""

    def __init__(self, points: Iterable[Point], *, cell: float = _DENSE) -> None:
        self._points = list(points)
        self._size = cell
        self._cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, point in enumerate(self._points):
            self._cells[self._cell(point)].append(index)

    def nearest(self, point: Point, within_m: float) -> int | None:
        """The index of the nearest point, or None when all are farther than `within_m`."""
        row, column = self._cell(point)
        width_m = self._size * 111_000 * max(0.1, math.cos(math.radians(point.lat)))
        best, best_m = None, within_m
        for ring in range(math.ceil(within_m / width_m) + 1):
            for index in self._ring(row, column, ring):
                metres = crow_metres_between(point, self._points[index])
                if metres <= best_m:
                    best, best_m = index, metres
            if best is not None and best_m <= ring * width_m:
                break
        return best

    def _ring(self, row: int, column: int, ring: int) -> Iterable[int]:
        for r in range(row - ring, row + ring + 1):
            edge = abs(r - row) == ring
            for c in range(column - ring, column + ring + 1) if edge else {column - ring, column + ring}:
                yield from self._cells.get((r, c), ())

    def _cell(self, point: Point) -> tuple[int, int]:
        return math.floor(point.lat / self._size), math.floor(point.lon / self._size)


def fill(reading: Reading) -> int:
    """Complete the doors in place; each says in `filled` which value came from where.

    The town comes from a municipality's outline whose name is also written on addresses or
    places, else from the nearest address, else from the nearest place. The postcode comes from
    the nearest address that has one.

    Returns
    -------
    int
        How many doors were completed.
    """
    towns = TownFinder(reading)
    postcodes = [door for door in reading.doors if door.postcode]
    near = Nearby(door.point for door in postcodes)
    completed = 0
    for door in reading.doors:
        notes = []
        if not door.postcode and (index := near.nearest(door.point, POSTCODE_WITHIN_M)) is not None:
            door.postcode = postcodes[index].postcode
            notes.append("postcode:nearest")
        if not door.city:
            door.city, how = towns.town_of(door.point)
            notes += [f"city:{how}"] if how else []
        door.filled = " ".join([door.filled, *notes]).strip()
        completed += bool(notes)
    return completed


class TownFinder:
    """Which town a point belongs to."""

    def __init__(self, reading: Reading) -> None:
        self._doors = [door for door in reading.doors if door.city]
        self._places: Sequence[Place] = reading.places
        known = {key(door.city) for door in self._doors} | {key(place.name) for place in reading.places}
        self._boundaries: list[Boundary] = [b for b in reading.boundaries if key(b.name) in known]
        self._near_door = Nearby(door.point for door in self._doors)
        self._near_place = Nearby((Point(p.lat, p.lon) for p in self._places), cell=_SPARSE)

    def town_of(self, point: Point, *, within_m: float = 0.0) -> tuple[str, str]:
        """The town's name and how it is known; two empty texts when nothing is near.

        A neighbour closer than `within_m` is believed before any outline.
        """
        if within_m and (index := self._near_door.nearest(point, within_m)) is not None:
            return self._doors[index].city, "nearest"
        for boundary in self._boundaries:
            if boundary.holds(point.lat, point.lon):
                return boundary.name, "boundary"
        if (index := self._near_door.nearest(point, CITY_WITHIN_M)) is not None:
            return self._doors[index].city, "nearest"
        if (index := self._near_place.nearest(point, PLACE_WITHIN_M)) is not None:
            return self._places[index].name, "place"
        return "", ""


def town_of_roads(reading: Reading) -> list[tuple[NamedRoad, str]]:
    """Each named road with its town; doors are filled before."""
    towns = TownFinder(reading)
    return [(road, towns.town_of(Point(road.lat, road.lon), within_m=NEIGHBOUR_M)[0]) for road in reading.roads]
