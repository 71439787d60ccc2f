"""What a closure closes. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from goodword.kit.calendar import EARLIEST, LATEST
from goodword.kit.refusals import BadInput
from goodword.territory.rules.geo import Point, crow_metres
from goodword.territory.rules.names import key

NEAREST_M, WIDEST_M = 5, 500  # ours: a bridge needs 20 to 50 m; a flooded quarter is several closures
LONGEST = timedelta(days=732)  # ours
AROUND, BESIDE_M = 1.6, 2_000.0  # ours: roads are 1.3 to 1.5 times the straight line


class Stretch(NamedTuple):
    """A piece of road between two neighbouring points of its line (OpenStreetMap node ids)."""

    road: str
    first: int
    last: int


class Place(NamedTuple):
    """What a closure covers: all stretches within `radius_m` of a point, or only those of `road` among them."""

    lat: float
    lon: float
    radius_m: int
    road: str


def check_radius(radius_m: int) -> None:
    """Refuse a radius that no closure has."""
    if not NEAREST_M <= radius_m <= WIDEST_M:
        raise BadInput(
            "radius_m",
            _("The radius is from %(least)d to %(most)d metres. Close a larger area in several parts.")
            % {"least": NEAREST_M, "most": WIDEST_M},
        )


def check_span(starts_at: datetime, ends_at: datetime | None) -> None:
    """Refuse a span that is naive, backwards, too long or out of range; without an end it holds until opened again."""
    for field, moment in (("starts_at", starts_at), ("ends_at", ends_at)):
        if moment is None:
            continue
        if moment.tzinfo is None:
            raise BadInput(field, _("This instant has no offset. Write it like 2026-11-02T09:40:00Z."))
        if not EARLIEST <= moment < LATEST:
            raise BadInput(field, _("This date is too far away. Use one between 2000 and 2100."))
    if ends_at is not None and ends_at <= starts_at:
        raise BadInput("ends_at", _("The end must come after the beginning."))
    if ends_at is not None and ends_at - starts_at > LONGEST:
        raise BadInput("ends_at", _("This is longer than two years. Leave the end empty and open the road by hand."))


def of_road(found: Iterable[Stretch], road: str) -> list[Stretch]:
    """The stretches of the road of that name, however it is spelled; all of them without a name."""
    return [s for s in found if not road or key(s.road) == key(road)]


def closed_key(places: Iterable[Place]) -> str:
    """The name of the roads with these places closed: the same for the same places; empty for none.

    Examples
    --------
    >>> here, there = Place(53.4, 1.8, 20, ""), Place(53.5, 1.8, 20, "")
    >>> closed_key([here, there]) == closed_key([there, here]) != closed_key([here])
    True
    >>> closed_key([])
    ''
    """
    each = sorted({tuple(place) for place in places})
    return hashlib.sha256(json.dumps(each).encode()).hexdigest()[:16] if each else ""


def speed_lines(stretches: Iterable[Stretch]) -> str:
    """OSRM's segment speeds (from node, to node, km/h): nothing moves, either way."""
    both = {pair for s in stretches for pair in ((s.first, s.last), (s.last, s.first))}
    return "".join(f"{a},{b},0\n" for a, b in sorted(both))


def may_lie_between(place: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a drive between two places (lat, lon) can have led past a third, in time or not."""
    there, back = crow_metres([Point(*place)], [Point(*start), Point(*end)])[0]
    straight = crow_metres([Point(*start)], [Point(*end)])[0, 0]
    return bool(there + back <= AROUND * straight + BESIDE_M)
