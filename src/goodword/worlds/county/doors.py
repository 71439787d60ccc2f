"""Houses along the streets, farms along the roads, and the addresses that are there to be tripped over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from goodword.worlds.county.cast import SETTLEMENTS, WANTED, Pin, Settlement
from goodword.worlds.county.names import farm_names, postcodes
from goodword.worlds.county.net import Net, Road
from goodword.worlds.county.plane import XY, is_dry

CORNER_M = 17.0
FARM_EVERY_M = (650.0, 1_500.0)
FARM_OUTWARD = "QA9"
OVER_LAND = frozenset({"primary", "secondary", "tertiary"})


@dataclass
class House:
    """A building with an address."""

    middle: XY
    along: XY
    width: float
    depth: float
    town: str
    street: str = ""
    number: str = ""
    name: str = ""
    place: str = ""
    city: str = ""
    postcode: str = ""
    building: str = "house"
    side: int = 1
    pinned: bool = False


class Room:
    """Keeps houses from standing in each other."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[XY, float]]] = defaultdict(list)

    def take(self, middle: XY, radius: float) -> bool:
        """Whether the spot is free; it is taken then."""
        row, column = int(middle.x // 30), int(middle.y // 30)
        for r in range(row - 1, row + 2):
            for c in range(column - 1, column + 2):
                if any(middle.to(other) < radius + theirs for other, theirs in self._cells[r, c]):
                    return False
        self._cells[row, column].append((middle, radius))
        return True


def town_houses(town: Settlement, net: Net, dice: Random, room: Room) -> list[House]:
    """All houses of one settlement, thinned to its number, the wanted ones among them."""
    degrees = net.degrees()
    codes = postcodes(town.outward)
    houses: list[House] = []
    streets: dict[str, list[House]] = {}
    for road in (r for r in net.roads if r.town == town.name):
        line = _along(road, net, degrees, dice, room, town)
        for start in range(0, len(line), 30):
            code = next(codes)
            for house in line[start : start + 30]:
                house.postcode = code
        streets.setdefault(road.name, []).extend(line)
    for street, line in streets.items():
        _number(line)
        _pin(line, [pin for want in WANTED if (want.town, want.street) == (town.name, street) for pin in want.pins])
        houses += line
    return _thinned(houses, town.houses, dice)


def _along(road: Road, net: Net, degrees: dict[int, int], dice: Random, room: Room, town: Settlement) -> list[House]:
    """Houses on both sides, left first, from the street's start to its end."""
    near, far = (8.5, 12.5) if road.old_town else (15.0, 23.0) if town.kind == "town" else (19.0, 33.0)
    found = []
    for side in (1, -1):
        at = dice.uniform(4, 12)
        for middle, along in _walk(road, net, degrees, at, lambda: dice.uniform(near, far), side, road.old_town, dice):
            width = min(near - 1.0, dice.uniform(7, 11))
            if is_dry(middle, 22.0) and room.take(middle, near / 2 - 0.4):
                found.append(House(middle, along, width, dice.uniform(7, 10), town.name, road.name, side=side))
    return found


def _walk(
    road: Road,
    net: Net,
    degrees: dict[int, int],
    at: float,
    step: Callable[[], float],
    side: int,
    old: bool,
    dice: Random,
) -> Iterator[tuple[XY, XY]]:
    """Spots beside the road, away from its corners, with the direction in which it runs there."""
    for a, b in pairwise(road.points):
        one, two = net.at[a], net.at[b]
        length = one.to(two)
        along = XY((two.x - one.x) / length, (two.y - one.y) / length)
        first = CORNER_M if degrees[a] > 1 else 2.0
        last = length - (CORNER_M if degrees[b] > 1 else 2.0)
        here = max(at, first)
        while here < last:
            back = 9.0 if old else dice.uniform(12.0, 17.0)
            spot = one.towards(two, here / length)
            yield XY(spot.x - along.y * back * side, spot.y + along.x * back * side), along
            here += step()
        at = max(0.0, here - length)


def _number(line: list[House]) -> None:
    """Odd numbers on the left, even ones on the right; nobody lives at 13; here and there a house was squeezed in."""
    last = {1: -1, -1: 0}
    for n, house in enumerate(line):
        if n % 61 == 47 and last[house.side] > 0:
            house.number = f"{last[house.side]}a"
            continue
        last[house.side] += 4 if last[house.side] == 11 else 2
        house.number = str(last[house.side])


def _pin(line: list[House], pins: Sequence[Pin]) -> None:
    """Make sure that the wanted doors are there."""
    for pin in pins:
        digits = int("".join(c for c in pin.number.split("-")[0] if c.isdigit()))
        house = _house_for(line, pin.number, digits)
        house.number, house.name, house.pinned = pin.number, pin.name, True
        house.building = pin.building if pin.name else house.building
    joined = {n for pin in pins if "-" in pin.number for n in pin.number.split("-")}
    line[:] = [house for house in line if house.pinned or house.number not in joined]


def _house_for(line: list[House], number: str, digits: int) -> House:
    """The house with this number; else the one whose number is nearest on the same side."""
    free = [h for h in line if not h.pinned and h.number.isdigit()]
    exact = [h for h in free if h.number == number]
    same_side = [h for h in free if int(h.number) % 2 == digits % 2] or free
    return exact[0] if exact else min(same_side, key=lambda h: abs(int(h.number) - digits - 0.5))


def _thinned(houses: list[House], most: int, dice: Random) -> list[House]:
    """Empty plots here and there, until so many houses remain."""
    surplus = max(0, len(houses) - most)
    open_to_change = [n for n, house in enumerate(houses) if not house.pinned]
    gone = set(dice.sample(open_to_change, surplus))
    return [house for n, house in enumerate(houses) if n not in gone]


def farms(net: Net, dice: Random, room: Room) -> list[House]:
    """Farms and cottages along the roads over land: a name and a village; one in three has street and number."""
    names = farm_names(dice)
    villages = [s for s in SETTLEMENTS if s.kind == "village"]
    codes = postcodes(FARM_OUTWARD)
    found: list[House] = []
    for road in (r for r in net.roads if not r.town and r.kind in OVER_LAND and len(r.points) > 8):
        for number, (spot, along) in enumerate(_farm_spots(road, net, dice), start=1):
            if not (is_dry(spot, 40.0) and room.take(spot, 14.0)):
                continue
            village = min(villages, key=lambda v: v.middle.to(spot)).name
            house = House(spot, along, 18.0, 11.0, village, name=next(names), place=village, building="farm")
            house.postcode = next(codes)
            if number % 3 == 0:
                house.street, house.number, house.place = road.name, str(number), ""
            found.append(house)
    return found


def _farm_spots(road: Road, net: Net, dice: Random) -> Iterator[tuple[XY, XY]]:
    for side in (1, -1):
        yield from _walk_far(road, net, dice.uniform(280, 500), lambda: dice.uniform(*FARM_EVERY_M), side, dice)


def _walk_far(
    road: Road, net: Net, at: float, step: Callable[[], float], side: int, dice: Random
) -> Iterator[tuple[XY, XY]]:
    degrees: dict[int, int] = defaultdict(int)
    for spot, along in _walk(road, net, degrees, at, step, side, True, dice):
        back = dice.uniform(20.0, 60.0)
        yield XY(spot.x - along.y * back * side, spot.y + along.x * back * side), along


def footprint(house: House) -> list[XY]:
    """The four corners of the building, along its street."""
    ux, uy = house.along
    w, d = house.width / 2, house.depth / 2
    return [
        XY(house.middle.x + ux * a - uy * b, house.middle.y + uy * a + ux * b)
        for a, b in ((-w, -d), (w, -d), (w, d), (-w, d))
    ]
