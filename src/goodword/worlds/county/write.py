"""Write the drawn county as an OpenStreetMap PBF."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from random import Random

import osmium
from osmium.osm import mutable

from goodword.worlds.county.cast import SETTLEMENTS
from goodword.worlds.county.doors import House, footprint
from goodword.worlds.county.draw import SEED, County, draw
from goodword.worlds.county.plane import HALF_WIDTH_M, RIVER_HALF_M, XY, coast_x, is_dry, river_y

GENERATOR = "goodword-county"
WOODS = 46


def write_county(file: Path, seed: int = SEED, *, without: Iterable[str] = ()) -> County:
    """Draw the county and write it; the same seed writes the same bytes.

    Parameters
    ----------
    file : Path
        Its name must end in .osm.pbf; an older file is replaced.
    seed, without
        See :func:`draw`.
    """
    county = draw(seed, without=without)
    sheet = Sheet()
    _put_places(sheet)
    _put_roads(sheet, county)
    for house in county.houses:
        _put_house(sheet, house)
    _put_land(sheet, Random(f"{seed}:land"))
    sheet.write(file)
    return county


class Sheet:
    """Nodes and ways in the order of their numbers, as the format wants them."""

    def __init__(self) -> None:
        self._nodes: list[tuple[XY, dict[str, str]]] = []
        self._ways: list[tuple[list[int], dict[str, str]]] = []

    def node(self, point: XY, **tags: str) -> int:
        """A new node; answers its number."""
        self._nodes.append((point, tags))
        return len(self._nodes)

    def way(self, nodes: list[int], tags: dict[str, str]) -> None:
        """A new way."""
        self._ways.append((nodes, tags))

    def ring(self, points: list[XY], tags: dict[str, str]) -> None:
        """A closed way of its own nodes."""
        nodes = [self.node(p) for p in points]
        self.way([*nodes, nodes[0]], tags)

    def write(self, file: Path) -> None:
        """Write all, without times and names of people: what is not there cannot differ."""
        header = osmium.io.Header()
        header.set("generator", GENERATOR)
        file.unlink(missing_ok=True)
        with osmium.SimpleWriter(str(file), header=header) as writer:
            for number, (point, tags) in enumerate(self._nodes, start=1):
                lat, lon = point.latlon()
                writer.add_node(mutable.Node(id=number, version=1, location=(lon, lat), tags=tags))
            for number, (nodes, tags) in enumerate(self._ways, start=1):
                writer.add_way(mutable.Way(id=number, version=1, nodes=nodes, tags=tags))


def _put_places(sheet: Sheet) -> None:
    for town in SETTLEMENTS:
        sheet.node(town.middle, place=town.kind, name=town.name, population=str(town.people))


def _put_roads(sheet: Sheet, county: County) -> None:
    nodes = [sheet.node(point) for point in county.net.at]
    for road in county.net.roads:
        one_way = {"oneway": "yes"} if road.one_way else {}
        name = {"name": road.name} if road.name else {}
        sheet.way([nodes[p] for p in road.points], {"highway": road.kind, **name, **one_way, **road.tags})


def _put_house(sheet: Sheet, house: House) -> None:
    tags = {
        "building": house.building,
        "name": house.name if house.number else "",
        "addr:housename": "" if house.number else house.name,
        "addr:housenumber": house.number,
        "addr:street": house.street,
        "addr:place": house.place,
        "addr:city": house.city,
        "addr:postcode": house.postcode,
        "addr:country": "GB",
    }
    sheet.ring(footprint(house), {key: value for key, value in tags.items() if value})


def _put_land(sheet: Sheet, dice: Random) -> None:
    """Water, woods and built-up ground, so that the map reads as a map."""
    xs = [x * 100.0 for x in range(-126, 116)]
    river = [XY(x, river_y(x)) for x in xs if x < coast_x(river_y(x)) + 40.0]
    sheet.way([sheet.node(p) for p in river], {"waterway": "river", "name": "River Wend"})
    banks = [XY(p.x, p.y + RIVER_HALF_M) for p in river] + [XY(p.x, p.y - RIVER_HALF_M) for p in reversed(river)]
    sheet.ring(banks, {"natural": "water", "water": "river", "name": "River Wend"})
    coast = [XY(coast_x(y), y) for y in (n * 125.0 for n in range(-100, 101))]
    sea = [*coast, XY(HALF_WIDTH_M + 4_000, HALF_WIDTH_M), XY(HALF_WIDTH_M + 4_000, -HALF_WIDTH_M)]
    sheet.ring(sea, {"natural": "water", "water": "sea", "name": "Kiln Bay"})
    for town in SETTLEMENTS:
        sheet.ring(_blob(town.middle, town.half, dice, 0.05), {"landuse": "residential", "name": town.name})
    for _ in range(WOODS):
        middle = XY(dice.uniform(-12_000, 10_600), dice.uniform(-12_000, 12_000))
        half = XY(dice.uniform(180, 620), dice.uniform(150, 480))
        if is_dry(middle, 700.0) and all(middle.to(t.middle) > t.half.x + 800.0 for t in SETTLEMENTS):
            sheet.ring(_blob(middle, half, dice, 0.3), {"natural": "wood"})


def _blob(middle: XY, half: XY, dice: Random, rough: float) -> list[XY]:
    points = []
    for n in range(28):
        angle, grown = 2 * math.pi * n / 28, 1.06 + dice.uniform(-rough, rough)
        points.append(XY(middle.x + half.x * grown * math.cos(angle), middle.y + half.y * grown * math.sin(angle)))
    return points
