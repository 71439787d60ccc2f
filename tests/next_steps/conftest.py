import pytest
from tests.cast import Cast, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()
