import pytest
from tests.cast import Cast, cast, laid_cast, the_cast

__all__ = ["cast", "committed_cast", "laid_cast"]


@pytest.fixture
def committed_cast(committed_db) -> Cast:
    return the_cast()
