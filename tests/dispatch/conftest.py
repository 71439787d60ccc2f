from collections.abc import Iterator
from typing import Any

import pytest
from tests.cast import NOW, Cast, on_shift, the_cast
from tests.demo import marked
from tests.field import site_of, work_type

from goodword.customers.models import Site
from goodword.kit.clock import standing_at


@pytest.fixture
def monday(db: None, test_database: Any) -> Iterator[None]:
    """The company clock stands at Monday, 9:40: the database is marked a demo for the length of the test."""
    with marked(test_database), standing_at(NOW):
        yield


@pytest.fixture
def cast(monday: None) -> Cast:
    """Two technicians of Aldermere on shift on Monday."""
    cast = the_cast()
    work_type()
    work_type("leak", 75, 0.6, skills=["plumbing"])
    on_shift(cast.sam, cast.aldermere)
    on_shift(cast.ade, cast.aldermere)
    on_shift(cast.beth, cast.kilnsea)
    return cast


@pytest.fixture
def site(cast: Cast) -> Site:
    return site_of("Mrs Adeyemi", cast.aldermere, "adeyemi@example.org")
