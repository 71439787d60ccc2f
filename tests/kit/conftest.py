from collections.abc import Iterator
from typing import Any

import pytest
from tests.kit import wiring


@pytest.fixture(autouse=True)
def own_wiring(settings: Any) -> Iterator[None]:
    """The ground knows no room: its tests bring a wiring of their own."""
    settings.GOODWORD_WIRING = "tests.kit.wiring"
    wiring.REACTED.clear()
    wiring.FAIL_ONCE.clear()
    yield
    wiring.FAIL_ONCE.clear()
