"""Travel for the engine, from the territory's provider; one source for a whole plan."""

from collections.abc import Sequence

from goodword import engine
from goodword.territory import queries as territory


def travel_between(points: Sequence[tuple[float, float]]) -> engine.Travel:
    """Seconds and metres between all points, from the roads where there are some, else estimated and marked so."""
    matrix = territory.matrix(points)
    return engine.Travel(seconds=matrix.seconds_s, metres=matrix.metres_m, label=str(matrix.source), assumed=True)
