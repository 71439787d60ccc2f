"""Before a tap that is hardly meant, the page asks once. Whoever says "yes" goes on: a question never traps."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from goodword.dispatch.queries.board import stops_of
from goodword.kit.calendar import zone
from goodword.parts.times import clock_words
from goodword.visits.models import Visit
from goodword.visits.queries import charges_of, still_at

EARLY = timedelta(minutes=15)  # ours: this much before the promised time nobody is asked


@dataclass(frozen=True)
class Doubt:
    """One plain sentence, what goes on, and the other visit it is about."""

    step: str
    says: str
    yes: str
    other: Visit | None = None


def doubt_about(visit: Visit, step: str, now: datetime) -> Doubt | None:
    """Still at another visit, at the door long before the promised time, or with agreed work that is not done."""
    if step == "observe_working" and not visit.is_over:
        return _left_open(visit)
    if step not in {"depart", "arrive"} or visit.is_over:
        return None
    yes = _("Yes, on my way") if step == "depart" else _("Yes, I am at the door")
    if (other := still_at(visit.technician_id, visit.id)) is not None:
        says = _("You are still with {customer}.").format(customer=other.order.customer.name)
        return Doubt(step, says, yes, other)
    promise = stops_of([visit])[0].promise
    if step == "depart" or promise is None or promise.opens_at is None or now >= promise.opens_at - EARLY:
        return None
    where = zone(visit.order.site.zone or visit.branch.zone)
    span = {"opens": clock_words(promise.opens_at, where), "closes": clock_words(promise.closes_at, where)}
    return Doubt(step, _("The promise is {opens}–{closes}. Really at the door?").format(**span), yes)


def _left_open(visit: Visit) -> Doubt | None:
    """What was agreed and not marked as done is not charged, so that it is asked about while it can still be marked."""
    left = [each.words for each in charges_of(visit).not_done]
    if not left:
        return None
    says = _("Not marked as done, so not charged: {work}.").format(work=", ".join(left))
    return Doubt("observe_working", says, _("It works; that stays open"))
