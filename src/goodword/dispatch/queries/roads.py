"""Travel for the engine, from the territory's provider; one source for a whole plan."""

from collections.abc import Sequence

import numpy as np

from goodword import engine
from goodword.territory import queries as territory
from goodword.territory.errors import NoTerritory
from goodword.territory.queries.travel import CROW
from goodword.territory.rules.geo import Point


def travel_between(places: Sequence[tuple[float, float]], *, all_open: bool = False) -> engine.Travel:
    """Seconds and metres between all points by road; a company without a territory gets estimates, marked as such.

    With `all_open`, as if no road were closed now.
    """
    points = [Point(lat, lon) for lat, lon in places]
    try:
        matrix = territory.open_matrix(points) if all_open else territory.matrix(points)
    except NoTerritory:
        matrix = territory.matrix(points, by=CROW)
    seconds, metres = matrix.seconds_s.astype(np.float32), matrix.metres_m.astype(np.float32)
    return engine.Travel(seconds=seconds, metres=metres, label=str(matrix.source), assumed=True)
