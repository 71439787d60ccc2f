"""What a visit costs, in words: the same lines on the phone, on the phone turned round and on the customer's page."""

from typing import Any

from goodword.kit.money import Money, money_words
from goodword.visits.queries import Charges


def bill_words(charges: Charges, currency: str, *, they_pay: bool) -> dict[str, Any]:
    """``priced``: name and price of each thing; ``due_sum``: what is to be paid here, empty when nothing is.

    ``paid_before``: what was paid at earlier visits of the order; ``left_open``: what was agreed and is not done. Where
    somebody else pays (``they_pay`` is False) no price is said.
    """

    def words(minor: int) -> str:
        return money_words(Money(minor, currency))

    return {
        "priced": [(each.words, words(each.minor)) for each in charges.charged] if they_pay else [],
        "paid_before": words(charges.paid_before_minor) if they_pay and charges.paid_before_minor else "",
        "due_sum": words(charges.due_minor) if they_pay and charges.due_minor else "",
        "left_open": [(each.words, words(each.minor) if they_pay and each.minor else "") for each in charges.not_done],
    }
