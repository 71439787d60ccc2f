"""OSRM in this process (MLD), reading its prepared files through mmap: no server, nothing shared."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import osrm

from goodword.territory.errors import NotAPlace, TooFarFromRoad
from goodword.territory.providers.base import MAX_SNAP_M, Info, Leg, Snap, chosen
from goodword.territory.rules.closures import Stretch
from goodword.territory.rules.geo import BBox, Point, why_not_a_place
from goodword.territory.rules.matrix import Floats, Matrix, Source

STRETCHES_AT_ONCE = 10_000  # ours: more than a radius of 500 m holds in any city
SNAPS_KEPT = 20_000  # ours: about 4 MB


def engine_version() -> str:
    """The version that prepared files must have been made by."""
    return version("osrm-bindings")


class OsrmEmbedded:
    """Real roads. Places beyond `max_snap_m` of any road are unreachable instead of silently moved onto one."""

    def __init__(
        self,
        roads: Path,
        *,
        dataset_hash: str,
        bbox: BBox | None = None,
        attribution: str = "",
        profile: str = "car",
        max_snap_m: float = MAX_SNAP_M,
    ) -> None:
        self._engine = osrm.OSRM(storage_config=str(roads), algorithm="MLD", use_shared_memory=False, use_mmap=True)
        self._bbox = bbox
        self._attribution = attribution
        self._max_snap_m = max_snap_m
        self._snaps: OrderedDict[Point, Snap] = OrderedDict()
        self._lock = Lock()
        self.source = Source("osrm-embedded", engine_version(), dataset_hash, profile, estimated=False)

    def matrix(
        self,
        points: Sequence[Point],
        sources: Sequence[int] | None = None,
        targets: Sequence[int] | None = None,
        depart_at: datetime | None = None,
    ) -> Matrix:
        """Times and distances on the roads, free flow (there are no day parts yet, so `depart_at` changes nothing)."""
        rows, columns = chosen(sources, len(points)), chosen(targets, len(points))
        snap_m = {i: self.nearest(points[i]).snap_m for i in {*rows, *columns}}
        near_rows = [n for n, i in enumerate(rows) if snap_m[i] <= self._max_snap_m]
        near_columns = [n for n, i in enumerate(columns) if snap_m[i] <= self._max_snap_m]
        seconds, metres = (np.full((len(rows), len(columns)), np.nan) for _ in range(2))
        row_m, column_m = np.full(len(rows), np.nan), np.full(len(columns), np.nan)
        if near_rows and near_columns:
            block = np.ix_(near_rows, near_columns)
            seconds[block], metres[block], row_m[near_rows], column_m[near_columns] = self._table(
                [points[rows[n]] for n in near_rows], [points[columns[n]] for n in near_columns]
            )
        for far, table in ((row_m, (seconds, metres)), (column_m, (seconds.T, metres.T))):
            far[far > self._max_snap_m] = np.nan
            for numbers in table:
                numbers[np.isnan(far)] = np.nan
        return Matrix(seconds, metres, row_m, column_m, self.source)

    def route(self, points: Sequence[Point], depart_at: datetime | None = None) -> list[Leg]:
        """The drives from each place to the next, each with its line."""
        return [self._leg(a, b) for a, b in pairwise(points)]

    def nearest(self, point: Point) -> Snap:
        """Where the road is, however far: `Snap.reachable` says whether it is near enough."""
        with self._lock:
            if (known := self._snaps.get(point)) is not None:
                self._snaps.move_to_end(point)
                return known
        snap = self._nearest(point)
        with self._lock:
            self._snaps[point] = snap
            if len(self._snaps) > SNAPS_KEPT:
                self._snaps.popitem(last=False)
        return snap

    def stretches(self, point: Point, radius_m: float) -> list[Stretch]:
        """Every stretch of road (from one point of its line to the next) within `radius_m`, the nearest first."""
        asked = osrm.NearestParameters(coordinates=[_lonlat(point)], radiuses=[float(radius_m)])
        asked.number_of_results = STRETCHES_AT_ONCE
        try:
            found = self._engine.Nearest(asked)["waypoints"]
        except RuntimeError as error:
            if "NoSegment" not in str(error):
                raise
            return []
        return [Stretch(str(w["name"]), *(int(node) for node in w["nodes"])) for w in found]

    def info(self) -> Info:
        """What these roads are and whom to thank for them."""
        return Info(
            name=self.source.provider,
            version=self.source.version,
            dataset_hash=self.source.dataset_hash,
            bbox=self._bbox,
            attribution=self._attribution,
            profiles=(self.source.profile,),
            estimated=False,
        )

    def _nearest(self, point: Point) -> Snap:
        if (why := why_not_a_place(point.lat, point.lon)) is not None:
            raise NotAPlace(lat=point.lat, lon=point.lon, why=why)
        asked = osrm.NearestParameters(coordinates=[_lonlat(point)])
        found = self._engine.Nearest(asked)["waypoints"][0]
        lon, lat = found["location"]
        on_road = Point(float(lat), float(lon))
        return Snap(point, on_road, float(found["distance"]), str(found["name"]), self._max_snap_m)

    def _table(self, sources: list[Point], targets: list[Point]) -> _Table:
        """Seconds, metres, and how far sources and targets were moved to a road.

        A place beside a small net of its own (an estate behind a gate) is moved to the main net,
        farther than :meth:`nearest` says: so the distances are those that the table tells.
        """
        same = sources == targets
        if same and len(sources) == 1:  # OSRM refuses a table of one place
            snap = np.array([self.nearest(sources[0]).snap_m])
            return _Table(np.zeros((1, 1)), np.zeros((1, 1)), snap, snap.copy())
        places = sources if same else sources + targets
        asked = osrm.TableParameters(
            coordinates=[_lonlat(p) for p in places],
            annotations=["duration", "distance"],
            sources=[] if same else list(range(len(sources))),
            destinations=[] if same else list(range(len(sources), len(places))),
        )
        asked.generate_hints = False
        answer = self._engine.Table(asked)
        return _Table(
            _floats(answer["durations"]),
            _floats(answer["distances"]),
            np.array([float(w["distance"]) for w in answer["sources"]]),
            np.array([float(w["distance"]) for w in answer["destinations"]]),
        )

    def _leg(self, a: Point, b: Point) -> Leg:
        for point in (a, b):
            if not (snap := self.nearest(point)).reachable:
                raise TooFarFromRoad(snap_m=round(snap.snap_m), limit_m=round(self._max_snap_m))
        asked = osrm.RouteParameters(
            coordinates=[_lonlat(a), _lonlat(b)], geometries="polyline6", overview="full", steps=False
        )
        try:
            best = self._engine.Route(asked)["routes"][0]
        except RuntimeError as error:
            if "NoRoute" not in str(error):
                raise
            return Leg(math.nan, math.nan, "")
        return Leg(float(best["duration"]), float(best["distance"]), str(best["geometry"]))


class _Table(NamedTuple):
    seconds_s: Floats
    metres_m: Floats
    source_snap_m: Floats
    target_snap_m: Floats


def _lonlat(point: Point) -> tuple[float, float]:
    return (point.lon, point.lat)


def _floats(nested: Any) -> Floats:
    """OSRM's own array type, row by row; None (unreachable) becomes NaN."""
    return np.array([list(row) for row in nested], dtype=np.float64)
