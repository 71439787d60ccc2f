from collections.abc import Iterator
from typing import Any

import pytest
from tests.cast import NOW, Cast, the_cast
from tests.field import site_of, visit_of, work_type

from goodword.customers.models import Site
from goodword.kit.clock import standing_at
from goodword.visits.models import Visit


@pytest.fixture
def cast(db: None) -> Cast:
    cast = the_cast()
    work_type()
    return cast


@pytest.fixture
def site(cast: Cast) -> Site:
    return site_of("Mrs Adeyemi", cast.aldermere, "adeyemi@example.org")


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    return visit_of(site, cast.sam)


@pytest.fixture
def monday(db: None, test_database: Any) -> Iterator[None]:
    """The company clock stands at Monday, 9:40: the database is marked a demo for the length of the test."""
    for demo in (True, False):
        with test_database.as_owner() as connection:
            connection.execute("UPDATE kit_clock SET demo = %s", [demo])
        if demo:
            with standing_at(NOW):
                yield
