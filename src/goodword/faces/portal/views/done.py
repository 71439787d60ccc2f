"""After the work: what was done, what stood in the way, what it cost, what was paid, what is still to come."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodword.crew.queries import company
from goodword.kit.money import Money, money_words
from goodword.next_steps.queries import steps_about
from goodword.parts.bill import bill_words
from goodword.visits.models import Payment, Visit
from goodword.visits.queries import charges_of, to_show

THEY_HEAR = ("follow_up", "new_time")  # what we owe them, not each other
PAID_HOW = {
    Payment.Kind.CARD: lazy("by card"),
    Payment.Kind.CASH: lazy("in cash"),
    Payment.Kind.TRANSFER: lazy("by bank transfer"),
    Payment.Kind.CHEQUE: lazy("by cheque"),
}


def done_of(visit: Visit) -> dict[str, Any]:
    """For the customer's page; money only where they pay themselves. Nothing was done where nobody could work."""
    if visit.work_started_at is None:
        return {"owed_by": _owed_by(visit)}
    pays = visit.order.customer.payer_id is None
    return {
        "done": to_show(visit),
        "in_the_way": list(visit.obstacles.exclude(told_at=None).exclude(words="").values_list("words", flat=True)),
        **bill_words(charges_of(visit), company().currency, they_pay=pays),
        "paid": _paid(visit) if pays else "",
        "owed_by": _owed_by(visit),
    }


def _paid(visit: Visit) -> str:
    """That it was paid, and how; or that it was not. Empty: nobody has said anything of it."""
    row = Payment.objects.filter(visit=visit).first()
    if row is None:
        return ""
    if row.kind == Payment.Kind.NONE:
        return _("Not paid yet.")
    facts = {"sum": money_words(Money(row.amount_minor, row.currency)), "how": PAID_HOW[Payment.Kind(row.kind)]}
    return _("%(sum)s paid %(how)s. Thank you.") % facts


def _owed_by(visit: Visit) -> Any:
    """By when we have said to ourselves that somebody does what is left; None: nothing is left."""
    rows = steps_about([visit.id]).waiting().filter(kind__in=THEY_HEAR).order_by("due_at")
    return rows.values_list("due_at", flat=True).first()
