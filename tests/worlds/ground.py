"""The county in use, built once for a state of its generator and kept between runs."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.demo import mark
from tests.territory.ground import in_use

from goodword.territory.actions import Report
from goodword.worlds import county as drawn

HOUSE = Path(__file__).resolve().parents[2]
KEPT = HOUSE / "var" / "test" / "worlds"


def county_file() -> Path:
    """The county's road file; drawn anew when its generator has changed."""
    state = hashlib.sha256()
    for source in sorted(Path(drawn.__file__).parent.glob("*.py")):
        state.update(source.read_bytes())
    file = KEPT / f"aldermere-{state.hexdigest()[:12]}.osm.pbf"
    if not file.is_file():
        KEPT.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"fresh-{file.name}")
        drawn.write_county(fresh)
        fresh.replace(file)
    return file


@contextmanager
def county_in_use(database: Any, blocker: Any) -> Iterator[Report]:
    """Roads and addresses of Aldermere in this process's database; all of the database is emptied afterwards."""
    with in_use(county_file(), KEPT / "county", database, blocker) as report, blocker.unblock():
        yield report


@contextmanager
def a_demo(database: Any) -> Iterator[None]:
    """The database is a demo's, whose clock may be set."""
    mark(database, True)
    yield
    with database.as_owner() as connection:
        connection.execute(
            "UPDATE kit_clock SET base_company = t, base_machine = t, rate = 1, demo = false "
            "FROM (SELECT clock_timestamp() AS t) now"
        )
