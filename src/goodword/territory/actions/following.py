"""Travel follows the closures: the roads of the moment are prepared beside those in use, then taken."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from goodword.kit.actions import action
from goodword.kit.actors import SYSTEM, Actor
from goodword.kit.clock import company_now
from goodword.kit.events import record
from goodword.kit.ids import uuid7
from goodword.territory.actions import folders
from goodword.territory.actions.roads import close_stretches
from goodword.territory.errors import BuildBusy, DiskNearlyFull
from goodword.territory.models import Closure, Dataset
from goodword.territory.providers.osrm_embedded import engine_version
from goodword.territory.queries.current import CLOSED, ROADS, closed_folder, current
from goodword.territory.queries.travel import open_roads
from goodword.territory.rules.closures import Place, closed_key, of_road
from goodword.territory.rules.geo import Point

_SPARE = 60_000_000  # ours, bytes that stay free


def follow_closures() -> int:
    """Make travel know what is closed now; 1 when it changed. Done by the worker every few seconds.

    A look at the rows and no job for each closure: so a closure begins and ends by itself, a worker that was
    away catches up, and a copy that was lost is made again.
    """
    dataset = Dataset.objects.filter(active=True).first()
    if dataset is None or dataset.facts["engine"] != engine_version():
        return 0
    now = company_now()
    closed = list(Closure.objects.in_force(now).order_by("id"))
    key, territory = closed_key(map(_place, closed)), current()
    if key == dataset.closed_key == territory.closed:
        return 0
    root = territory.folder
    try:
        with folders.only_one_build(root.parent):
            if key and not closed_folder(root, key).is_dir():
                _build(root, key, closed)
            take_roads(dataset.id, key, [c.id for c in closed], by=SYSTEM, at=company_now(), command=uuid7())
            _keep_only(root / CLOSED, key, dataset.closed_key)
    except BuildBusy:  # another worker is at it, or a new territory is being prepared
        return 0
    return 1


@action("territory.take_roads")
def take_roads(
    dataset_id: UUID, key: str, closures: Sequence[UUID], *, by: Actor, at: datetime, command: UUID
) -> Dataset:
    """Ask travel of these roads from now on."""
    dataset = Dataset.objects.select_for_update().get(id=dataset_id)
    dataset.closed_key = key
    dataset.save(update_fields=["closed_key"])
    Closure.objects.filter(id__in=closures, counts_from=None).update(counts_from=at)
    facts = {"closures": [str(c) for c in closures], "roads": key}
    record("roads.changed", about=dataset, by=by, at=at, command=command, facts=facts)
    return dataset


def _place(closure: Closure) -> Place:
    return Place(closure.lat, closure.lon, closure.radius_m, closure.road)


def _build(root: Path, key: str, closures: Iterable[Closure]) -> None:
    """The stretches are looked up anew: in another road file they may be others."""
    roads = open_roads()
    stretches = [s for c in closures for s in of_road(roads.stretches(Point(c.lat, c.lon), c.radius_m), c.road)]
    _require_space(root)
    (root / CLOSED).mkdir(exist_ok=True)
    with folders.built_aside(root / CLOSED, key) as aside:
        close_stretches(root / ROADS, aside, stretches)


def _require_space(root: Path) -> None:
    needed = _SPARE + sum(file.stat().st_size for file in root.glob(f"{ROADS}*"))
    free = shutil.disk_usage(root).free
    if free < needed:
        raise DiskNearlyFull(needed_mb=needed // 1_000_000, free_mb=free // 1_000_000)


def _keep_only(closed: Path, *keys: str) -> None:
    """The copy in use and the one before it, which somebody may just be opening."""
    if closed.is_dir():
        folders.keep_only(closed, *keys)
