"""Wall time and working time: zones, daylight saving, holidays. Pure; a calendar carries its version (G-7)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from goodword.kit.refusals import BadInput

_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ](?!24)\d\d:\d\d(:\d\d([.,]\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d(:\d\d)?)?", re.ASCII
)
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@cache
def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(
            "zone", _("“%(name)s” is no time zone. Write it like Europe/London.") % {"name": name}
        ) from error


def local_instant(day: date, at: time, zone_name: str, *, field: str = "time", fold: int | None = None) -> datetime:
    """The instant of a wall time. Refuses a time that does not exist, and asks when it exists twice.

    Parameters
    ----------
    day, at
        What the clock on the wall shows in ``zone_name``.
    fold
        0 for the first, 1 for the second of an hour that comes twice; None refuses instead of guessing.

    Raises
    ------
    BadInput
        The hour is skipped by daylight saving, or comes twice and ``fold`` is None.
    """
    where = zone(zone_name)
    first, second = (datetime.combine(day, at, where).replace(fold=f) for f in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return _in_range(first.astimezone(UTC), field)
    if first.astimezone(UTC).astimezone(where).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise BadInput(
            field,
            _("%(time)s does not exist on %(day)s: the clocks go forward. Choose another time.")
            % {"time": f"{at:%H:%M}", "day": day},
        )
    if fold is None:
        raise BadInput(
            field,
            _("%(time)s comes twice on %(day)s: the clocks go back. Say which one.")
            % {"time": f"{at:%H:%M}", "day": day},
        )
    return _in_range((first, second)[fold].astimezone(UTC), field)


def _in_range(at: datetime, field: str) -> datetime:
    if not EARLIEST <= at < LATEST:
        raise BadInput(field, _("This date is too far away. Use one between 2000 and 2100."))
    return at


def _one_way(text: str) -> str:
    """Only the one way of writing that every program agrees on: no week dates, no basic format, no 24:00.

    Python's own reader differs by version, and takes a NUL behind the text.
    """
    if _INSTANT.fullmatch(text) is None:
        raise ValueError(text)
    return text


def read_instant(text: str, field: str = "at") -> datetime:
    """An ISO 8601 instant with its offset, like ``2026-11-02T09:40:00Z``. Refuses a naive or an impossible one."""
    try:
        at = datetime.fromisoformat(_one_way(str(text)))
    except (ValueError, OverflowError) as error:
        raise BadInput(field, _("Write the instant like 2026-11-02T09:40:00Z.")) from error
    if at.tzinfo is None or at.utcoffset() is None:
        raise BadInput(field, _("This instant has no offset. Write it like 2026-11-02T09:40:00Z."))
    try:
        return _in_range(at.astimezone(UTC), field)
    except OverflowError as error:
        raise BadInput(field, _("This date is too far away. Use one between 2000 and 2100.")) from error


def _edge(day: date, at: time, zone_name: str, *, fold: int) -> datetime:
    """The instant of an opening or closing hour. One that daylight saving skips moves with the clocks."""
    return datetime.combine(day, at, zone(zone_name)).replace(fold=fold).astimezone(UTC)


@dataclass(frozen=True)
class BusinessCalendar:
    """Opening hours per weekday (Monday = 0) as (opens, closes), holidays, a zone, and a version.

    Hours that close at or before they open last until the next day; midnight is ``time(0)``.
    """

    zone_name: str
    hours: Mapping[int, tuple[time, time]]
    holidays: frozenset[date] = field(default_factory=frozenset)
    version: int = 1

    def span(self, day: date) -> tuple[datetime, datetime] | None:
        """The open span of a day, or None on a closed day."""
        if day in self.holidays or day.weekday() not in self.hours:
            return None
        opens, closes = self.hours[day.weekday()]
        until = day if closes > opens else day + timedelta(days=1)
        return _edge(day, opens, self.zone_name, fold=0), _edge(until, closes, self.zone_name, fold=1)

    def spans(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Open spans from ``since`` on, the first one cut to it; at most two years ahead."""
        first = since.astimezone(zone(self.zone_name)).date()
        for n in range(-1, 732):
            span = self.span(first + timedelta(days=n))
            if span and span[1] > since:
                yield max(span[0], since), span[1]

    def add(self, since: datetime, working: timedelta) -> datetime:
        """The instant when ``working`` time has passed since ``since``."""
        if working < timedelta():
            raise BadInput("hours", _("A duration cannot be negative."))
        left = working
        for opens, closes in self.spans(since):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        raise BadInput("hours", _("This calendar has no open hours."))

    def between(self, since: datetime, until: datetime) -> timedelta:
        """Working time from ``since`` to ``until`` (zero when reversed)."""
        total = timedelta()
        for opens, closes in self.spans(since):
            if opens >= until:
                break
            total += min(closes, until) - opens
        return total
