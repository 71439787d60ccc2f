"""Phone numbers, however they are written."""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from goodword.kit.refusals import BadInput
from goodword.kit.text import clean

LINES = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "either",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "premium",
}
SHORT = 6  # ours: fewer national digits are a short code, where no numbering plan says otherwise
# What stands between two numbers in one cell. A German "030/1234567" is one number: both sides must be whole ones.
_BETWEEN = re.compile(r"\s*(?:[,;/|&\n]|\bor\b|\band\b|\bund\b|\boder\b)\s*(?!ext=)", re.IGNORECASE)


@dataclass(frozen=True)
class Phone:
    """``value`` is E.164, with ``;ext=12`` for an extension; ``national`` is what follows the country code."""

    value: str
    line: str
    region: str
    national: str


def read_phone(typed: str, region: str, field: str = "phone") -> Phone:
    """The one number in ``typed``; without a country code it is one of ``region``.

    Parameters
    ----------
    typed
        In any writing: spaces, brackets, 00 or +, letters, digits of other scripts, an extension.
    region
        Two capitals (ISO 3166-1), the company's own.

    Raises
    ------
    BadInput
        It is no phone number, a short code, or two numbers at once.
    """
    text = _plain_digits(clean(typed, field, limit=320))
    number = _parsed(text, region)
    if _holds_two(text, region, number):
        raise BadInput(field, _("These look like two numbers. Enter each of them by itself."))
    if number is None:
        raise BadInput(field, _("This is no phone number. Write it like 01632 960100 or +44 1632 960100."))
    if _is_short(number):
        raise BadInput(field, _("This is a short code: nobody can be called back on it. Ask for the whole number."))
    if not phonenumbers.is_possible_number(number):
        raise BadInput(field, _("This number is too long or too short. Compare it with what was said."))
    value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if number.extension:
        value += f";ext={number.extension}"
    return Phone(
        value,
        LINES.get(phonenumbers.number_type(number), "unknown"),
        phonenumbers.region_code_for_number(number) or "",
        phonenumbers.national_significant_number(number),
    )


def can_be_dialled(phone: Phone) -> bool:
    """Whether the numbering plan of its country knows such a number; else it was most likely misheard.

    Parameters
    ----------
    phone
        As :func:`read_phone` gives it.

    Returns
    -------
    bool
        False for a number of the right length that begins like none that is in use.
    """
    return phonenumbers.is_valid_number(phonenumbers.parse(phone.value.split(";")[0]))


def _plain_digits(text: str) -> str:
    """Digits of every script as 0 to 9; format characters (bidi marks) are gone."""
    kept = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in kept)


def _parsed(text: str, region: str) -> PhoneNumber | None:
    tries = [text, "+" + text[2:]] if text.startswith("00") else [text]
    for candidate in tries:
        try:
            number = phonenumbers.parse(candidate, region)
        except NumberParseException:
            continue
        if phonenumbers.is_possible_number(number) or candidate is tries[-1]:
            return number
    return None


def _holds_two(text: str, region: str, number: PhoneNumber | None) -> bool:
    if sum(_is_whole(_parsed(p, region)) for p in _BETWEEN.split(text) if p) > 1:
        return True
    if _is_whole(number):
        return False
    words = text.split()
    halves = ((words[:n], words[n:]) for n in range(1, len(words)))
    return any(all(_is_whole(_parsed(" ".join(half), region)) for half in pair) for pair in halves)


def _is_short(number: PhoneNumber) -> bool:
    if phonenumbers.is_valid_number(number):
        return False
    return len(str(number.national_number)) < SHORT or phonenumbers.is_valid_short_number(number)


def _is_whole(number: PhoneNumber | None) -> bool:
    if number is None or len(str(number.national_number)) < SHORT:
        return False
    return phonenumbers.is_possible_number(number)
