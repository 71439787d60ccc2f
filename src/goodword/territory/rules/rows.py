"""What is read from an OpenStreetMap file or an address file, before it is sorted into streets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from goodword.territory.rules.geo import BBox, Point

ROOFTOP, INTERPOLATED, STREET, TOWN = "rooftop", "interpolated", "street", "town"


@dataclass(slots=True)
class Door:
    """One address as it stands in the file."""

    ref: str
    lat: float
    lon: float
    street: str = ""
    number: str = ""
    name: str = ""
    place: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    accuracy: str = ROOFTOP
    filled: str = ""
    snap_m: float | None = None

    @property
    def point(self) -> Point:
        """Where it is."""
        return Point(self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class Place:
    """A town, a village, a hamlet."""

    name: str
    kind: str
    lat: float
    lon: float
    population: int = 0


@dataclass(frozen=True, slots=True)
class NamedRoad:
    """A street that may have no house numbers at all."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Boundary:
    """The outline of a municipality: outer rings of (lat, lon)."""

    name: str
    rings: tuple[tuple[Point, ...], ...]

    @cached_property
    def bbox(self) -> BBox:
        """The rectangle around it, to say no cheaply."""
        lats = [p.lat for ring in self.rings for p in ring]
        lons = [p.lon for ring in self.rings for p in ring]
        return BBox(min(lats), min(lons), max(lats), max(lons))

    def holds(self, lat: float, lon: float) -> bool:
        """Whether the place lies inside (even-odd rule over all outer rings)."""
        if not self.bbox.holds(lat, lon):
            return False
        inside = False
        for ring in self.rings:
            for a, b in pairwise(ring):
                if (a.lat > lat) != (b.lat > lat) and lon < (b.lon - a.lon) * (lat - a.lat) / (b.lat - a.lat) + a.lon:
                    inside = not inside
        return inside


@dataclass
class Reading:
    """All that one file yields, and what could not be used, by reason."""

    doors: list[Door] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    roads: list[NamedRoad] = field(default_factory=list)
    boundaries: list[Boundary] = field(default_factory=list)
    bbox: BBox | None = None
    drivable_ways: int = 0
    unused: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, why: str, example: str) -> None:
        """Count something that cannot be used, keeping the first five as examples."""
        self.unused[why] += 1
        if len(kept := self.examples.setdefault(why, [])) < 5:
            kept.append(example)
