"""Wall time over daylight saving, and working time over nights, holidays and both."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.kit.calendar import local_instant, read_instant, zone
from goodword.kit.refusals import BadInput

FOLDS = [None, 0, 1]
ZONES = [
    "America/New_York",
    "Europe/Berlin",
    "Europe/London",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Africa/Casablanca",
    "Pacific/Chatham",
    "America/Sao_Paulo",
    "UTC",
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def reading(text: str) -> datetime:
    """What a clock on the wall shows, nowhere in particular."""
    return datetime.fromisoformat(text)


def wall(text: str, where: str, fold: int | None = None) -> datetime:
    said = datetime.fromisoformat(text)
    return local_instant(said.date(), said.time(), where, fold=fold)


@pytest.mark.parametrize(
    ("text", "where", "instant"),
    [
        ("2026-03-08 01:59", "America/New_York", "2026-03-08 06:59"),
        ("2026-03-08 03:00", "America/New_York", "2026-03-08 07:00"),
        ("2026-11-01 00:59", "America/New_York", "2026-11-01 04:59"),
        ("2026-11-01 02:00", "America/New_York", "2026-11-01 07:00"),
        ("2026-03-29 03:00", "Europe/Berlin", "2026-03-29 01:00"),
        ("2026-10-25 03:00", "Europe/Berlin", "2026-10-25 02:00"),
        ("2026-10-04 02:30", "Australia/Lord_Howe", "2026-10-03 15:30"),
        ("2026-04-05 01:29", "Australia/Lord_Howe", "2026-04-04 14:29"),
        ("2026-07-01 12:00", "Asia/Kathmandu", "2026-07-01 06:15"),
        ("2011-12-29 23:59", "Pacific/Apia", "2011-12-30 09:59"),
        ("2011-12-31 00:00", "Pacific/Apia", "2011-12-30 10:00"),
        ("2026-02-28 09:00", "Pacific/Apia", "2026-02-27 20:00"),
    ],
)
def test_a_wall_time_is_the_instant_that_people_there_mean(text, where, instant):
    assert wall(text, where) == utc(instant)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("2026-03-08 02:00", "America/New_York"),
        ("2026-03-08 02:59", "America/New_York"),
        ("2026-03-29 02:30", "Europe/Berlin"),
        ("2026-10-04 02:15", "Australia/Lord_Howe"),
        ("2011-12-30 12:00", "Pacific/Apia"),
    ],
)
@pytest.mark.parametrize("fold", [None, 0, 1])
def test_a_time_that_does_not_exist_is_refused_and_says_why(text, where, fold):
    with pytest.raises(BadInput, match="does not exist"):
        wall(text, where, fold)


@pytest.mark.parametrize(
    ("text", "where", "first", "second"),
    [
        ("2026-11-01 01:30", "America/New_York", "2026-11-01 05:30", "2026-11-01 06:30"),
        ("2026-10-25 02:00", "Europe/Berlin", "2026-10-25 00:00", "2026-10-25 01:00"),
        ("2026-04-05 01:45", "Australia/Lord_Howe", "2026-04-04 14:45", "2026-04-04 15:15"),
    ],
)
def test_a_time_that_comes_twice_is_asked_about(text, where, first, second):
    with pytest.raises(BadInput, match="comes twice"):
        wall(text, where)
    assert wall(text, where, 0) == utc(first)
    assert wall(text, where, 1) == utc(second)


@settings(max_examples=300, deadline=None)
@given(
    st.datetimes(reading("2005-01-01"), reading("2050-01-01")), st.sampled_from(ZONES), st.sampled_from([None, 0, 1])
)
def test_every_wall_time_keeps_its_reading_or_is_refused(said, where, fold):
    """Whatever instant comes out shows exactly what was said on the wall there."""
    said = said.replace(second=0, microsecond=0)
    try:
        instant = local_instant(said.date(), said.time(), where, fold=fold)
    except BadInput as refused:
        there = {
            datetime.combine(said.date(), said.time(), ZoneInfo(where)).replace(fold=f).utcoffset() for f in (0, 1)
        }
        assert len(there) == 2, refused
        return
    assert instant.tzinfo is UTC
    assert instant.astimezone(ZoneInfo(where)).replace(tzinfo=None, fold=0) == said


def around_a_change(where: str) -> list[datetime]:
    """Every minute-sharp reading within two hours of each change of the clocks in 2026."""
    found, at = [], datetime(2026, 1, 1, tzinfo=UTC)
    while at.year == 2026:
        later = at + timedelta(hours=1)
        if at.astimezone(ZoneInfo(where)).utcoffset() != later.astimezone(ZoneInfo(where)).utcoffset():
            middle = at.astimezone(ZoneInfo(where)).replace(tzinfo=None, fold=0)
            found += [middle + timedelta(minutes=m) for m in range(-120, 121, 15)]
        at = later
    return found


@pytest.mark.parametrize("where", ZONES)
def test_around_every_change_of_the_clocks_a_reading_is_kept_refused_or_asked_about(where):
    for said in around_a_change(where):
        answers = set()
        for fold in (0, 1):
            try:
                instant = local_instant(said.date(), said.time(), where, fold=fold)
            except BadInput:
                answers.add(None)
            else:
                assert instant.astimezone(ZoneInfo(where)).replace(tzinfo=None, fold=0) == said
                answers.add(instant)
        if len(answers) == 2:
            with pytest.raises(BadInput, match="twice"):
                local_instant(said.date(), said.time(), where)


@pytest.mark.parametrize("year", [1, 1999, 2100, 9999])
def test_a_year_that_nobody_means_is_refused(year):
    with pytest.raises(BadInput, match="too far away"):
        local_instant(date(year, 6, 1), time(9), "Europe/London")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mars/Olympus",
        "../../etc/passwd",
        "/etc/passwd",
        "Europe/Lond\x00on",
        "US/Pacific-New",
        "+02:00",
        "x" * 5_000,
    ],
)
def test_a_zone_that_is_none_is_refused_with_words(name):
    with pytest.raises(BadInput, match="no time zone"):
        zone(name)


# Instants as programs write them


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-02T09:40:00Z", "2026-11-02 09:40"),
        ("2026-11-02T09:40Z", "2026-11-02 09:40"),
        ("2026-11-02 09:40:00+01:00", "2026-11-02 08:40"),
        ("2026-11-02T09:40:00.250000Z", "2026-11-02 09:40:00.250"),
        ("2026-11-02T00:15:00+05:45", "2026-11-01 18:30"),
    ],
)
def test_an_instant_is_read_with_its_offset(text, instant):
    assert read_instant(text) == utc(instant)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2026-11-02",
        "2026-11-02T09:40:00",
        "09:40Z",
        "+01:00",
        "2026-11-02T24:00:00Z",
        "2026-11-02T23:59:60Z",
        "2026-12-31T23:59:60Z",
        "2026-02-29T09:40:00Z",
        "2026-13-01T09:40:00Z",
        "0000-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "1999-12-31T23:59:59Z",
        "2100-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59",
        "2026-W45-1T09:40:00Z",
        "20261102T094000Z",
        "2026-11-02T09:40:00+25:00",
        "infinity",
        "1762076400",
        "٢٠٢٦-11-02T09:40:00Z",
        "2026-11-02T09:40:00Z\x00",
        "2026-11-02T09:40:00Z" * 1_000,
    ],
)
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(BadInput):
        read_instant(text)
