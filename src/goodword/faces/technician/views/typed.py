"""What was typed into a form of the phone: amounts and whole numbers."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodword.crew.queries import company
from goodword.kit.money import parse_money
from goodword.kit.refusals import BadInput


def minor(request: HttpRequest) -> int:
    """An amount as typed, like 96 or 96,50, in the smallest unit; 0 when left empty."""
    text = request.POST.get("amount", "").strip().replace(",", ".")
    return parse_money(text, company().currency).minor if text else 0


def whole(request: HttpRequest, field: str) -> int:
    """A whole number from a form; 0 when left empty."""
    text = request.POST.get(field, "").strip()
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise BadInput(field, _("Write a whole number."))
    return int(text)
