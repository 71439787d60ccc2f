"""Times as the crow flies: an estimate, marked so, for a company that has no roads yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from goodword.territory.providers.base import Info, Leg, Snap, chosen
from goodword.territory.rules.crow import CrowModel
from goodword.territory.rules.geo import BBox, Point, crow_metres
from goodword.territory.rules.matrix import Matrix, Source
from goodword.territory.rules.polyline import encode6


class CrowFlight:
    """Straight lines times a detour, by the affine model fitted to this territory's roads."""

    def __init__(
        self, model: CrowModel, *, dataset_hash: str = "none", bbox: BBox | None = None, attribution: str = ""
    ) -> None:
        self._model = model
        self._bbox = bbox
        self._attribution = attribution
        self.source = Source("crow-flight", "1", dataset_hash, "car", estimated=True)

    def matrix(
        self,
        points: Sequence[Point],
        sources: Sequence[int] | None = None,
        targets: Sequence[int] | None = None,
        depart_at: datetime | None = None,
    ) -> Matrix:
        """Estimates between all pairs; never NaN, for the crow reaches everything."""
        rows, columns = chosen(sources, len(points)), chosen(targets, len(points))
        crow_m = crow_metres([points[i] for i in rows], [points[i] for i in columns])
        return Matrix(
            seconds_s=self._model.seconds_s(crow_m),
            metres_m=self._model.metres_m(crow_m),
            source_snap_m=np.zeros(len(rows)),
            target_snap_m=np.zeros(len(columns)),
            source=self.source,
        )

    def route(self, points: Sequence[Point], depart_at: datetime | None = None) -> list[Leg]:
        """Straight legs."""
        matrix = self.matrix(points)
        return [
            Leg(float(matrix.seconds_s[i, i + 1]), float(matrix.metres_m[i, i + 1]), encode6(points[i : i + 2]))
            for i in range(len(points) - 1)
        ]

    def nearest(self, point: Point) -> Snap:
        """The place itself."""
        return Snap(point, point, 0.0)

    def info(self) -> Info:
        """Say that these are estimates."""
        return Info(
            name=self.source.provider,
            version=self.source.version,
            dataset_hash=self.source.dataset_hash,
            bbox=self._bbox,
            attribution=self._attribution,
            profiles=(self.source.profile,),
            estimated=True,
        )
