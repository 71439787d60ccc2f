"""Travel for the engine, from the territory's provider; one source for a whole plan."""

from collections.abc import Sequence

import numpy as np

from goodword import engine
from goodword.territory import queries as territory
from goodword.territory.errors import NoTerritory
from goodword.territory.queries.travel import CROW
from goodword.territory.rules.geo import Point


def travel_between(places: Sequence[tuple[float, float]]) -> engine.Travel:
    """Seconds and metres between all points by road; a company without a territory gets estimates, marked as such."""
    points = [Point(lat, lon) for lat, lon in places]
    try:
        matrix = territory.matrix(points)
    except NoTerritory:
        matrix = territory.matrix(points, by=CROW)
    seconds, metres = matrix.seconds_s.astype(np.float32), matrix.metres_m.astype(np.float32)
    return engine.Travel(seconds=seconds, metres=metres, label=str(matrix.source), assumed=True)
