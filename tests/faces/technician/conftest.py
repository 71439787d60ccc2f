import pytest
from tests.cast import Cast
from tests.field import promised, visit_of

from goodword.customers.models import Site
from goodword.visits.models import Visit


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    """Sam's at ten, and promised."""
    visit = visit_of(site, cast.sam, "10:00", "11:00")
    promised(visit)
    return visit
