"""Journeys run in a real browser against a server of their own, on Monday at 9:40 of the company clock."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cast import NOW, Cast, on_shift, the_cast
from tests.field import work_type

from goodword.kit.clock import set_company_clock

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {"executable_path": CHROMIUM, "args": [*quiet, "--disable-sync", "--no-first-run", "--disable-quic"]}


@pytest.fixture(autouse=True)
def _has_chromium() -> None:
    if not Path(CHROMIUM).exists():
        pytest.skip("No Chromium here: `make test` installs it.")


@pytest.fixture
def monday(transactional_db: None, test_database: Any) -> Iterator[None]:
    """A demo's clock at Monday, 9:40, for every process that asks."""
    with test_database.as_owner() as connection:
        connection.execute("UPDATE kit_clock SET demo = true")
    set_company_clock(NOW)
    yield


@pytest.fixture
def cast(monday: None) -> Cast:
    cast = the_cast()
    work_type()
    for person in (cast.sam, cast.ade):
        on_shift(person, cast.aldermere)
    return cast
