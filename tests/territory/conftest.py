"""A small village in use, for what needs no real roads."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.territory.ground import draw_village, in_use

from goodword.territory.actions import Report


@pytest.fixture(scope="module")
def village(tmp_path_factory, django_db_setup, test_database, django_db_blocker) -> Iterator[Report]:
    """One square of four streets with three houses, in use during a module."""
    folder = tmp_path_factory.mktemp("village")
    file = draw_village(folder / "village.osm.pbf")
    with in_use(file, folder / "territory", test_database, django_db_blocker) as report:
        yield report


@pytest.fixture
def root(tmp_path, settings) -> Path:
    """An empty place for territories."""
    settings.TERRITORY_FOLDER = tmp_path / "territory"
    return settings.TERRITORY_FOLDER


@pytest.fixture
def drawn(tmp_path) -> Callable[..., Path]:
    """Draw another village."""
    return lambda name="village", **more: draw_village(tmp_path / f"{name}.osm.pbf", **more)
