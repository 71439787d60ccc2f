"""Travel times for the rooms above, from one source at a time, remembered between questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Lock

from goodword.territory.errors import NoTerritory, TerritoryFilesGone, TerritoryOutOfDate
from goodword.territory.providers import CrowFlight, Leg, OsrmEmbedded, Provider, Snap
from goodword.territory.providers.osrm_embedded import engine_version
from goodword.territory.providers.remembering import Remembering
from goodword.territory.queries.current import Territory, current
from goodword.territory.rules.crow import CrowModel
from goodword.territory.rules.geo import Point
from goodword.territory.rules.matrix import Matrix

OSRM, CROW = "osrm-embedded", "crow-flight"
_open: dict[tuple[str, Path], Remembering] = {}
_lock = Lock()


def provider(name: str = OSRM) -> Provider:
    """Who says how long a drive takes, on the territory in use.

    Parameters
    ----------
    name : str
        "osrm-embedded" (real roads) or "crow-flight" (an estimate, marked so; also without a
        territory). Choose once for a plan: matrices of two sources cannot be joined.

    Raises
    ------
    NoTerritory
        When real roads are asked for and there are none; never answered by an estimate instead.
    TerritoryOutOfDate
        When the road engine was upgraded since they were prepared.
    TerritoryFilesGone
        When the installation's folder was lost, or restored without them.
    """
    try:
        territory = current()
    except NoTerritory:
        if name == CROW:
            return CrowFlight(CrowModel())
        raise
    key = (name, territory.roads)
    with _lock:
        if key not in _open:
            for old in [k for k in _open if k[1] != territory.roads]:
                del _open[old]
            _open[key] = Remembering(_made(name, territory))
        return _open[key]


def matrix(
    points: Sequence[tuple[float, float]],
    sources: Sequence[int] | None = None,
    targets: Sequence[int] | None = None,
    depart_at: datetime | None = None,
    *,
    by: str = OSRM,
) -> Matrix:
    """Times and distances between places (lat, lon); NaN = unreachable. See :class:`Provider`."""
    return provider(by).matrix([Point(*p) for p in points], sources, targets, depart_at)


def open_matrix(points: Sequence[tuple[float, float]]) -> Matrix:
    """Times and distances as if nothing were closed: what a drive of another day is set beside. Not remembered."""
    return open_roads().matrix([Point(*p) for p in points])


def route(points: Sequence[tuple[float, float]], depart_at: datetime | None = None, *, by: str = OSRM) -> list[Leg]:
    """The drives from each place to the next, with their lines for the map."""
    return provider(by).route([Point(*p) for p in points], depart_at)


def nearest(point: tuple[float, float]) -> Snap:
    """Where the road is; `Snap.reachable` and `Snap.worth_a_look` judge the distance."""
    return provider().nearest(Point(*point))


def open_roads() -> OsrmEmbedded:
    """The roads as if nothing were closed: where closures are looked up."""
    return _on_roads(replace(current(), closed=""))


def _made(name: str, territory: Territory) -> Provider:
    if name == CROW:
        return CrowFlight(
            territory.crow,
            dataset_hash=territory.dataset_hash,
            bbox=territory.bbox,
            attribution=territory.attribution,
        )
    if name != OSRM:
        raise ValueError(f"no travel provider is called {name!r}")
    return _on_roads(territory)


def _on_roads(territory: Territory) -> OsrmEmbedded:
    if not territory.roads.with_suffix(".osrm.mldgr").exists():
        raise TerritoryFilesGone(folder=territory.folder, file=territory.source_file)
    if territory.engine != engine_version():
        raise TerritoryOutOfDate(
            was=f"osrm-bindings {territory.engine}", now=f"osrm-bindings {engine_version()}", file=territory.source_file
        )
    return OsrmEmbedded(
        territory.roads,
        dataset_hash=territory.roads_hash,
        bbox=territory.bbox,
        attribution=territory.attribution,
        profile=territory.profile,
    )
