"""``goodword territory add``: from one road file to roads, addresses and a map, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from goodword.kit.clock import company_now
from goodword.territory.actions import addresses, folders
from goodword.territory.actions.build import Wanted, build
from goodword.territory.actions.read_osm import require_pbf
from goodword.territory.actions.roads import Progress
from goodword.territory.models import Dataset
from goodword.territory.providers.osrm_embedded import engine_version
from goodword.territory.rules.report import Report


def _silent(step: str, done: float | None) -> None:
    """Report progress to nobody."""


def add_territory(
    file: Path,
    *,
    addresses_csv: Path | None = None,
    name: str = "",
    progress: Progress = _silent,
    root: Path | None = None,
    with_map: bool = True,
) -> Report:
    """Prepare roads, addresses and map, and make them this installation's territory.

    Parameters
    ----------
    file : Path
        An OpenStreetMap PBF.
    addresses_csv : Path or None
        More addresses; see :func:`goodword.territory.actions.read_csv.read_csv`.
    name : str
        What people call it; the file's name by default.
    progress : callable
        ``progress(step, done)``: words for a person, and 0 to 1 within the whole, or None.
    root : Path or None
        Where territories lie; the installation's own folder by default.
    with_map : bool
        False leaves the basemap out (tests).

    Returns
    -------
    Report
        ``unchanged`` when the same files are in use already, prepared by the same engine.

    Raises
    ------
    TerritoryError
        Nothing was changed then: the old territory goes on.
    """
    root = root or Path(settings.TERRITORY_FOLDER)
    require_pbf(file)
    wanted = Wanted.of(file, addresses_csv, name, with_map)
    with folders.only_one_build(root):
        before = Dataset.objects.filter(active=True).values_list("hash", flat=True).first()
        manifest = _prepared(wanted, root, progress)
        report = Report(**manifest["report"])
        report.unchanged = before == wanted.dataset_hash
        if not report.unchanged:
            progress(_("Putting the addresses into the database"), 0.9)
            _put_into_use(report, manifest["facts"], root / wanted.dataset_hash)
            folders.keep_only(root, wanted.dataset_hash, before or "")
    progress(_("Done"), 1.0)
    return report


def _prepared(wanted: Wanted, root: Path, progress: Progress) -> dict[str, Any]:
    """The manifest of the prepared folder, which is made first when it is not there."""
    folder = root / wanted.dataset_hash
    if (manifest := folders.read_manifest(folder)) is None:
        folders.require_space(root, wanted.file)
        with folders.built_aside(root, wanted.dataset_hash) as aside:
            build(wanted, aside, progress)
        manifest = folders.read_manifest(folder)
    assert manifest is not None
    return manifest


def _put_into_use(report: Report, facts: dict[str, Any], folder: Path) -> None:
    addresses.use_dataset(
        addresses.read_streets(folder),
        hash=report.dataset_hash,
        name=report.name,
        attribution=report.attribution,
        facts=facts,
        at=company_now(),
    )


def rebuild_if_out_of_date(*, progress: Progress = _silent, root: Path | None = None) -> Report | None:
    """Prepare the active territory anew after the engine was upgraded; None when there is nothing to do."""
    root = root or Path(settings.TERRITORY_FOLDER)
    active = Dataset.objects.filter(active=True).first()
    manifest = folders.read_manifest(root / active.hash) if active else None
    if active is None or manifest is None or manifest["facts"]["engine"] == engine_version():
        return None
    csv = root / active.hash / folders.ADDRESSES
    return add_territory(
        root / active.hash / folders.SOURCE,
        addresses_csv=csv if csv.exists() else None,
        name=active.name,
        progress=progress,
        root=root,
        with_map=bool(manifest["report"]["map_bytes"]),
    )
