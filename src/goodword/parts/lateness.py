"""The answer to "running late": who waits, whether they hear of it, and who must tell them."""

from collections.abc import Callable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from goodword.customers.models import Channel
from goodword.dispatch.queries.lateness import Waits, who_waits
from goodword.kit.calendar import zone
from goodword.parts.times import clock_words
from goodword.visits.models import Visit


def late_words(visit: Visit, page: Callable[[Visit], str], at_the_desk: bool) -> str:
    """What was noted and what follows. ``page``: the address of a visit on the reader's face."""
    waits = who_waits(visit)
    if waits is None:
        return _("Noted. Nobody waits behind it today, so nobody has to be told.")
    who = waits.stop.visit
    name = who.order.customer.name
    there = name if who.id == visit.id else format_html('<a href="{}">{}</a>', page(who), name)
    return format_html_join(" ", "{}", ((line,) for line in _lines(waits, there, who.id != visit.id, at_the_desk)))


def _lines(waits: Waits, name: str, is_next: bool, at_the_desk: bool) -> Iterator[str]:
    visit, promise = waits.stop.visit, waits.stop.promise
    where = zone(visit.order.site.zone or visit.branch.zone)
    facts = {"name": name, "way": _way(waits.way)}
    if promise is None:
        says = (
            _("Noted. {name} comes next, with no promised time.")
            if is_next
            else _("Noted. {name} has no promised time.")
        )
        yield format_html(says, **facts)
        yield format_html(_("Goodword writes nothing to them by itself. To reach them: {way}."), **facts)
        return
    facts["closes"] = clock_words(promise.closes_at, where)
    if waits.expected_at is None:
        yield format_html(_("Noted. {name} comes next, promised by {closes}."), **facts)
    else:
        facts["time"] = clock_words(waits.expected_at, where)
        kept = _("Noted: about {time}. {name} was promised by {closes}, so it can still be kept.")
        late = _("Noted: about {time}. {name} was promised by {closes}: that is too late.")
        yield format_html(late if waits.is_too_late else kept, **facts)
    if waits.told_at is not None:
        yield format_html(_("They were told at {at}, before this."), at=clock_words(waits.told_at, where))
    yield _("Goodword writes nothing to them by itself; their page shows the new time to whoever opens it.")
    yield format_html(_who_tells(waits, at_the_desk), office=_tel(visit.branch.phone), **facts)


def _who_tells(waits: Waits, at_the_desk: bool) -> str:
    if at_the_desk and waits.is_too_late:
        again = _("You must tell them the new time too: {way}.")
        return again if waits.told_at else _("You must tell them now, then tap “I have told the customer”: {way}.")
    if at_the_desk:
        return _("If it gets tight, they stand in the tray and you tell them: {way}.")
    if waits.is_too_late:
        return _("The office must tell them now. If you do it first: {way}, then tell the office, {office}.")
    return _("If it gets tight, it stands in the office’s tray and the office tells them. Or you do: {way}.")


def _way(channel: Channel | None) -> str:
    if channel is None:
        return _("we have neither number nor address of them")
    if channel.kind == Channel.Kind.PHONE:
        return _tel(channel.value, channel.raw)
    return format_html('<a href="mailto:{}">{}</a>', channel.value, channel.raw)


def _tel(number: str, shown: str = "") -> SafeString:
    return format_html('<a href="tel:{}">{}</a>', number, shown or number)
