"""Draw the county: roads first, then doors, then what is there to be tripped over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from goodword.worlds.county.cast import (
    ALDERMERE,
    FAR_FROM_ROADS,
    SETTLEMENTS,
    TRACK_FARM,
    TRACK_FARM_SPOT,
)
from goodword.worlds.county.country import draw_links, draw_mill_bridge, draw_ring, draw_roads
from goodword.worlds.county.doors import House, Room, farms, town_houses
from goodword.worlds.county.names import postcodes
from goodword.worlds.county.net import Net, Road
from goodword.worlds.county.open_land import OpenLand
from goodword.worlds.county.plane import XY
from goodword.worlds.county.town import draw_town

SEED = 2026
FAR_M, TRACK_M = (260.0, 1_600.0), (420.0, 900.0)
NO_TOWN_EVERY = 9
"""So many farms stand in the file without town and postcode, as in real files."""


@dataclass
class County:
    """Everything that is written into the file."""

    seed: int
    net: Net = field(default_factory=Net)
    houses: list[House] = field(default_factory=list)


def draw(seed: int = SEED, *, without: Iterable[str] = ()) -> County:
    """Draw the county.

    Parameters
    ----------
    seed : int
        The same seed gives the same county.
    without : iterable of str
        Bridges that are closed, by name: :data:`BRIDGES`.
    """
    county = County(seed)
    net, room = county.net, Room()
    grids = {town.name: draw_town(town, net, _dice(seed, "streets", town.name)) for town in SETTLEMENTS}
    draw_mill_bridge(grids[ALDERMERE], net)
    ring = draw_ring(net)
    draw_links(ring, net, _dice(seed, "links"))
    draw_roads(ring, net, _dice(seed, "roads"))
    net.open_dead_one_ways()
    for town in SETTLEMENTS:
        county.houses += town_houses(town, net, _dice(seed, "houses", town.name), room)
    lone = farms(net, _dice(seed, "farms"), room)
    land = OpenLand(net)
    county.houses += [*lone, *_far_houses(land), _farm_on_a_track(land, net)]
    _spell(county.houses, _dice(seed, "spelling"))
    for house in lone[::NO_TOWN_EVERY]:
        house.city = house.postcode = ""
    closed = set(without)
    net.roads = [road for road in net.roads if road.name not in closed]
    return county


def _dice(seed: int, *part: str) -> Random:
    """Each part throws its own dice, so that a change in one does not move the others."""
    return Random(f"{seed}:{':'.join(part)}")


def _far_houses(land: OpenLand) -> list[House]:
    codes = postcodes("QA8")
    return [_lone_house(name, land.room_near(spot, *FAR_M), next(codes)) for name, spot in FAR_FROM_ROADS]


def _farm_on_a_track(land: OpenLand, net: Net) -> House:
    """A farm far from every road but its own track, which leads to the end of the nearest one."""
    spot = land.room_near(TRACK_FARM_SPOT, *TRACK_M)
    used = {p for road in net.roads for p in road.points}
    gate = min(used, key=lambda p: (net.at[p].to(spot), p))
    track = [net.at[gate].towards(spot, share) for share in (0.3, 0.55, 0.8)]
    end = net.at[gate].towards(spot, 1.0 - 18.0 / net.at[gate].to(spot))
    points = [gate, *(net.add(XY(p.x + 25.0 * (-1) ** n, p.y + 18.0)) for n, p in enumerate(track)), net.add(end)]
    tags = {"tracktype": "grade3", "surface": "gravel", "motor_vehicle": "yes"}
    net.roads.append(Road(points, "track", name=f"{TRACK_FARM} Track", tags=tags))
    return _lone_house(TRACK_FARM, spot, "QA8 9ZZ")


def _lone_house(name: str, spot: XY, postcode: str) -> House:
    village = min((s for s in SETTLEMENTS if s.kind == "village"), key=lambda s: s.middle.to(spot)).name
    return House(spot, XY(1.0, 0.0), 14.0, 10.0, village, name=name, place=village, postcode=postcode, building="farm")


def _spell(houses: Iterable[House], dice: Random) -> None:
    """Write the town on each address; one village has three spellings."""
    ways = {town.name: town.spellings or (town.name,) for town in SETTLEMENTS}
    for house in houses:
        house.city = dice.choice(ways[house.town])
