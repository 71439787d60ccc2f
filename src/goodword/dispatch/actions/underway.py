"""On the way: the customer hears that somebody has set out and when to expect them; and when they turned back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.queries import signed
from goodword.customers import queries as customers
from goodword.dispatch.actions.confirming import LINK_LIVES
from goodword.dispatch.models import Forecast
from goodword.dispatch.rules import words
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.clock import company_now
from goodword.kit.links import make_link, new_token, url_of
from goodword.messaging.actions import call_instead, queue
from goodword.messaging.queries import messages_about
from goodword.messaging.rules import lint
from goodword.promises.models import Promise
from goodword.promises.queries import is_open, open_window_of
from goodword.visits.models import Visit
from goodword.visits.rules import TurnedBack

STILL_NEWS: Final = timedelta(minutes=10)  # ours: told by the phone later than that, it is no news any more
SET_OUT, TURNED_BACK = "on_the_way", "turned_back"  # purposes of the letters; the second also why somebody calls


@action("dispatch.tell_set_out")
def tell_set_out(visit_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Visit:
    """Write who is on the way and at about what time they come.

    Nothing is written where it is news no longer (told more than ten minutes late, at the door already, turned back),
    nor where nothing was promised or nobody may be written to: then the phone says so.
    """
    visit = Visit.objects.locked(visit_id)
    promise = open_window_of(visit.id)
    if promise is None or visit.on_the_way_at != at or visit.arrived_at is not None or _is_old(promise, at):
        return visit
    forecast = Forecast.objects.filter(visit=visit).first()
    expected = max(forecast.p50, promise.opens_at or forecast.p50) if forecast and forecast.p50 else None
    who = visit.technician.name if visit.technician is not None else ""
    where = visit.order.site.zone or visit.branch.zone
    facts = {"who": who, "closes": words.clock_time(promise.closes_at, where)}
    facts["time"] = words.clock_time(expected, where) if expected is not None else ""
    subject = _("%(who)s is on the way") % facts
    _write(SET_OUT, subject, _coming(promise, expected), promise, facts, by=by, at=at, command=command)
    return visit


@action("dispatch.tell_turned_back")
def tell_turned_back(visit_id: UUID, why: str, *, by: Actor, at: datetime, command: UUID) -> Visit:
    """Who was told that we are coming hears that we are not, and what holds now; the office calls unless it was a slip.

    Parameters
    ----------
    why
        One of :class:`goodword.visits.rules.TurnedBack`.
    """
    visit = Visit.objects.locked(visit_id)
    promise = open_window_of(visit.id)
    if promise is None or visit.on_the_way_at is not None or visit.is_over or not is_open(promise, company_now()):
        return visit
    slip = why == TurnedBack.SLIP
    if not slip:
        says = _("The technician was on the way and had to turn back. Call: say so, and what we do about it.")
        call_instead("promise", promise.id, promise.branch_id, TURNED_BACK, says, by=by, at=at, command=command)
    was_told = messages_about([promise.id]).filter(purpose=SET_OUT).exists()
    if was_told and not _is_old(promise, at):
        subject = _("Not on the way yet") if slip else _("We had to turn back")
        _write(TURNED_BACK, subject, _slip() if slip else _back(), promise, {}, by=by, at=at, command=command)
    return visit


def _is_old(promise: Promise, at: datetime) -> bool:
    now = company_now()
    return now - at > STILL_NEWS or not is_open(promise, now)


def _write(purpose: str, subject: str, body: str, promise: Promise, facts: Mapping[str, str], **door: Any) -> None:
    assert promise.visit is not None
    asked_by = promise.visit.order.contact_id
    contact, channel = customers.contact_to_write(promise.customer_id, "service", asked_by, kinds=["email"])
    if contact is None or channel is None:
        return
    token, name = new_token(), customers.name_to_use(contact)
    until = promise.closes_at + LINK_LIVES
    make_link(token, "visit", promise.visit, contact.id, promise.branch_id, until, **door)
    text = body % {
        "name": name,
        "said": promise.said,
        "link": url_of(token),
        "phone": promise.branch.phone,
        "branch": signed(promise.branch.name),
        **facts,
    }
    queue(purpose, "email", channel.value, name, subject, lint(text, name), promise, promise.branch_id, **door)


def _coming(promise: Promise, expected: datetime | None) -> str:
    """With the time where the forecast has one; later than promised, that is said at once."""
    if expected is None:
        when = "%(said)s"
    elif expected > promise.closes_at:
        when = _("We are sorry: we said by %(closes)s, and it looks like about %(time)s. Is that too late? Call us.")
    else:
        when = _("Expect us at about %(time)s.")
    first = _("Dear %(name)s,\n\n%(who)s is on the way to you.")
    last = _("Where they are and what to expect: %(link)s\nTo reach us: %(phone)s.\n%(branch)s")
    return f"{first} {when}\n\n{last}"


def _slip() -> str:
    return _(
        "Dear %(name)s,\n\nwe wrote too early that we are on the way: we have not left yet. What we promised holds: "
        "%(said)s You hear from us when we set out.\n\nYour visit: %(link)s\nTo reach us: %(phone)s.\n%(branch)s"
    )


def _back() -> str:
    return _(
        "Dear %(name)s,\n\nwe are sorry: we were on the way to you and had to turn back. We call you now to say when "
        "we come. If you would rather call us: %(phone)s.\n\nYour visit: %(link)s\n%(branch)s"
    )
