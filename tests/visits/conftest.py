import pytest
from tests.cast import Cast, the_cast
from tests.field import site_of, work_type

from goodword.customers.models import Site


@pytest.fixture
def cast(db: None) -> Cast:
    cast = the_cast()
    work_type()
    return cast


@pytest.fixture
def site(cast: Cast) -> Site:
    return site_of("Mrs Adeyemi", cast.aldermere, "adeyemi@example.org")
