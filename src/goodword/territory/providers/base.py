"""The protocol that every source of travel times keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from goodword.territory.rules.geo import BBox, Point
from goodword.territory.rules.matrix import Matrix, Source

REPORT_SNAP_M = 150.0
"""Ours: a place farther than this from its road is pointed out to a person."""

MAX_SNAP_M = 2_000.0
"""Ours: a place farther than this from any road is unreachable, whatever the engine says (it snaps anything)."""


@dataclass(frozen=True)
class Snap:
    """The point of the road network nearest to a place."""

    place: Point
    on_road: Point
    snap_m: float
    street: str = ""
    limit_m: float = MAX_SNAP_M

    @property
    def reachable(self) -> bool:
        """Whether the road is near enough to plan with."""
        return self.snap_m <= self.limit_m

    @property
    def worth_a_look(self) -> bool:
        """Whether a person should check the place before somebody drives there."""
        return self.snap_m > REPORT_SNAP_M


@dataclass(frozen=True)
class Leg:
    """One drive from a place to the next."""

    seconds_s: float
    metres_m: float
    polyline6: str


@dataclass(frozen=True)
class Info:
    """What a provider is and what it rests on."""

    name: str
    version: str
    dataset_hash: str
    bbox: BBox | None
    attribution: str
    profiles: tuple[str, ...]
    estimated: bool
    day_parts: bool = False


class Provider(Protocol):
    """Travel times and distances. NaN means unreachable; nothing is ever guessed into its place."""

    @property
    def source(self) -> Source:
        """What its matrices are marked with."""

    def matrix(
        self,
        points: Sequence[Point],
        sources: Sequence[int] | None = None,
        targets: Sequence[int] | None = None,
        depart_at: datetime | None = None,
    ) -> Matrix:
        """Times and distances from `sources` to `targets` (indexes into `points`; None = all)."""

    def route(self, points: Sequence[Point], depart_at: datetime | None = None) -> list[Leg]:
        """The drives from each point to the next, with their lines. Refuses what cannot be reached."""

    def nearest(self, point: Point) -> Snap:
        """The nearest point of a road, however far."""

    def info(self) -> Info:
        """Name, version, data, area, attribution."""


def chosen(indexes: Sequence[int] | None, count: int) -> list[int]:
    """The wanted rows or columns; all when none are named."""
    return list(range(count)) if indexes is None else list(indexes)
