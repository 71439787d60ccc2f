"""Working time over nights, weekends, holidays and changes of the clocks."""

from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kit.test_calendar import reading, utc, wall

from goodword.kit.calendar import BusinessCalendar
from goodword.kit.refusals import BadInput

WEEKDAYS = {day: (time(7, 30), time(17, 30)) for day in range(5)}
LONDON = BusinessCalendar("Europe/London", WEEKDAYS, frozenset({date(2026, 12, 25), date(2026, 12, 28)}))


def test_working_time_stops_over_night_and_the_weekend():
    friday = utc("2026-11-06 16:30")

    assert LONDON.add(friday, timedelta(hours=1)) == utc("2026-11-06 17:30")
    assert LONDON.add(friday, timedelta(hours=2)) == utc("2026-11-09 08:30")


def test_working_time_stops_over_holidays():
    assert LONDON.add(utc("2026-12-24 17:00"), timedelta(hours=1)) == utc("2026-12-29 08:00")


def test_working_time_begins_when_the_doors_open():
    assert LONDON.add(utc("2026-11-02 03:00"), timedelta(0)) == utc("2026-11-02 07:30")
    assert LONDON.add(utc("2026-11-02 09:00"), timedelta(0)) == utc("2026-11-02 09:00")


def test_working_time_between_two_instants():
    assert LONDON.between(utc("2026-11-06 16:30"), utc("2026-11-09 08:30")) == timedelta(hours=2)
    assert LONDON.between(utc("2026-11-09 08:30"), utc("2026-11-06 16:30")) == timedelta(0)
    assert LONDON.between(utc("2026-11-07 09:00"), utc("2026-11-08 09:00")) == timedelta(0)


@pytest.mark.parametrize(
    ("where", "day", "hours"),
    [
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Asia/Kathmandu", date(2026, 3, 29), 24),
    ],
)
def test_who_is_open_round_the_clock_works_as_long_as_the_day_is(where, day, hours):
    always = BusinessCalendar(where, {d: (time(0), time(0)) for d in range(7)})

    opens, closes = always.span(day)

    assert closes - opens == timedelta(hours=hours)
    assert always.add(opens, timedelta(hours=hours)) == closes


def test_a_night_shift_counts_over_midnight():
    nights = BusinessCalendar("Europe/London", {4: (time(22), time(6))})
    saturday = utc("2026-11-07 03:00")

    assert nights.between(saturday, utc("2026-11-08 12:00")) == timedelta(hours=3)
    assert nights.add(saturday, timedelta(hours=1)) == utc("2026-11-07 04:00")


@pytest.mark.parametrize(
    ("where", "day", "opens_at"),
    [("America/New_York", date(2026, 3, 8), time(2, 30)), ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10))],
)
def test_doors_that_open_at_a_skipped_time_open_all_the_same(where, day, opens_at):
    calendar = BusinessCalendar(where, {d: (opens_at, time(12)) for d in range(7)})

    opens, closes = calendar.span(day)

    assert opens < closes
    assert calendar.add(opens, timedelta(hours=1)) == opens + timedelta(hours=1)


def test_branch_and_customer_in_other_zones_mean_the_same_instant():
    branch = BusinessCalendar("America/New_York", WEEKDAYS)

    due = branch.add(wall("2026-11-02 09:00", "America/Chicago"), timedelta(hours=1))

    assert due == wall("2026-11-02 11:00", "America/New_York")


def test_a_calendar_that_is_never_open_says_so():
    with pytest.raises(BadInput, match="no open hours"):
        BusinessCalendar("UTC", {}).add(utc("2026-11-02 09:00"), timedelta(hours=1))


def test_a_negative_duration_is_refused():
    with pytest.raises(BadInput):
        LONDON.add(utc("2026-11-02 09:00"), timedelta(hours=-1))


@settings(max_examples=100, deadline=None)
@given(
    st.datetimes(reading("2026-01-01"), reading("2026-12-31")),
    st.integers(0, 40 * 60),
    st.sampled_from(["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_adding_working_time_and_measuring_it_agree(since, minutes, where):
    calendar = BusinessCalendar(where, WEEKDAYS | {5: (time(1), time(3, 15)), 6: (time(1), time(3, 15))})
    since = since.replace(tzinfo=UTC)

    until = calendar.add(since, timedelta(minutes=minutes))

    assert calendar.between(since, until) == timedelta(minutes=minutes)
