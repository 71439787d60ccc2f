"""Where people live: doors of the territory in use, the same ones every time."""

from dataclasses import dataclass
from random import Random
from typing import Any

from goodword.territory.models import Address
from goodword.worlds.county.cast import SETTLEMENTS

SEED = 2026
_SPELLINGS = {way: town.name for town in SETTLEMENTS for way in (town.spellings or (town.name,))}


@dataclass(frozen=True)
class Door:
    """A door: this one, or (without a street) some door of the town."""

    town: str
    street: str = ""
    number: str = ""


class NoDoors(Exception):
    """The territory in use has no addresses."""


class Places:
    """The doors of the territory. On other roads than the county's, any door near by stands for one that is not there.

    Coordinates are those of the address index; nothing is guessed.
    """

    def __init__(self) -> None:
        rows = (
            Address.objects.filter(street__dataset__active=True)
            .exclude(number="")
            .order_by("street__city", "street__name", "number_norm", "lat", "lon")
            .values_list("street__name", "number", "street__city", "postcode", "lat", "lon", "accuracy", "snap_m")
        )
        self._doors = [_site(*row) for row in rows]
        if not self._doors:
            raise NoDoors
        self._towns: dict[str, list[dict[str, Any]]] = {}
        self._exact: dict[tuple[str, str, str], dict[str, Any]] = {}
        for door in self._doors:
            town = _SPELLINGS.get(door["city"], door["city"])
            self._towns.setdefault(town, []).append(door)
            self._exact.setdefault((town, door["street"], door["house_number"]), door)
        self._taken: set[int] = set()

    def door(self, wanted: Door, key: str) -> dict[str, Any]:
        """The address part of a site's arguments; ``key`` decides which one where any would do."""
        found = self._exact.get((wanted.town, wanted.street, wanted.number))
        if found is None:
            found = self._some(self._towns.get(wanted.town, self._doors), key)
        self._taken.add(id(found))
        return dict(found)

    def _some(self, doors: list[dict[str, Any]], key: str) -> dict[str, Any]:
        dice = Random(f"{SEED}:{key}")
        for _try in range(50):
            found = dice.choice(doors)
            if id(found) not in self._taken and (found["snap_m"] or 0.0) < 100.0:
                break
        return found


def _site(
    street: str, number: str, city: str, postcode: str, lat: float, lon: float, accuracy: str, snap_m: float | None
) -> dict[str, Any]:
    known = accuracy if accuracy in {"rooftop", "interpolated", "street", "town"} else "unknown"
    return {
        "street": street, "house_number": number, "city": city, "postcode": postcode,
        "lat": lat, "lon": lon, "accuracy": known, "snap_m": snap_m,
    }  # fmt: skip
