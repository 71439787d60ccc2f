"""Sign mode: the phone is turned to the customer, with only what they answer and sign."""

import base64
import binascii
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.crew.queries import company
from goodword.faces.technician.views.steps import mine
from goodword.kit.refusals import BadInput, Refusal
from goodword.parts.bill import bill_words
from goodword.parts.doorway import back, door, signed_in
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.visits.queries import charges_of, name_at_the_door, to_show

PICTURE = "data:image/png;base64,"
PNG = b"\x89PNG\r\n\x1a\n"
LARGEST = 1_000_000  # ours: bytes of a signature


@require_http_methods(["GET", "POST"])
@signed_in
def turned(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """What was done, "is everything as you hoped?", and the name with a finger. Then back to the technician."""
    row = mine(request, visit_id)
    if request.method == "GET":
        return render(request, "technician/turned.html", _context(row))
    there = reverse("technician:turned", args=[visit_id])
    try:
        if request.POST.get("answer") not in {"yes", "no"}:
            raise BadInput("answer", _("Say whether everything is as you hoped."))
        happy, words = request.POST["answer"] == "yes", request.POST.get("words", "")
        visits.sign_off(row.id, happy, words, _signature(request), **door(request))
    except Refusal as refusal:
        return back(request, there, refusal=refusal)
    return back(request, reverse("technician:visit", args=[visit_id]), _("Thank you. Please hand the phone back."))


def _context(row: Visit) -> dict[str, Any]:
    charges = charges_of(row)
    return {
        "visit": row,
        "technician": (row.technician.name if row.technician else "").split(" ")[0],
        "called": name_at_the_door(row),
        "items": to_show(row),
        **bill_words(charges, company().currency, they_pay=row.order.customer.payer_id is None),
    }


def _signature(request: HttpRequest) -> bytes:
    """The picture of the name; nothing when nobody wrote one."""
    sent = request.POST.get("signature", "")
    if not sent:
        return b""
    try:
        picture = base64.b64decode(sent.removeprefix(PICTURE), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput("signature", _("The signature did not come through whole. Please sign again.")) from error
    if not picture.startswith(PNG) or len(picture) > LARGEST:
        raise BadInput("signature", _("The signature did not come through whole. Please sign again."))
    return picture
