"""The road net while it is being drawn: points, and roads through them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from goodword.worlds.county.plane import XY


@dataclass
class Road:
    """One road through points of the net, with all that OpenStreetMap says about it."""

    points: list[int]
    kind: str
    town: str = ""
    name: str = ""
    one_way: bool = False
    old_town: bool = False
    tags: dict[str, str] = field(default_factory=dict)


class Net:
    """Points and roads. A point that two roads share is a junction."""

    def __init__(self) -> None:
        self.at: list[XY] = []
        self.roads: list[Road] = []

    def add(self, point: XY) -> int:
        """A new point's number."""
        self.at.append(point)
        return len(self.at) - 1

    def line(self, road: Road) -> list[XY]:
        """Where the road runs."""
        return [self.at[p] for p in road.points]

    def length_m(self, road: Road) -> float:
        """How long the road is."""
        return sum(a.to(b) for a, b in pairwise(self.line(road)))

    def middle(self, road: Road) -> XY:
        """A point about half-way."""
        return self.at[road.points[len(road.points) // 2]]

    def degrees(self) -> dict[int, int]:
        """How many stretches end in each point."""
        count: dict[int, int] = defaultdict(int)
        for road in self.roads:
            for a, b in pairwise(road.points):
                count[a] += 1
                count[b] += 1
        return count

    def segments(self) -> Iterator[tuple[XY, XY]]:
        """All straight pieces."""
        for road in self.roads:
            yield from pairwise(self.line(road))

    def open_dead_one_ways(self) -> None:
        """Let traffic run both ways where a one-way street would lock somebody in or out."""
        while True:
            group = strong_groups(len(self.at), self._arrows())
            bad = [r for r in self.roads if r.one_way and any(group[a] != group[b] for a, b in pairwise(r.points))]
            if not bad:
                return
            for road in bad:
                road.one_way = False

    def _arrows(self) -> Iterator[tuple[int, int]]:
        for road in self.roads:
            for a, b in pairwise(road.points):
                yield a, b
                if not road.one_way:
                    yield b, a


def strong_groups(count: int, arrows: Iterable[tuple[int, int]]) -> list[int]:
    """The strongly connected group of each point (Kosaraju: forward order, then backward sweep)."""
    out: list[list[int]] = [[] for _ in range(count)]
    back: list[list[int]] = [[] for _ in range(count)]
    for a, b in arrows:
        out[a].append(b)
        back[b].append(a)
    order: list[int] = []
    seen = [False] * count
    for start in range(count):
        _walk(start, out, seen, order)
    group = [-1] * count
    for start in reversed(order):
        if group[start] < 0:
            stack = [start]
            group[start] = start
            while stack:
                for other in back[stack.pop()]:
                    if group[other] < 0:
                        group[other] = start
                        stack.append(other)
    return group


def _walk(start: int, out: list[list[int]], seen: list[bool], order: list[int]) -> None:
    """Depth first, without recursion; a point is added after everything behind it."""
    if seen[start]:
        return
    seen[start] = True
    stack = [(start, iter(out[start]))]
    while stack:
        point, rest = stack[-1]
        for other in rest:
            if not seen[other]:
                seen[other] = True
                stack.append((other, iter(out[other])))
                break
        else:
            order.append(point)
            stack.pop()


class Groups:
    """Union-find."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def root(self, item: int) -> int:
        """The item that stands for the group."""
        parent = self._parent.setdefault(item, item)
        while parent != self._parent[parent]:
            self._parent[parent] = self._parent[self._parent[parent]]
            parent = self._parent[parent]
        self._parent[item] = parent
        return parent

    def join(self, a: int, b: int) -> bool:
        """Put both into one group; False when they are already."""
        root_a, root_b = self.root(a), self.root(b)
        self._parent[root_a] = root_b
        return root_a != root_b
