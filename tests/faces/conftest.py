"""The two branches of the access matrix, built once for a file of tests; every question is taken back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from tests.cast import NOW
from tests.demo import marked
from tests.dispatch.conftest import cast, monday, site
from tests.faces.access.world import World, the_world

from goodword.kit.clock import standing_at

__all__ = ["cast", "monday", "site", "world"]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, test_database: Any) -> Iterator[World]:
    """Built once; every question is taken back."""
    with django_db_blocker.unblock(), marked(test_database), standing_at(NOW), transaction.atomic():
        yield the_world()
        transaction.set_rollback(True)
