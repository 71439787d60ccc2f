"""Tags of the office's own pages. ``{% load office %}``"""

from datetime import datetime, tzinfo

from django import template
from django.utils.dates import WEEKDAYS

from goodword.dispatch.queries.board import Stop
from goodword.kit.calendar import BusinessCalendar
from goodword.parts.bracket import Bracket
from goodword.parts.promised import bracket_of

register = template.Library()


@register.simple_tag
def own_bracket(stop: Stop) -> Bracket | None:
    """The bracket of a stop on a scale of its own, for the tray and the visit's page."""
    return bracket_of(stop)


@register.simple_tag
def local_date(at: datetime, where: tzinfo) -> str:
    """The day of an instant on a wall, as an address writes it."""
    return at.astimezone(where).date().isoformat()


@register.simple_tag
def week(hours: BusinessCalendar) -> list[tuple[str, str]]:
    """The opening hours by weekday, as one reads them on a door."""
    return [
        (str(WEEKDAYS[day]), f"{opens:%-H:%M}–{closes:%-H:%M}" if (opens and closes) else "")
        for day, (opens, closes) in ((n, hours.hours.get(n, (None, None))) for n in range(7))
    ]
