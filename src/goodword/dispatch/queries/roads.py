"""Travel for the engine, from the territory's provider; one source for a whole plan."""

from collections.abc import Sequence

from goodword import engine
from goodword.territory import queries as territory
from goodword.territory.errors import NoTerritory
from goodword.territory.queries.travel import CROW


def travel_between(points: Sequence[tuple[float, float]]) -> engine.Travel:
    """Seconds and metres between all points by road; a company without a territory gets estimates, marked as such."""
    try:
        matrix = territory.matrix(points)
    except NoTerritory:
        matrix = territory.matrix(points, by=CROW)
    return engine.Travel(seconds=matrix.seconds_s, metres=matrix.metres_m, label=str(matrix.source), assumed=True)
