"""Tags for page authors. ``{% load parts %}``"""

from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goodword.kit.clock import is_demo
from goodword.kit.ids import uuid7
from goodword.parts import times
from goodword.parts.assets import asset_tags
from goodword.parts.bracket import Bracket, BracketView, draw, view
from goodword.parts.hours import draw_hours
from goodword.parts.icons import icon_svg
from goodword.parts.stations import Station, stations_for
from goodword.parts.wordings import STATES, state_words

register = template.Library()


@register.simple_tag
def bracket(of: Bracket | BracketView, size: str = "row", named: bool = True) -> SafeString:
    """The drawing of one promise: ``{% bracket visit.bracket size="large" %}``."""
    return mark_safe(draw(_viewed(of), size, named=named))


@register.simple_tag
def bracket_words(of: Bracket | BracketView) -> str:
    """The same in words, as plain text."""
    return _viewed(of).words


@register.simple_tag
def bracket_beside(of: Bracket | BracketView, light: bool = False) -> SafeString:
    """Icon and word that stand beside a drawing: "at risk since 9:31", "kept", "97 % sure"; empty when quiet."""
    said = _viewed(of).beside
    return mark_safe("") if said is None else _state(said.state.value, said.icon, said.text, light)


@register.simple_tag
def hours(starts_at: datetime, ends_at: datetime, zone: str | tzinfo | None = None) -> SafeString:
    """The hours above a column of brackets that share this scale."""
    return mark_safe(draw_hours(starts_at, ends_at, _zone(zone)))


@register.simple_tag
def state(name: str, words: str = "", light: bool = False) -> SafeString:
    """A state as colour, icon and word: ``{% state "kept" %}``, ``{% state "broken" "missed 3 times" %}``."""
    icon, _words = STATES[name]
    return _state(name, icon, words or str(state_words(name)), light)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon; write a word beside it."""
    return mark_safe(icon_svg(name, extra))


@register.simple_tag
def clock(at: datetime, zone: str | tzinfo | None = None) -> SafeString:
    """9:31"""
    where = _zone(zone)
    return _time(at, where, times.clock_words(at, where))


@register.simple_tag
def moment(at: datetime, zone: str | tzinfo | None = None, now: datetime | None = None) -> SafeString:
    """9:31 today, Tue 3 Nov, 9:31 on another day than ``now``."""
    where = _zone(zone)
    return _time(at, where, times.moment_words(at, where, now))


@register.simple_tag
def day(at: datetime, zone: str | tzinfo | None = None, now: datetime | None = None) -> SafeString:
    """Tue 3 Nov"""
    where = _zone(zone)
    return _time(at, where, times.day_words(at, where, now))


@register.simple_tag
def span(
    starts_at: datetime, ends_at: datetime, zone: str | tzinfo | None = None, now: datetime | None = None
) -> SafeString:
    """9:00–11:00, with the day when it is not the day of ``now``."""
    where = _zone(zone)
    return _time(starts_at, where, times.span_words(starts_at, ends_at, where, now))


@register.simple_tag
def ago(at: datetime, now: datetime, zone: str | tzinfo | None = None) -> SafeString:
    """in 20 min, 5 min ago; kept fresh by a script that runs on company time."""
    return format_html(
        '<time datetime="{}" title="{}" data-relative>{}</time>',
        at.astimezone(ZoneInfo("UTC")).isoformat(), times.exact_words(at, _zone(zone)), times.ago_words(at, now),
    )  # fmt: skip


@register.inclusion_tag("parts/voice.html")
def voice(said: str, size: str = "side", by: str = "") -> dict[str, Any]:
    """The customer's own words, and nothing else: ``{% voice note.words size="moment" by="Mr Castellane" %}``."""
    return {"said": said, "size": size, "by": by}


@register.inclusion_tag("parts/stations.html")
def stations(stage: str, done: bool = False) -> dict[str, list[Station]]:
    """The four stages as stations on a line: ``{% stations visit.stage done=visit.is_done %}``."""
    return {"stations": stations_for(stage, done=done)}


@register.simple_tag(takes_context=True)
def command_field(context: Context, value: UUID | str = "") -> SafeString:
    """The hidden command id of a form: sent twice, it happens once. After a refusal the same id comes back."""
    request = context.get("request")
    posted = request.POST.get("command", "") if request is not None and request.method == "POST" else ""
    return format_html('<input type="hidden" name="command" value="{}">', value or posted or uuid7())


@register.simple_tag
def in_a_demo() -> bool:
    """Whether this company is invented, so that everybody may come in."""
    return is_demo()


@register.simple_tag
def assets(entry: str) -> SafeString:
    """Stylesheet and script of one entry: ``{% assets "faces/office/app/main.ts" %}``."""
    return asset_tags(entry)


def _viewed(of: Bracket | BracketView) -> BracketView:
    return view(of) if isinstance(of, Bracket) else of


def _zone(zone: str | tzinfo | None) -> tzinfo:
    if isinstance(zone, str) and zone:
        return ZoneInfo(zone)
    return zone if isinstance(zone, tzinfo) else timezone.get_current_timezone()


def _time(at: datetime, zone: tzinfo, words: str) -> SafeString:
    utc = at.astimezone(ZoneInfo("UTC")).isoformat()
    return format_html('<time datetime="{}" title="{}">{}</time>', utc, times.exact_words(at, zone), words)


def _state(name: str, icon_name: str, words: str, light: bool) -> SafeString:
    drawn = mark_safe(icon_svg(icon_name)) if icon_name else ""
    weight = " state-light" if light else ""
    return format_html('<span class="state state-{}{}">{}<span>{}</span></span>', name, weight, drawn, words)


@register.filter
def initial(name: str) -> str:
    """The first letter of a name, for a person without a picture."""
    return name.strip()[:1].upper() or _("?")
