"""What a visit costs whoever is there: only what was agreed and done, less what was paid at an earlier visit."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from goodword.visits.models import Change, Limit, OrderLine, Payment, Visit


@dataclass(frozen=True)
class Charge:
    """One thing, and its price in minor units; 0: it costs nothing on top."""

    words: str
    minor: int


@dataclass(frozen=True)
class Charges:
    """``charged``: what costs. ``not_done``: agreed and not marked as done; it is not charged."""

    charged: tuple[Charge, ...]
    not_done: tuple[Charge, ...]
    paid_before_minor: int

    @property
    def sum_minor(self) -> int:
        return sum(each.minor for each in self.charged)

    @property
    def due_minor(self) -> int:
        """What is still to be paid at this visit."""
        return max(self.sum_minor - self.paid_before_minor, 0)


def charges_of(visit: Visit) -> Charges:
    """The work of the order at its price, and what was agreed on top on any of its visits, as far as it is done."""
    order = visit.order
    lines = list(OrderLine.objects.filter(order=order, kind="work").select_related("change"))
    prices = {line.id: line.change.price_minor for line in lines if hasattr(line, "change")}
    done = [Charge(line.words, prices[line.id]) for line in lines if line.done_at and prices.get(line.id)]
    work = [Charge(order.work_type.name, order.work_type.price_minor)] if order.work_type.price_minor else []
    others = Payment.objects.filter(visit__order=order).exclude(visit=visit)
    return Charges(
        charged=(*work, *done),
        not_done=tuple(Charge(line.words, prices.get(line.id, 0)) for line in lines if line.done_at is None),
        paid_before_minor=others.aggregate(sum=Sum("amount_minor"))["sum"] or 0,
    )


def due_minor(visit: Visit) -> int:
    """What is to be paid at the visit, in minor units."""
    return charges_of(visit).due_minor


def left_of_limit(order_id: UUID) -> int | None:
    """What is left of what whoever pays agreed to beforehand, in minor units; None: nothing was agreed (E-16)."""
    limit = Limit.objects.filter(order=order_id).first()
    if limit is None:
        return None
    used = Change.objects.filter(visit__order=order_id, how=Change.How.LIMIT).aggregate(sum=Sum("price_minor"))["sum"]
    return max(limit.amount_minor - (used or 0), 0)
