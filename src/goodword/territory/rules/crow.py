"""An estimate of driving from the straight line, fitted to the roads of one territory."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from goodword.territory.rules.matrix import Floats

LEAST_PAIRS = 30  # ours: below this a fit says nothing


@dataclass(frozen=True)
class CrowModel:
    """seconds = start_s + crow metres / speed; metres = crow metres × detour.

    The start is the time a short drive loses in side streets; the textbook values are 1.3 × the
    straight line at 40 km/h.
    """

    start_s: float = 0.0
    seconds_per_metre: float = 1.3 / (40 / 3.6)
    detour: float = 1.3
    fitted_on: int = 0

    def seconds_s(self, crow_m: Floats) -> Floats:
        """Estimated driving times; a drive to the same place takes none."""
        return np.where(crow_m < 1.0, 0.0, self.start_s + self.seconds_per_metre * crow_m)

    def metres_m(self, crow_m: Floats) -> Floats:
        """Estimated road distances."""
        return crow_m * self.detour

    def as_facts(self) -> dict[str, Any]:
        """Plain values for the manifest."""
        return asdict(self)


def fit(crow_m: Floats, seconds_s: Floats, metres_m: Floats) -> CrowModel:
    """Fit the estimate to drives on real roads, by least squares.

    Parameters
    ----------
    crow_m, seconds_s, metres_m : numpy.ndarray
        Same shape; pairs with NaN and pairs closer than 100 m are left out.

    Returns
    -------
    CrowModel
        The textbook values when fewer than LEAST_PAIRS remain or the fit is not a sensible one.
    """
    good = np.isfinite(seconds_s) & np.isfinite(metres_m) & (crow_m > 100.0) & (seconds_s > 0)
    if int(good.sum()) < LEAST_PAIRS:
        return CrowModel()
    x, y = crow_m[good], seconds_s[good]
    slope, start = np.polyfit(x, y, 1)
    if not slope > 0:
        return CrowModel()
    detour = float(np.median(metres_m[good] / x))
    return CrowModel(max(0.0, float(start)), float(slope), max(1.0, detour), int(good.sum()))
