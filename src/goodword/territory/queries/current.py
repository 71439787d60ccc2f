"""The territory that this installation uses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from goodword.territory.errors import NoTerritory
from goodword.territory.models import Dataset
from goodword.territory.rules.crow import CrowModel
from goodword.territory.rules.geo import BBox

ROADS, MAP, CLOSED = "roads.osrm", "map.pmtiles", "closed"


@dataclass(frozen=True)
class Territory:
    """One prepared road file, as the database and its folder know it."""

    dataset_hash: str
    name: str
    attribution: str
    engine: str
    profile: str
    source_file: str
    bbox: BBox | None
    crow: CrowModel
    folder: Path
    closed: str = ""
    """The copy of the roads with the closures in force; empty while nothing is closed or the copy is not made yet."""

    @property
    def roads(self) -> Path:
        """The base path of the routing data that travel is asked of."""
        return closed_folder(self.folder, self.closed) / ROADS if self.closed else self.open_roads

    @property
    def open_roads(self) -> Path:
        """The base path of the routing data without any closure."""
        return self.folder / ROADS

    @property
    def roads_hash(self) -> str:
        """Changes with the roads and with what is closed on them."""
        return f"{self.dataset_hash}+{self.closed}" if self.closed else self.dataset_hash


def closed_folder(folder: Path, key: str) -> Path:
    """Where the roads of a territory lie with some closures."""
    return folder / CLOSED / key


def current() -> Territory:
    """The territory in use. One small query.

    Raises
    ------
    NoTerritory
        When none was added yet.
    """
    row = Dataset.objects.filter(active=True).first()
    if row is None:
        raise NoTerritory
    facts = row.facts
    folder = Path(settings.TERRITORY_FOLDER) / row.hash
    return Territory(
        dataset_hash=row.hash,
        name=row.name,
        attribution=row.attribution,
        engine=facts["engine"],
        profile=facts["profile"],
        source_file=facts["file"],
        bbox=BBox(*facts["bbox"]) if facts["bbox"] else None,
        crow=CrowModel(**facts["crow"]),
        folder=folder,
        closed=row.closed_key if row.closed_key and closed_folder(folder, row.closed_key).is_dir() else "",
    )


def map_file() -> Path | None:
    """The PMTiles basemap of the territory in use; None when none was drawn. Its name changes with its content."""
    file = current().folder / MAP
    return file if file.is_file() else None
