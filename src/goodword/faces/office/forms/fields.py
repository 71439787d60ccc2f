"""Fields as our pages write them: a date, a time of day, words; each says plainly what is wrong."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodword.kit.calendar import local_instant
from goodword.kit.refusals import BadInput


class Day(forms.DateField):
    """A date from the browser's own picker."""

    def __init__(self, **more: Any) -> None:
        errors = {"invalid": lazy("Write a date, like 2026-11-02."), "required": lazy("Choose a day.")}
        more = {"input_formats": ["%Y-%m-%d"], "error_messages": errors} | more
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class Clock(forms.TimeField):
    """A time of day: 9:05 and 09:05 alike."""

    def __init__(self, **more: Any) -> None:
        errors = {"invalid": lazy("Write a time, like 9:40."), "required": lazy("Say at what time.")}
        more = {"input_formats": ["%H:%M", "%H:%M:%S", "%H.%M"], "error_messages": errors} | more
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


class Words(forms.CharField):
    """Several lines in somebody's own words. What is too long, or no text at all, the action says itself."""

    def __init__(self, rows: int = 3, **more: Any) -> None:
        errors = {"required": lazy("Write something down first.")}
        more = {"strip": False, "error_messages": errors, **more}
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **more)


class Line(forms.CharField):
    """One line."""

    def __init__(self, **more: Any) -> None:
        more = {"error_messages": {"required": lazy("This is needed.")}, **more}
        super().__init__(**more)


def instant(day: date, at: time, zone_name: str, field: str) -> datetime:
    """The instant of a wall time on a form; an hour that the clocks skip is said so beside its field."""
    return local_instant(day, at.replace(tzinfo=None), zone_name, field=field)


def span(
    facts: Mapping[str, Any], zone_name: str, first: str = "opens", last: str = "closes"
) -> tuple[datetime, datetime]:
    """A day with two times as two instants; the second lies after the first on the same day."""
    starts, ends = (instant(facts["day"], facts[name], zone_name, name) for name in (first, last))
    if ends <= starts:
        raise BadInput(last, _("The end must come after the beginning."))
    return starts, ends


def not_in_future(at: datetime, now: datetime, field: str) -> datetime:
    """What has happened lies behind us; a minute of a wrong watch is forgiven."""
    if at > now + timedelta(minutes=1):
        raise BadInput(field, _("This lies in the future. Check the day and the time."))
    return min(at, now)
