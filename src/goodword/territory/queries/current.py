"""The territory that this installation uses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from goodword.territory.errors import NoTerritory
from goodword.territory.models import Dataset
from goodword.territory.rules.crow import CrowModel
from goodword.territory.rules.geo import BBox

ROADS, MAP = "roads.osrm", "map.pmtiles"


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

    @property
    def roads(self) -> Path:
        """The base path of the routing data."""
        return self.folder / ROADS


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
    return Territory(
        dataset_hash=row.hash,
        name=row.name,
        attribution=row.attribution,
        engine=facts["engine"],
        profile=facts["profile"],
        source_file=facts["file"],
        bbox=BBox(*facts["bbox"]) if facts["bbox"] else None,
        crow=CrowModel(**facts["crow"]),
        folder=Path(settings.TERRITORY_FOLDER) / row.hash,
    )


def map_file() -> Path | None:
    """The PMTiles basemap of the territory in use; None when none was drawn. Its name changes with its content."""
    file = current().folder / MAP
    return file if file.is_file() else None
