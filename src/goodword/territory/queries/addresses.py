"""Find an address from what somebody types, says or pastes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypedDict

from goodword.territory.errors import NoTerritory
from goodword.territory.queries.current import current
from goodword.territory.queries.search import Found, Search
from goodword.territory.rules.geo import Point, crow_metres_between
from goodword.territory.rules.merge import SAME_DOOR_M
from goodword.territory.rules.numbers import Reading, readings
from goodword.territory.rules.rows import STREET, TOWN

LONGEST = 200
"""Letters of a query that are read; ours."""


class Properties(TypedDict, total=False):
    """Photon's properties, with ours at the end."""

    osm_type: str
    osm_id: int
    osm_key: str
    osm_value: str
    type: Literal["house", "street", "city"]
    name: str
    housenumber: str
    street: str
    postcode: str
    city: str
    countrycode: str
    accuracy: str
    snap_m: float | None
    attribution: str


class Geometry(TypedDict):
    """A GeoJSON point; longitude first."""

    type: Literal["Point"]
    coordinates: tuple[float, float]


class Feature(TypedDict):
    """One answer."""

    type: Literal["Feature"]
    geometry: Geometry
    properties: Properties


class AddressAnswer(TypedDict):
    """A GeoJSON FeatureCollection, best first."""

    type: Literal["FeatureCollection"]
    features: list[Feature]
    attribution: str


def find_addresses(text: str, near: tuple[float, float] | None = None, limit: int = 5) -> AddressAnswer:
    """Find addresses; every word may be cut off, the order is free, one word may be misspelled.

    Parameters
    ----------
    text : str
        At most LONGEST letters are read. "12 a Kiln Lane", "Kilnsea, Mill Row 3-5", "landstr 12 vad".
    near : (lat, lon) or None
        Equally good answers come in order of their distance to it: the branch, usually.
    limit : int
        At most so many answers, 1 to 50.

    Returns
    -------
    AddressAnswer
        In Photon's shape, each with accuracy ("rooftop", "interpolated", "street", "town"), the
        distance to its road and the attribution that must be shown. Empty when nothing fits or
        no territory was added: then what was typed is kept as words without a place.
    """
    try:
        attribution = current().attribution
    except NoTerritory:
        return {"type": "FeatureCollection", "features": [], "attribution": ""}
    limit = max(1, min(limit, 50))
    search = Search(near=Point(*near) if near else None, limit=limit)
    found = _first_of(search, readings(text[:LONGEST].replace("\0", " ")), limit)
    features = [_feature(row, attribution) for row in found]
    return {"type": "FeatureCollection", "features": features, "attribution": attribution}


def _first_of(search: Search, ways: list[Reading], limit: int) -> list[Found]:
    """The steps of the search, each tried only when those before it found nothing."""
    return _distinct(_steps(search, ways), limit)


def _steps(search: Search, ways: list[Reading]) -> Iterator[list[Found]]:
    if not ways:
        return
    numbered, plain = [way for way in ways if way.number and way.words], ways[-1]
    for way in numbered:
        yield search.doors(way)
    yield [*search.streets(plain.words, whole_name=True), *search.named(plain.words), *search.streets(plain.words)]
    for way in numbered[:2]:
        if begun := search.doors_begun(way):
            yield [*search.streets(way.words)[:1], *begun]
    for way in numbered[:2]:
        yield search.doors_misspelled(way)
    for way in numbered[:1]:
        yield [*search.streets(way.words), *search.streets_misspelled(way.words)]
    yield [*search.named_misspelled(plain.words), *search.streets_misspelled(plain.words)]


def _distinct(steps: Iterable[list[Found]], limit: int) -> list[Found]:
    """The first step that found anything; the same door is offered once."""
    for step in steps:
        kept: list[Found] = []
        for row in step:
            if len(kept) < limit and not any(_same(row, other) for other in kept):
                kept.append(row)
        if kept:
            return kept
    return []


def _same(row: Found, other: Found) -> bool:
    if (row.street_id, row.number, row.accuracy) != (other.street_id, other.number, other.accuracy):
        return False
    if not row.number and row.name != other.name:
        return False
    return crow_metres_between(row.point, other.point) <= SAME_DOOR_M


def _feature(row: Found, attribution: str) -> Feature:
    properties: Properties = {"accuracy": row.accuracy, "snap_m": row.snap_m, "attribution": attribution}
    if row.accuracy == TOWN:
        properties |= {"type": "city", "name": row.street, "osm_key": "place", "osm_value": "town"}
    elif row.accuracy == STREET:
        properties |= {"type": "street", "name": row.street, "osm_key": "highway", "osm_value": "residential"}
    else:
        properties |= {"type": "house", "osm_key": "building", "osm_value": "yes", **_osm_id(row.source)}
    optional: dict[str, Any] = {
        "name": row.name,
        "housenumber": row.number,
        "street": row.street if row.kind == "street" and row.accuracy != TOWN else "",
        "postcode": row.postcode,
        "city": row.city,
        "countrycode": row.country,
    }
    properties |= {key: value for key, value in optional.items() if value}  # type: ignore[typeddict-item]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": (row.lon, row.lat)},
        "properties": properties,
    }


def _osm_id(source: str) -> Properties:
    kind, _, number = source.partition("/")
    if kind in {"node", "way", "relation"} and number.isdigit():
        return {"osm_type": kind[0].upper(), "osm_id": int(number)}
    return {}
