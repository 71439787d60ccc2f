"""What a form of the customer's page carries: a proof that somebody looked at this very page before sending it.

It is new for every view, belongs to one link and works once: it is the command's id, sealed. A mail scanner that posts
to an address without having read the page changes nothing, and a form sent twice happens once. It stands in for the
CSRF token, which would need a cookie.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from goodword.faces.portal.views.opening import Opened
from goodword.kit.clock import company_now
from goodword.kit.ids import uuid7
from goodword.kit.refusals import Refusal

FIELD = "view"
LIVES = timedelta(hours=24)  # ours: a page that was left open overnight still works


class NotLookedAt(Refusal):
    code = "page-too-old"
    says = _("This page was open for a long time, so nothing was changed. Here it is as it stands now.")


def _signer(opened: Opened) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"goodword.portal.view:{opened.link.id}")


def proof_of(opened: Opened) -> str:
    return _signer(opened).sign(str(uuid7()))


def door(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    """``by``, ``at`` and ``command`` of what the customer asks for; refuses a form that no view has given out."""
    try:
        command = UUID(_signer(opened).unsign(request.POST.get(FIELD, ""), max_age=LIVES))
    except (signing.BadSignature, ValueError) as error:
        raise NotLookedAt from error
    return {"by": opened.actor, "at": company_now(), "command": command}
