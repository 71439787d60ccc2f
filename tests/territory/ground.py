"""Put a territory into use for a whole module of tests, and small road files drawn by hand."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import osmium
import pytest
from osmium.osm import mutable

from goodword.territory.actions import Report, add_territory
from goodword.territory.errors import BuildBusy

PATIENCE_S = 120.0
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def real_file(name: str) -> Path:
    """A file of the real world; the test is skipped, saying so, where it is absent."""
    if not (DATA / name).is_file():
        pytest.skip(f"real data absent: {name} is not in ../shared/data, so nothing is shown on real input here")
    return DATA / name


@contextmanager
def in_use(file: Path, root: Path, database, blocker, *, addresses_csv: Path | None = None) -> Iterator[Report]:
    """The territory of `file`, in the database of this process; without a map, which takes long.

    A `root` kept between processes is kept for one file: whoever puts another into use clears the folder.
    """
    from django.conf import settings
    from django.db import connections

    before = settings.TERRITORY_FOLDER
    settings.TERRITORY_FOLDER = root
    with blocker.unblock():
        try:
            yield _added(file, addresses_csv)
        finally:
            connections.close_all()
            database.empty()
            settings.TERRITORY_FOLDER = before


def _added(file: Path, addresses_csv: Path | None) -> Report:
    """Another test process may be preparing the folder that all of them keep: wait for it."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return add_territory(file, addresses_csv=addresses_csv, with_map=False)
        except BuildBusy:
            assert time.monotonic() < until, "another test process does not finish its territory"
            time.sleep(0.1)


SQUARE = {1: (53.400, 1.900), 2: (53.400, 1.912), 3: (53.408, 1.912), 4: (53.408, 1.900)}
"""Four corners, about 800 m apart."""


def draw_village(file: Path, *, doors: int = 3, kind: str = "residential", generator: str = "by hand") -> Path:
    """One square of streets with a few houses on its south side, and its place."""
    header = osmium.io.Header()
    header.set("generator", generator)
    file.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(file), header=header) as writer:
        for number, (lat, lon) in SQUARE.items():
            writer.add_node(mutable.Node(id=number, location=(lon, lat), tags={}))
        writer.add_node(
            mutable.Node(id=9, location=(1.906, 53.404), tags={"place": "village", "name": "Little Square"})
        )
        for n in range(doors):
            tags = {"addr:housenumber": str(n + 1), "addr:street": "South Side"}
            writer.add_node(mutable.Node(id=100 + n, location=(1.901 + n * 0.0004, 53.4001), tags=tags))
        for number, (a, b) in enumerate([(1, 2), (2, 3), (3, 4), (4, 1)], start=1):
            name = ["South Side", "East Side", "North Side", "West Side"][number - 1]
            writer.add_way(mutable.Way(id=number, nodes=[a, b], tags={"highway": kind, "name": name}))
    return file
