"""M3 on a real PostgreSQL: whatever happens to a day's bookings, in whatever order, the house stays whole."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.cast import Cast
from tests.field import site_of
from tests.reliability.machine import Bookings
from tests.reliability.sizes import CAMPAIGN, size


@pytest.mark.shows("S0-18", "S3-4")
def test_whatever_happens_to_a_days_bookings_the_house_stays_whole(cast: Cast) -> None:
    names = ["Mrs Adeyemi", "Mr Finch", "Mrs Petrov"]

    class Day(Bookings):
        pass

    Day.cast, Day.sites = cast, [site_of(name, cast.aldermere) for name in names]

    run_state_machine_as_test(
        Day,
        settings=settings(
            max_examples=size(12, int(os.environ.get("GOODWORD_RUNS", "400"))),
            stateful_step_count=size(25, 60),
            deadline=None,
            phases=[Phase.generate],  # a run costs a second: a failure is told whole, not after minutes of shrinking
            derandomize=not CAMPAIGN,
            suppress_health_check=list(HealthCheck),
        ),
    )
