from collections.abc import Iterator
from typing import Any

import pytest
from tests.cast import NOW, Cast, on_shift, the_cast
from tests.demo import marked
from tests.field import work_type
from tests.reliability.sizes import TALLY

from goodword.kit.clock import standing_at

pytest.register_assert_rewrite("tests.reliability.whole", "tests.reliability.racing")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was tried, for the page of results."""
    for what, count in sorted(TALLY.items()):
        terminalreporter.write_line(f"{what}: {count}")


@pytest.fixture
def monday(db: None, test_database: Any) -> Iterator[None]:
    """The company clock may stand anywhere: the database is marked a demo for the length of the test."""
    with marked(test_database), standing_at(NOW):
        yield


@pytest.fixture
def committed_monday(committed_db: Any) -> Iterator[None]:
    """The same with real commits, for threads and processes."""
    with marked(committed_db), standing_at(NOW):
        yield


def _laid() -> Cast:
    cast = the_cast()
    work_type()
    on_shift(cast.sam, cast.aldermere)
    on_shift(cast.ade, cast.aldermere)
    on_shift(cast.beth, cast.kilnsea)
    return cast


@pytest.fixture
def cast(monday: None) -> Cast:
    """Two technicians of Aldermere and one of Kilnsea on shift on Monday; rolled back."""
    return _laid()


@pytest.fixture
def committed_cast(committed_monday: None) -> Cast:
    """The same, committed."""
    return _laid()
