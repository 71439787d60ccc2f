"""Times as people say them: "9:31", "Tue 3 Nov, 12:00", "in 20 min". Always in the zone that is passed in.

Nothing here asks what time it is: ``now`` is company time and comes from the caller.
"""

from datetime import datetime, tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def clock_words(at: datetime, zone: tzinfo) -> str:
    """The time of day without a leading zero: 9:31."""
    local = at.astimezone(zone)
    return f"{local.hour}:{local.minute:02d}"


def day_words(at: datetime, zone: tzinfo, now: datetime | None = None) -> str:
    """Tue 3 Nov, with the year when it is not the year of ``now``."""
    local = at.astimezone(zone)
    words = f"{date_format(local, 'D')} {local.day} {date_format(local, 'M')}"
    if now is not None and now.astimezone(zone).year == local.year:
        return words
    return f"{words} {local.year}"


def moment_words(at: datetime, zone: tzinfo, now: datetime | None = None) -> str:
    """9:31 when ``at`` lies on the day of ``now``, else Tue 3 Nov, 9:31."""
    if now is not None and _same_day(at, now, zone):
        return clock_words(at, zone)
    return _("{day}, {time}").format(day=day_words(at, zone, now), time=clock_words(at, zone))


def span_words(starts_at: datetime, ends_at: datetime, zone: tzinfo, now: datetime | None = None) -> str:
    """9:00–11:00 today, Wed 4 Nov, 9:00–11:00 on another day."""
    if not _same_day(starts_at, ends_at, zone):
        return f"{moment_words(starts_at, zone, now)} – {moment_words(ends_at, zone, now)}"
    span = f"{clock_words(starts_at, zone)}–{clock_words(ends_at, zone)}"
    if now is not None and _same_day(starts_at, now, zone):
        return span
    return _("{day}, {time}").format(day=day_words(starts_at, zone, now), time=span)


def ago_words(at: datetime, now: datetime) -> str:
    """in 20 min, 5 min ago, just now, in 3 hours, 4 days ago."""
    seconds = round((at - now).total_seconds())
    length = length_words(abs(seconds))
    if not length:
        return _("just now")
    return _("in {length}").format(length=length) if seconds > 0 else _("{length} ago").format(length=length)


def length_words(seconds: float) -> str:
    """20 min, 3 hours, 4 days; empty below 45 seconds."""
    if seconds < 45:
        return ""
    minutes = round(seconds / 60)
    if minutes < 90:
        return ngettext("{n} min", "{n} min", minutes).format(n=minutes)
    hours = round(minutes / 60)
    if hours < 36:
        return ngettext("{n} hour", "{n} hours", hours).format(n=hours)
    days = round(hours / 24)
    return ngettext("{n} day", "{n} days", days).format(n=days)


def exact_words(at: datetime, zone: tzinfo) -> str:
    """The exact instant for the tooltip: Monday 2 November 2026, 9:31:05 GMT."""
    local = at.astimezone(zone)
    return f"{date_format(local, 'l j F Y')}, {local.hour}:{local:%M:%S} {local.tzname()}"


def _same_day(one: datetime, other: datetime, zone: tzinfo) -> bool:
    return one.astimezone(zone).date() == other.astimezone(zone).date()
