"""Points on the map and what is written beside them."""

import re
from collections.abc import Mapping
from math import asin, cos, isfinite, radians, sin, sqrt
from typing import Any

import phonenumbers
from django.utils.translation import gettext as _

from goodword.kit.refusals import BadInput
from goodword.kit.text import clean

EARTH_M = 6_371_008.8  # mean radius, IUGG
NEAR_M, FAR_M = 300_000.0, 1_000_000.0  # ours: "lies by the branch", "lies on another continent"
AREAS = 12  # ours: how many areas a site may name


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle metres between two (lat, lon), the short way round the date line."""
    lat, dlat = radians(a[0]), radians(b[0] - a[0])
    dlon = radians((b[1] - a[1] + 180) % 360 - 180)
    h = sin(dlat / 2) ** 2 + cos(lat) * cos(radians(b[0])) * sin(dlon / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(min(1.0, h)))


def check_point(lat: float | None, lon: float | None, branch: tuple[float, float]) -> None:
    """Refuses half a point, one off the earth, 0, 0, and one that lies by the branch only when read the other way.

    Parameters
    ----------
    lat, lon
        Both, or neither for an address that was not found on the map yet.
    branch
        (lat, lon) of the branch that serves it.

    Raises
    ------
    BadInput
        ``why`` says what to do.
    """
    if lat is None and lon is None:
        return
    if lat is None or lon is None or not (isfinite(lat) and isfinite(lon)):
        raise BadInput("lat", _("A point needs latitude and longitude, both as numbers."))
    if lat == 0 and lon == 0:
        raise BadInput("lat", _("0, 0 lies in the sea off Africa: the address was not found. Look it up again."))
    turned = -90 <= lon <= 90 and -180 <= lat <= 180 and distance_m((lon, lat), branch) < NEAR_M
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadInput("lat", _swapped() if turned else _("This is no place on earth. Latitude goes from -90 to 90."))
    if turned and distance_m((lat, lon), branch) > FAR_M:
        raise BadInput("lat", _swapped())


def _swapped() -> str:
    return _("Latitude and longitude seem to be exchanged: the other way round this lies by the branch. Exchange them.")


def read_country(typed: str, region: str) -> str:
    """Two capitals (ISO 3166-1); empty means the company's own."""
    country = clean(typed, "country").upper() or region
    if not re.fullmatch(r"[A-Z]{2}", country) or country not in phonenumbers.SUPPORTED_REGIONS:
        raise BadInput("country", _("Write the country as two letters, like GB."))
    return country


def read_areas(areas: Any) -> dict[str, str]:
    """Where we work and where we put things: name to place, like ``{"work": "kitchen", "materials": "hall"}``."""
    if not isinstance(areas, Mapping) or len(areas) > AREAS:
        raise BadInput("areas", _("Areas are at most 12 pairs, like work: kitchen."))
    return {clean(k, "areas", limit=40, needed=True): clean(v, "areas") for k, v in areas.items()}
