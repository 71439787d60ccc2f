"""Read addresses, places and named roads from an OpenStreetMap file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import osmium

from goodword.territory.errors import BadRoadFile, because
from goodword.territory.rules.geo import BBox, Point
from goodword.territory.rules.rows import Boundary, Door, NamedRoad, Place, Reading

DRIVABLE = frozenset(
    [f"{kind}{link}" for kind in ("motorway", "trunk", "primary", "secondary", "tertiary") for link in ("", "_link")]
    + ["unclassified", "residential", "living_street", "service"]
)
WITH_A_NAME_TO_FIND = DRIVABLE | {"pedestrian", "track", "footway", "path"}
PLACES = frozenset({"city", "town", "village", "hamlet", "suburb"})
_KEYS = ("addr:housenumber", "addr:housename", "addr:interpolation", "highway", "place", "boundary")
LONGEST = 200  # letters; as wide as the columns


def read_osm(file: Path) -> Reading:
    """Everything the address index needs, in two passes over the file.

    Raises
    ------
    BadRoadFile
        When the file is no OpenStreetMap PBF, is cut off, or holds no road a car may use.
    """
    require_pbf(file)
    reading = Reading()
    box = _Box()
    try:
        wanted = osmium.filter.KeyFilter("addr:housenumber", "boundary")
        for thing in osmium.FileProcessor(str(file)).with_areas(wanted).with_filter(osmium.filter.KeyFilter(*_KEYS)):
            _take(thing, reading, box)
    except (RuntimeError, ValueError) as error:
        raise BadRoadFile(file=file.name, why=because("cut-off", detail=str(error))) from error
    if not reading.drivable_ways:
        raise BadRoadFile(file=file.name, why=because("no-roads"))
    reading.bbox = box.box()
    return reading


def require_pbf(file: Path) -> None:
    """Look at the first bytes before any engine does.

    Raises
    ------
    BadRoadFile
        When there is no file, it is empty, or it does not begin as a PBF does.
    """
    if not file.is_file():
        raise BadRoadFile(file=file.name, why=because("no-file"))
    with file.open("rb") as stream:
        head = stream.read(32)
    if not head:
        raise BadRoadFile(file=file.name, why=because("empty"))
    if b"OSMHeader" not in head:
        raise BadRoadFile(file=file.name, why=because("not-pbf"))


def generator_of(file: Path) -> str:
    """The program that wrote the file, as its header says."""
    header = osmium.io.Reader(str(file), osmium.osm.osm_entity_bits.NOTHING).header()
    return str(header.get("generator"))


class _Box:
    """The rectangle around all drivable roads."""

    def __init__(self) -> None:
        self.lats: list[float] = []
        self.lons: list[float] = []

    def add(self, point: Point) -> None:
        self.lats.append(point.lat)
        self.lons.append(point.lon)

    def box(self) -> BBox:
        return BBox(min(self.lats), min(self.lons), max(self.lats), max(self.lons))


def _take(thing: Any, reading: Reading, box: _Box) -> None:
    tags = thing.tags
    if thing.is_area():
        if not thing.from_way():
            _take_area(thing, tags, reading)
        return
    if thing.is_way():
        if "highway" in tags:
            _take_road(thing, tags, reading, box)
        elif "addr:interpolation" in tags:
            reading.leave_out("interpolation", f"way/{thing.id}")
        elif "addr:housenumber" in tags or "addr:housename" in tags:
            _take_door(f"way/{thing.id}", _middle_of(thing.nodes), tags, reading)
    elif thing.is_node():
        _take_node(thing, tags, reading)


def _take_node(node: Any, tags: Any, reading: Reading) -> None:
    point = Point(node.location.lat, node.location.lon) if node.location.valid() else None
    if tags.get("place") in PLACES and tags.get("name") and point:
        people = tags.get("population", "")
        count = int(people) if people.isdigit() else 0
        reading.places.append(Place(_text(tags, "name"), tags["place"], point.lat, point.lon, count))
    elif "addr:housenumber" in tags or "addr:housename" in tags:
        _take_door(f"node/{node.id}", point, tags, reading)


def _take_road(way: Any, tags: Any, reading: Reading, box: _Box) -> None:
    kind = tags["highway"]
    if kind not in WITH_A_NAME_TO_FIND:
        return
    points = [Point(n.location.lat, n.location.lon) for n in way.nodes if n.location.valid()]
    if kind in DRIVABLE and len(points) > 1:
        reading.drivable_ways += 1
        box.add(points[0])
        box.add(points[-1])
    if points and (name := _text(tags, "name")):
        middle = points[len(points) // 2]
        reading.roads.append(NamedRoad(name, middle.lat, middle.lon))


def _take_area(area: Any, tags: Any, reading: Reading) -> None:
    rings = tuple(
        tuple(Point(n.location.lat, n.location.lon) for n in ring if n.location.valid()) for ring in area.outer_rings()
    )
    rings = tuple(ring for ring in rings if len(ring) > 3)
    if not rings:
        return
    if tags.get("boundary") == "administrative":
        if tags.get("admin_level") == "8" and tags.get("name"):
            reading.boundaries.append(Boundary(_text(tags, "name"), rings))
    elif "addr:housenumber" in tags:
        lats, lons = [p.lat for p in rings[0]], [p.lon for p in rings[0]]
        middle = Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
        _take_door(f"relation/{area.orig_id()}", middle, tags, reading)


def _take_door(ref: str, point: Point | None, tags: Any, reading: Reading) -> None:
    door = Door(
        ref=ref,
        lat=round(point.lat, 7) if point else 0.0,
        lon=round(point.lon, 7) if point else 0.0,
        street=_text(tags, "addr:street"),
        number=_text(tags, "addr:housenumber")[:60],
        name=_text(tags, "addr:housename") or _text(tags, "name"),
        place=_text(tags, "addr:place") or _text(tags, "addr:hamlet"),
        city=_text(tags, "addr:city"),
        postcode=_text(tags, "addr:postcode")[:20],
        country=_text(tags, "addr:country")[:2].upper(),
    )
    if point is None:
        reading.leave_out("no-location", ref)
    elif not (door.street or door.place or door.name):
        reading.leave_out("no-street", f"{ref} {door.number}")
    else:
        reading.doors.append(door)


def _text(tags: Any, key: str) -> str:
    return str(tags.get(key, "")).strip()[:LONGEST]


def _middle_of(nodes: Any) -> Point | None:
    lats = [n.location.lat for n in nodes if n.location.valid()]
    lons = [n.location.lon for n in nodes if n.location.valid()]
    if not lats:
        return None
    return Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
