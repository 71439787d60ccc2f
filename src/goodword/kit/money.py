"""Money is an integer of minor units with a currency. No floats, no guessing."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodword.kit.refusals import BadInput

# ISO 4217 exponents that are not 2.
_EXPONENTS = {
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "CLP": 0,
    "ISK": 0,
    "UGX": 0,
    "XAF": 0,
    "XOF": 0,
    "XPF": 0,
    "KWD": 3,
    "BHD": 3,
    "OMR": 3,
    "JOD": 3,
    "TND": 3,
    "IQD": 3,
    "LYD": 3,
}
DIGITS = 12  # ours: whole digits of the largest amount that anybody may type


@dataclass(frozen=True)
class Money:
    """An amount in minor units of ``currency`` (ISO 4217)."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise BadInput(
                "currency", _("%(a)s and %(b)s cannot be added.") % {"a": self.currency, "b": other.currency}
            )

    def share(self, rate: Decimal) -> "Money":
        """This amount times ``rate`` (a tax, say), rounded half up to a whole minor unit."""
        return Money(int((Decimal(self.minor) * rate).quantize(Decimal(1), ROUND_HALF_UP)), self.currency)

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.minor).scaleb(-exponent(self.currency))


def money_words(money: Money, locale: str = "") -> str:
    """£96.00, 96,00 €: as it is written where the reader lives."""
    try:
        where = Locale.parse(locale or get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        where = Locale("en")
    return format_currency(money.decimal, money.currency, locale=where)


def exponent(currency: str) -> int:
    return _EXPONENTS.get(currency, 2)


def parse_money(value: str, currency: str, field: str = "amount") -> Money:
    """Read a plain decimal like ``96.00``. Refuses what is no number, too fine for the currency, or too large."""
    text = str(value).strip()
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise BadInput(field, _("Write the amount as a plain number, like 96.00."))
    whole, _point, fine = text.lstrip("-").partition(".")
    if len(whole.lstrip("0")) > DIGITS:
        raise BadInput(field, _("This amount is too large to be true. Check it."))
    if len(fine.rstrip("0")) > exponent(currency):
        raise BadInput(
            field,
            _("%(currency)s has %(n)d decimals; this amount has more.")
            % {"currency": currency, "n": exponent(currency)},
        )
    places = exponent(currency)
    minor = int(whole.lstrip("0") + fine[:places].ljust(places, "0") or "0")
    return Money(-minor if text.startswith("-") else minor, currency)
