"""Hours above a column of brackets."""

from datetime import datetime, timedelta, tzinfo
from html import escape
from math import ceil

from django.utils.translation import gettext as _

from goodword.parts.times import clock_words


def draw_hours(starts_at: datetime, ends_at: datetime, zone: tzinfo) -> str:
    """Whole hours between two instants as one fluid SVG, at most nine of them so that they stay apart on a phone."""
    span = max((ends_at - starts_at).total_seconds(), 3600.0)
    step = max(1, ceil(span / 3600 / 9))
    at = starts_at.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    texts = []
    while at <= ends_at:
        share = (at - starts_at).total_seconds() / span
        if share >= 0 and at.hour % step == 0:
            texts.append(f'<text x="{share * 100:.2f}%" y="12">{at.hour}</text>')
        at = (at.astimezone(zone) + timedelta(hours=1)).astimezone(zone)
    says = escape(
        _("Hours from {first} to {last}").format(first=clock_words(starts_at, zone), last=clock_words(ends_at, zone))
    )
    named = f'role="img" aria-label="{says}"'
    return f'<svg class="hours" width="100%" height="16" {named} focusable="false">{"".join(texts)}</svg>'
