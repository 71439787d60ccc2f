"""What lies between the towns: the ring road, the bridges, and the roads over land."""

from __future__ import annotations

import math
from random import Random

from goodword.worlds.county.cast import ALDERMERE, BRIDGES, MIDDLE, RING, ROADS, SETTLEMENTS
from goodword.worlds.county.names import town_names
from goodword.worlds.county.net import Net, Road
from goodword.worlds.county.plane import XY, from_river_m, is_dry, is_north, river_y
from goodword.worlds.county.town import Grid

RING_POINTS = 84
LINKS = 18
STEP_M = 210.0
_SPEED = {"primary": "50 mph", "secondary": "50 mph", "tertiary": "40 mph"}


def draw_bridge(net: Net, a: int, b: int, name: str, kind: str) -> None:
    """Over the river between two points on its banks: both shores, and a way of its own between them."""
    one, two = net.at[a], net.at[b]
    shores = [net.add(_shore(one, two)), net.add(_shore(two, one))]
    kinds = {"maxspeed": "30 mph"} if kind != "trunk" else {"maxspeed": "50 mph"}
    for points in ([a, shores[0]], [shores[1], b]):
        net.roads.append(Road(points, kind, tags=dict(kinds), name=name.replace("Bridge", "Approach")))
    net.roads.append(Road(shores, kind, name=name, tags={**kinds, "bridge": "yes", "layer": "1", "bridge:name": name}))


def _shore(near: XY, far: XY) -> XY:
    """The last point on this bank, 34 m from the middle of the river."""
    shares = [n / 200 for n in range(201)]
    on_bank = [s for s in shares if is_north(p := near.towards(far, s)) == is_north(near) and from_river_m(p) >= 34.0]
    return near.towards(far, max(on_bank))


def draw_mill_bridge(grid: Grid, net: Net) -> None:
    """Join the main street of both banks."""
    line = [grid.point[p] for p in grid.along(("u", grid.main_u))]
    used = {p for road in net.roads for p in road.points}
    north = [p for p in line if p in used and is_north(net.at[p])]
    south = [p for p in line if p in used and not is_north(net.at[p])]
    a = min(north, key=lambda p: from_river_m(net.at[p]))
    b = min(south, key=lambda p: from_river_m(net.at[p]))
    draw_bridge(net, a, b, BRIDGES[0], "secondary")


def draw_ring(net: Net) -> list[int]:
    """The ring road round Aldermere, with its two bridges. Answers its points."""
    circle = []
    for n in range(RING_POINTS):
        angle = 2 * math.pi * n / RING_POINTS
        point = XY(MIDDLE.x + RING.x * math.cos(angle), MIDDLE.y + RING.y * math.sin(angle))
        if from_river_m(point) > 45.0:
            circle.append(net.add(point))
    stretch = [circle[0]]
    for a, b in zip(circle, [*circle[1:], circle[0]], strict=True):
        if is_north(net.at[a]) == is_north(net.at[b]):
            stretch.append(b)
            continue
        _ring_road(net, stretch)
        draw_bridge(net, a, b, BRIDGES[1] if net.at[a].x < MIDDLE.x else BRIDGES[2], "trunk")
        stretch = [b]
    _ring_road(net, stretch)
    return circle


def _ring_road(net: Net, points: list[int]) -> None:
    for start in range(0, len(points) - 1, 12):
        piece = points[start : start + 13]
        net.roads.append(Road(piece, "trunk", name="Ring Road", tags={"maxspeed": "50 mph", "ref": "A99"}))


def draw_links(ring: list[int], net: Net, dice: Random) -> None:
    """Roads from the town's edge out to the ring; nobody lives on them."""
    used = {p for road in net.roads if road.town == ALDERMERE for p in road.points}
    names = town_names(dice, {road.name for road in net.roads})
    done: set[int] = set()
    for n in range(LINKS):
        outer = ring[n * len(ring) // LINKS]
        if from_river_m(net.at[outer]) < 140.0:
            continue
        same_bank = [p for p in used if is_north(net.at[p]) == is_north(net.at[outer]) and p not in done]
        inner = min(same_bank, key=lambda p: (net.at[p].to(net.at[outer]), p))
        done.add(inner)
        tags = {"maxspeed": "30 mph"}
        net.roads.append(Road([inner, outer], "tertiary", name=next(names), tags=tags))


def draw_roads(ring: list[int], net: Net, dice: Random) -> None:
    """The roads between settlements."""
    points = {s.name: [p for r in net.roads if r.town == s.name for p in r.points] for s in SETTLEMENTS}
    points[ALDERMERE] = [p for p in ring if from_river_m(net.at[p]) > 150.0]
    middle = {s.name: s.middle for s in SETTLEMENTS}
    for start, end, kind, name, ref in ROADS:
        far = {start: middle[end], end: middle[start]}
        bank = is_north(middle[end if start == ALDERMERE else start])
        a, b = (
            min((p for p in points[t] if is_north(net.at[p]) == bank), key=lambda p: (net.at[p].to(far[t]), p))
            for t in (start, end)
        )
        tags = {"maxspeed": _SPEED[kind], **({"ref": ref} if ref else {})}
        net.roads.append(Road([a, *_over_land(net, a, b, dice), b], kind, name=name, tags=tags))


def _over_land(net: Net, a: int, b: int, dice: Random) -> list[int]:
    """A road as old roads run: two slow bends, never into the water."""
    one, two = net.at[a], net.at[b]
    length = one.to(two)
    sideways = XY(-(two.y - one.y) / length, (two.x - one.x) / length)
    bends = [(dice.uniform(0.02, 0.05) * dice.choice((1, -1)), n) for n in (1, 2, 5)]
    steps = max(2, round(length / STEP_M))
    points = []
    for n in range(1, steps):
        share = n / steps
        off = length * sum(size / waves * math.sin(math.pi * waves * share) for size, waves in bends)
        straight = one.towards(two, share)
        points.append(net.add(_onto_land(XY(straight.x + sideways.x * off, straight.y + sideways.y * off), one)))
    return points


def _onto_land(point: XY, start: XY) -> XY:
    if from_river_m(point) < 130.0 or is_north(point) != is_north(start):
        point = XY(point.x, river_y(point.x) + (130.0 if is_north(start) else -130.0))
    return point if is_dry(point, 60.0) else XY(point.x - 200.0, point.y)
