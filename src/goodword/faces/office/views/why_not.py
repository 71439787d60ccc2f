"""A time that somebody asks for: why it is not offered, below the windows that are."""

from datetime import datetime
from typing import Any

from goodword.dispatch.queries.why_not import Answer, why_not
from goodword.faces.office.forms.fields import instant
from goodword.faces.office.forms.requests import WhyNotForm
from goodword.kit.calendar import zone
from goodword.kit.refusals import Refusal
from goodword.parts.doorway import SignedIn
from goodword.visits.models import Request, Visit


def asked_time(request: SignedIn, row: Request | None, moving: Visit | None, now: datetime) -> dict[str, Any]:
    """``why_form`` and, once a time was asked for, ``why``: the answer. Nothing is changed by asking."""
    branch = (moving or row).branch  # type: ignore[union-attr]
    asked = request.GET if "at" in request.GET else None
    form = WhyNotForm(asked, initial={"day": now.astimezone(zone(branch.zone)).date()})
    return {"why_form": form, "why": _answer(form, row, moving, branch.zone, now) if asked is not None else None}


def _answer(form: WhyNotForm, row: Request | None, moving: Visit | None, where: str, now: datetime) -> Answer | None:
    if not form.is_valid():
        return None
    try:
        wanted = instant(form.cleaned_data["day"], form.cleaned_data["at"], where, "at")
        return why_not(row, moving, wanted, now)
    except Refusal as refusal:
        form.add_error("at", refusal.detail)
        return None
