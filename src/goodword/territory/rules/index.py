"""Sort addresses into streets and towns, one row for each, however they are spelled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from goodword.territory.rules.fill import Nearby, town_of_roads
from goodword.territory.rules.geo import Point, crow_metres_between
from goodword.territory.rules.names import key, vector
from goodword.territory.rules.rows import Door, Reading

SAME_STREET_M = 1_500.0  # ours: a road without numbers this near to a street of the same name is that street
_PLACE_WEIGHT = {"city": 100_000, "town": 10_000, "village": 1_000, "suburb": 500, "hamlet": 100}


@dataclass
class StreetRow:
    """A street, a place without street names, or a town, with its doors."""

    kind: str
    name: str
    city: str
    postcode: str
    norm_key: str
    city_key: str
    lat: float
    lon: float
    weight: int
    doc: str
    doors: list[Door] = field(default_factory=list)


def index(reading: Reading) -> list[StreetRow]:
    """Make the rows of the address index.

    Returns
    -------
    list of StreetRow
        Streets and places with their doors, then roads without numbers, then towns. Deterministic.
    """
    spelling = _town_spellings(reading)
    streets = _streets(reading.doors, spelling)
    return [*streets, *_roads_without_numbers(reading, streets, spelling), *_towns(reading, spelling)]


def spellings_joined(reading: Reading) -> dict[str, list[str]]:
    """Towns that are written in more than one way, by the spelling that is shown."""
    ways: dict[str, set[str]] = defaultdict(set)
    for name in [d.city for d in reading.doors] + [p.name for p in reading.places]:
        if name:
            ways[key(name)].add(name)
    shown = _town_spellings(reading)
    return {shown[k]: sorted(names) for k, names in sorted(ways.items()) if len(names) > 1}


def _town_spellings(reading: Reading) -> dict[str, str]:
    """The spelling shown for each town: its place's own, else the commonest on its addresses."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for door in reading.doors:
        counts[key(door.city)][door.city] += 1
    shown = {k: min(names, key=lambda n: (-names[n], n)) for k, names in counts.items()}
    shown.update({key(place.name): place.name for place in reversed(reading.places)})
    return shown


def _streets(doors: Iterable[Door], spelling: dict[str, str]) -> list[StreetRow]:
    groups: dict[tuple[str, str, str], list[Door]] = defaultdict(list)
    for door in doors:
        kind, name = ("street", door.street) if door.street else ("place", door.place or door.city)
        groups[kind, key(name), key(door.city)].append(door)
    return [_street(kind, k, c, found, spelling) for (kind, k, c), found in sorted(groups.items())]


def _street(kind: str, norm_key: str, city_key: str, doors: list[Door], spelling: dict[str, str]) -> StreetRow:
    names = Counter(door.street or door.place or door.city for door in doors)
    cities = Counter(door.city for door in doors)
    postcodes = Counter(door.postcode for door in doors)
    name = min(names, key=lambda n: (-names[n], n))
    middle = _middle(doors)
    return StreetRow(
        kind=kind,
        name=name,
        city=spelling.get(city_key, ""),
        postcode=min(postcodes, key=lambda p: (-postcodes[p], p)),
        norm_key=norm_key,
        city_key=city_key,
        lat=middle.lat,
        lon=middle.lon,
        weight=len(doors),
        doc=vector(_street_words(names, cities, postcodes, doors)),
        doors=sorted(doors, key=lambda d: d.ref),
    )


def _street_words(
    names: Iterable[str], cities: Iterable[str], postcodes: Iterable[str], doors: list[Door]
) -> list[tuple[str, str]]:
    return [
        *((name, "A") for name in names),
        *((door.place, "B") for door in doors if door.place),
        *((city, "C") for city in cities),
        *((word, "D") for code in postcodes for word in postcode_words(code)),
    ]


def postcode_words(postcode: str) -> list[str]:
    """ "QA1 2BC" is also typed QA12BC."""
    return [postcode, postcode.replace(" ", "")]


def name_words(door: Door, city: str) -> str:
    """The search document of a door that has a name."""
    return vector(
        [
            (door.name, "A"),
            (door.street or door.place, "B"),
            (door.number, "D"),
            (city, "C"),
            *((word, "D") for word in postcode_words(door.postcode)),
        ]
    )


def _middle(doors: list[Door]) -> Point:
    """The door nearest to the middle of all: a point that lies on the street, unlike an average."""
    middle = Point(sum(d.lat for d in doors) / len(doors), sum(d.lon for d in doors) / len(doors))
    return min(doors, key=lambda d: (crow_metres_between(middle, d.point), d.ref)).point


def _roads_without_numbers(reading: Reading, streets: list[StreetRow], spelling: dict[str, str]) -> list[StreetRow]:
    points: dict[str, list[Point]] = defaultdict(list)
    for street in streets:
        points[street.norm_key].extend(door.point for door in street.doors)
    known = {k: Nearby(found) for k, found in points.items()}
    groups: dict[tuple[str, str], list[tuple[str, Point]]] = defaultdict(list)
    for road, city in town_of_roads(reading):
        point = Point(road.lat, road.lon)
        near = known.get(key(road.name))
        if near is None or near.nearest(point, SAME_STREET_M) is None:
            groups[key(road.name), key(city)].append((road.name, point))
    rows = []
    for (norm_key, city_key), found in sorted(groups.items()):
        name, point = found[len(found) // 2]
        city = spelling.get(city_key, "")
        doc = vector([(name, "A"), (city, "C")])
        rows.append(StreetRow("street", name, city, "", norm_key, city_key, point.lat, point.lon, 0, doc))
    return [row for row in rows if row.norm_key]


def _towns(reading: Reading, spelling: dict[str, str]) -> list[StreetRow]:
    ways: dict[str, set[str]] = defaultdict(set)
    where: dict[str, Point] = {}
    weight: Counter[str] = Counter()
    doors: dict[str, list[Door]] = defaultdict(list)
    for place in reading.places:
        k = key(place.name)
        ways[k].add(place.name)
        where.setdefault(k, Point(place.lat, place.lon))
        weight[k] = max(weight[k], place.population, _PLACE_WEIGHT.get(place.kind, 0))
    for door in reading.doors:
        if k := key(door.city):
            ways[k].add(door.city)
            doors[k].append(door)
    rows = []
    for k in sorted(ways):
        point = where.get(k) or _middle(doors[k])
        codes = {door.postcode for door in doors[k] if door.postcode}
        doc = vector([*((n, "A") for n in ways[k]), *((w, "D") for c in codes for w in postcode_words(c))])
        rows.append(StreetRow("town", spelling[k], spelling[k], "", k, k, point.lat, point.lon, weight[k], doc))
    return rows
