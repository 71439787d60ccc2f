"""Before a tap that is hardly meant, or that needs a yes, the page asks once. "Yes" goes on: it never traps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodword.crew.queries import company
from goodword.dispatch.queries.board import stops_of
from goodword.faces.technician.views.typed import minor, whole
from goodword.kit.calendar import zone
from goodword.kit.money import Money, money_words
from goodword.kit.refusals import BadInput
from goodword.parts.times import clock_words
from goodword.visits.models import Visit
from goodword.visits.queries import charges_of, left_of_limit, still_at

EARLY = timedelta(minutes=15)  # ours: this much before the promised time nobody is asked


@dataclass(frozen=True)
class Way:
    """One button: the step it takes, its words, and fields that go with it beside what was typed."""

    step: str
    says: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Doubt:
    """What is asked, or read out to the customer; the ways on, the likeliest first; the other visit it is about."""

    ways: tuple[Way, ...]
    asks: str = ""
    read_out: str = ""
    other: Visit | None = None


def doubt_about(request: HttpRequest, visit: Visit, step: str, now: datetime) -> Doubt | None:
    """What to ask before this tap; None: nothing. What was typed wrongly is refused later, where it was typed."""
    asks: Mapping[str, Callable[[HttpRequest, Visit, datetime], Doubt | None]] = {
        "depart": _setting_out,
        "arrive": _at_the_door,
        "observe_working": _left_open,
        "agree_change": _with_their_yes,
        "pay": _not_what_is_due,
    }
    if visit.is_over or step not in asks:
        return None
    try:
        return asks[step](request, visit, now)
    except BadInput:
        return None


def _yes(step: str, says: str, **fields: str) -> Way:
    return Way(step, says, {"sure": "yes"} | fields)


def _setting_out(request: HttpRequest, visit: Visit, now: datetime) -> Doubt | None:
    return _still_elsewhere(visit, _yes("depart", _("Yes, on my way")))


def _at_the_door(request: HttpRequest, visit: Visit, now: datetime) -> Doubt | None:
    yes = _yes("arrive", _("Yes, I am at the door"))
    if (elsewhere := _still_elsewhere(visit, yes)) is not None:
        return elsewhere
    promise = stops_of([visit])[0].promise
    if promise is None or promise.opens_at is None or now >= promise.opens_at - EARLY:
        return None
    where = zone(visit.order.site.zone or visit.branch.zone)
    span = {"opens": clock_words(promise.opens_at, where), "closes": clock_words(promise.closes_at, where)}
    return Doubt((yes,), _("The promise is {opens}–{closes}. Really at the door?").format(**span))


def _still_elsewhere(visit: Visit, yes: Way) -> Doubt | None:
    if (other := still_at(visit.technician_id, visit.id)) is None:
        return None
    return Doubt((yes,), _("You are still with {customer}.").format(customer=other.order.customer.name), other=other)


def _left_open(request: HttpRequest, visit: Visit, now: datetime) -> Doubt | None:
    """What was agreed and not marked as done is not charged, so that it is asked about while it can still be marked."""
    left = [each.words for each in charges_of(visit).not_done]
    if not left:
        return None
    says = _("Not marked as done, so not charged: {work}.").format(work=", ".join(left))
    return Doubt((_yes("observe_working", _("It works; that stays open")),), says)


def _with_their_yes(request: HttpRequest, visit: Visit, now: datetime) -> Doubt | None:
    """Price and time first, then their yes, then the work: read out, and answered by the customer (S0-13)."""
    more, minutes = minor(request), whole(request, "minutes")
    if not minutes or not request.POST.get("words", "").strip():
        return None
    currency, charges = company().currency, charges_of(visit)
    open_before = sum(each.minor for each in charges.not_done)
    facts = {
        "more": money_words(Money(more, currency)),
        "all": money_words(Money(charges.due_minor + open_before + more, currency)),
        "time": clock_words(now + timedelta(minutes=minutes), zone(visit.order.site.zone or visit.branch.zone)),
    }
    if visit.order.customer.payer_id is not None or not more:
        says = _("It takes a little longer: I am done by {time}. Is that all right?")
    else:
        says = _("That is {more} more, {all} in all, and I am done by {time}. Shall I do it?")
    ways = [_yes("agree_change", _("They said yes")), Way("decline_change", _("They said no"), {})]
    left = left_of_limit(visit.order_id)
    if left is not None and more <= left:
        within = _("Within what was agreed beforehand: {left} left").format(left=money_words(Money(left, currency)))
        ways.append(_yes("agree_change", within, how="limit"))
    return Doubt(tuple(ways), read_out=says.format(**facts))


def _not_what_is_due(request: HttpRequest, visit: Visit, now: datetime) -> Doubt | None:
    paid, due = minor(request), charges_of(visit).due_minor
    if request.POST.get("kind") == "none" or paid == due or not paid:
        return None
    currency = company().currency
    facts = {
        "paid": money_words(Money(paid, currency)),
        "due": money_words(Money(due, currency)),
        "rest": money_words(Money(abs(paid - due), currency)),
    }
    if paid > due:
        says = _("{paid} was typed, and {due} is to be paid: {rest} too much. Is it so?")
    else:
        says = _("{paid} was typed, and {due} is to be paid: {rest} stays open. Is it so?")
    return Doubt((_yes("pay", _("Yes, keep {paid}").format(**facts)),), says.format(**facts))
