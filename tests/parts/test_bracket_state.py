"""The state of a promise follows from its values by the table of the look."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from goodword.parts.bracket import Bracket, State, state_of
from goodword.parts.bracket.samples import clock, samples

WINDOW = Bracket(opens_at=clock(9), closes_at=clock(11))


def forecast(p10: datetime, p50: datetime, p90: datetime) -> Bracket:
    return replace(WINDOW, p10=p10, p50=p50, p90=p90)


@pytest.mark.parametrize("sample", list(samples()), ids=lambda sample: sample.name)
def test_every_sample_of_the_style_page_is_in_the_state_it_is_named_for(sample: Any) -> None:
    assert state_of(sample.bracket) is sample.state


@pytest.mark.parametrize(
    ("p50", "p90", "state"),
    [
        (clock(10), clock(11), State.QUIET),
        (clock(10), clock(11) + timedelta(seconds=1), State.AT_RISK),
        (clock(11), clock(11, 30), State.AT_RISK),
        (clock(11) + timedelta(seconds=1), clock(11, 30), State.LATE),
    ],
)
def test_the_edge_itself_still_counts_as_inside(p50: datetime, p90: datetime, state: State) -> None:
    assert state_of(forecast(clock(9, 30), p50, p90)) is state


@pytest.mark.parametrize(
    ("seconds_after_closing", "state"), [(-7200, State.KEPT), (0, State.KEPT), (60, State.KEPT), (61, State.BROKEN)]
)
def test_an_arrival_is_kept_up_to_the_minute_of_grace(seconds_after_closing: int, state: State) -> None:
    arrived_at = clock(11) + timedelta(seconds=seconds_after_closing)

    assert state_of(replace(WINDOW, arrived_at=arrived_at)) is state


@pytest.mark.parametrize(
    ("seconds_before_opening", "agreed", "state"),
    [(60, False, State.KEPT), (61, False, State.BROKEN), (3600, True, State.KEPT)],
)
def test_an_early_arrival_is_broken_unless_the_customer_agreed(
    seconds_before_opening: int, agreed: bool, state: State
) -> None:
    arrived_at = clock(9) - timedelta(seconds=seconds_before_opening)

    assert state_of(replace(WINDOW, arrived_at=arrived_at, early_agreed=agreed)) is state


def test_a_forecast_before_the_opening_is_no_risk() -> None:
    assert state_of(forecast(clock(8, 30), clock(8, 50), clock(9, 10))) is State.QUIET


def test_a_new_window_is_told_until_its_own_forecast_leaves_it() -> None:
    agreed = replace(WINDOW, old_opens_at=clock(7), old_closes_at=clock(9), p50=clock(10), p90=clock(10, 30))

    assert state_of(agreed) is State.TOLD
    assert state_of(replace(agreed, p90=clock(11, 30))) is State.AT_RISK
    assert state_of(replace(agreed, arrived_at=clock(10))) is State.KEPT


def test_the_server_has_the_last_word() -> None:
    quiet = forecast(clock(9, 30), clock(9, 50), clock(10))

    assert state_of(replace(quiet, state=State.AT_RISK)) is State.AT_RISK


def test_the_sample_day_is_the_day_of_the_demo() -> None:
    assert clock(9) == datetime(2026, 11, 2, 9, tzinfo=UTC)
