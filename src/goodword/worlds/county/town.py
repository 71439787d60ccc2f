"""Streets of a town or a village: a bent grid with gaps, cut by the river, denser and one-way in the old town."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from goodword.worlds.county.cast import ALDERMERE, WANTED, Settlement
from goodword.worlds.county.names import town_names, village_names
from goodword.worlds.county.net import Groups, Net, Road
from goodword.worlds.county.plane import XY, is_dry, is_north, turned

LONGEST_GAP_M = 270.0
EXTRA = {"town": 0.85, "village": 0.7}
"""How many of the stretches that the net could do without are built all the same."""

MAIN_NAMES = {
    (ALDERMERE, "u", True): "High Street",
    (ALDERMERE, "u", False): "Bridge Street",
    (ALDERMERE, "v", True): "Eastgate",
    (ALDERMERE, "v", False): "Southgate",
    ("Kilnsea", "u", True): "Quay Street",
    ("Kilnsea", "v", True): "Market Street",
}

Place = tuple[int, int]
Line = tuple[str, int]


class Grid:
    """The lines of one settlement and the points where they cross."""

    def __init__(self, town: Settlement, net: Net, dice: Random) -> None:
        self.town, self._net, self._dice = town, net, dice
        self.u, self._dense_u = self._lines(town.half.x)
        self.v, self._dense_v = self._lines(town.half.y)
        self.main_u = _nearest(self.u, self._dense_u, 0.0)
        aims = (town.half.y * 0.36, -town.half.y * 0.36) if town.name == ALDERMERE else (0.0,)
        self.main_v = {_nearest(self.v, self._dense_v, aim) for aim in aims}
        self.point: dict[Place, int] = {}
        for i in range(len(self.u)):
            for j in range(len(self.v)):
                self._put(i, j)

    def _lines(self, half: float) -> tuple[list[float], list[bool]]:
        """Offsets of the lines; in the old town one more between each two (those are marked dense)."""
        full = [0.0]
        for sign in (1, -1):
            at = 0.0
            while (at := at + self._dice.uniform(*self.town.step)) < half:
                full.append(sign * at)
        full.sort()
        lines = [(at, False) for at in full]
        lines += [((a + b) / 2, True) for a, b in pairwise(full) if abs(a + b) / 2 < self.town.old_town_m]
        lines.sort()
        return [at for at, _ in lines], [dense for _, dense in lines]

    def _put(self, i: int, j: int) -> None:
        town, u, v = self.town, self.u[i], self.v[j]
        if (u / town.half.x) ** 2 + (v / town.half.y) ** 2 > 1.0:
            return
        if (self._dense_u[i] or self._dense_v[j]) and not self._is_old(u, v):
            return
        bend = 22.0 if town.kind == "town" else 14.0
        u += bend * math.sin(v / 260.0 + 1.3) + self._dice.uniform(-9, 9)
        v += bend * math.sin(u / 310.0 + 0.4) + self._dice.uniform(-9, 9)
        turned_point = turned(XY(u, v), town.turn)
        point = XY(town.middle.x + turned_point.x, town.middle.y + turned_point.y)
        if is_dry(point, 30.0):
            self.point[i, j] = self._net.add(point)

    def _is_old(self, u: float, v: float) -> bool:
        return math.hypot(u, v) < self.town.old_town_m

    def is_old(self, place: Place) -> bool:
        """Whether the point lies in the old town."""
        return self._is_old(self.u[place[0]], self.v[place[1]])

    def is_main(self, line: Line) -> bool:
        """Whether the line is one of the main streets."""
        return line[1] == self.main_u if line[0] == "u" else line[1] in self.main_v

    def along(self, line: Line) -> list[Place]:
        """The points of a line, in order."""
        kind, index = line
        return sorted(p for p in self.point if p[0 if kind == "u" else 1] == index)

    def lines(self) -> list[Line]:
        """All lines."""
        return [("u", i) for i in range(len(self.u))] + [("v", j) for j in range(len(self.v))]


def draw_town(town: Settlement, net: Net, dice: Random) -> Grid:
    """Put the streets of one settlement into the net; every bank is in one piece."""
    grid = Grid(town, net, dice)
    kept = _kept_stretches(grid, net, dice)
    roads = [road for line in grid.lines() for road in _roads_along(grid, line, kept, net, dice)]
    _name(town, roads, net, dice)
    net.roads += roads
    return grid


def _nearest(lines: list[float], dense: list[bool], aim: float) -> int:
    return min((i for i in range(len(lines)) if not dense[i]), key=lambda i: abs(lines[i] - aim))


def _kept_stretches(grid: Grid, net: Net, dice: Random) -> set[tuple[Place, Place]]:
    """A net without needless gaps: all main streets, what keeps it together, and most of the rest."""
    main: list[tuple[Place, Place]] = []
    other: list[tuple[Place, Place]] = []
    for line in grid.lines():
        for a, b in pairwise(grid.along(line)):
            one, two = net.at[grid.point[a]], net.at[grid.point[b]]
            if is_north(one) == is_north(two) and one.to(two) < LONGEST_GAP_M:
                (main if grid.is_main(line) else other).append((a, b))
    dice.shuffle(other)
    groups = Groups()
    kept = []
    for number, (a, b) in enumerate([*main, *other]):
        joins = groups.join(grid.point[a], grid.point[b])
        if joins or number < len(main) or dice.random() < EXTRA[grid.town.kind]:
            kept.append((a, b))
    size = Counter(groups.root(grid.point[p]) for stretch in kept for p in stretch)
    banks: dict[bool, set[int]] = defaultdict(set)
    for a, _ in kept:
        banks[is_north(net.at[grid.point[a]])].add(groups.root(grid.point[a]))
    largest = {max(roots, key=lambda r: (size[r], r)) for roots in banks.values()}
    return {(a, b) for a, b in kept if groups.root(grid.point[a]) in largest}


def _roads_along(grid: Grid, line: Line, kept: set[tuple[Place, Place]], net: Net, dice: Random) -> Iterator[Road]:
    """Cut a line into streets of a few blocks: at gaps, at the edge of the old town, and now and then."""
    road: list[Place] = []
    blocks = dice.randint(3, 6)
    for a, b in pairwise(grid.along(line)):
        changes = bool(road) and grid.is_old(road[-1]) != grid.is_old(b)
        if road and (road[-1] != a or changes or (len(road) > blocks and not grid.is_main(line))):
            yield _road(grid, line, road)
            road, blocks = [], dice.randint(3, 6)
        if (a, b) in kept:
            road = [*(road or [a]), b]
        elif road:
            yield _road(grid, line, road)
            road = []
    if road:
        yield _road(grid, line, road)


def _road(grid: Grid, line: Line, places: list[Place]) -> Road:
    old = all(grid.is_old(p) for p in places)
    main = grid.is_main(line)
    points = [grid.point[p] for p in places]
    one_way = old and not main
    if one_way and line[1] % 2:
        points.reverse()
    kind = "residential" if not main else "secondary" if grid.town.kind == "town" else "tertiary"
    speed = {"maxspeed": "20 mph"} if old else {"maxspeed": "30 mph"} if main else {}
    return Road(points, kind, grid.town.name, _main_name(grid, line, places), one_way, old, speed)


def _main_name(grid: Grid, line: Line, places: list[Place]) -> str:
    if not grid.is_main(line):
        return ""
    first_half = (grid.v if line[0] == "u" else grid.u)[places[0][1 if line[0] == "u" else 0]] > 0
    if line[0] == "v" and grid.town.name == ALDERMERE:
        first_half = grid.v[line[1]] > 0
    return MAIN_NAMES.get((grid.town.name, line[0], first_half), "")


def _name(town: Settlement, roads: list[Road], net: Net, dice: Random) -> None:
    """The streets of the stories where they are wanted, then the others."""
    wanted = [w for w in WANTED if w.town == town.name]
    for want in wanted:
        spot = XY(town.middle.x + want.near.x, town.middle.y + want.near.y)
        free = [r for r in roads if not r.name and net.length_m(r) > 210 and is_north(net.middle(r)) == is_north(spot)]
        min(free, key=lambda r: net.middle(r).to(spot)).name = want.street
    taken = {w.street for w in wanted} | set(MAIN_NAMES.values())
    names = (town_names if town.kind == "town" else village_names)(dice, taken)
    for road in roads:
        road.name = road.name or next(names)
