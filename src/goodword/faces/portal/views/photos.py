"""Photos of the visit that somebody of us has put on the customer's page: the stripped picture, never the original."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from goodword.faces.portal.views.opening import Opened, behind_link
from goodword.kit.attachments import attached_to
from goodword.kit.models import Attachment
from goodword.kit.refusals import NotFound
from goodword.parts.attached import sent_file

SIZES = {"view", "small"}


def photos_of(opened: Opened) -> QuerySet[Attachment]:
    """What this customer may see: marked for them, and not withdrawn."""
    return attached_to("visit", [opened.visit.id]).filter(for_customer=True).select_related("view", "thumb")


def portrait_of(opened: Opened) -> Attachment | None:
    """The picture of who comes, as long as they are to come: the newest that may be shown."""
    visit = opened.visit
    if visit.technician_id is None or visit.is_over:
        return None
    return attached_to("person", [visit.technician_id]).filter(for_customer=True).select_related("view", "thumb").last()


def _portrait(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    row = portrait_of(opened)
    if row is None:
        raise NotFound
    return sent_file(row, "small")


def _photo(request: HttpRequest, opened: Opened, attachment_id: UUID, size: str) -> HttpResponseBase:
    row = photos_of(opened).filter(id=attachment_id).first() if size in SIZES else None
    if row is None:
        raise NotFound
    return sent_file(row, size)


portrait: Any = require_safe(behind_link(_portrait))  # type: ignore[arg-type]
photo: Any = require_safe(behind_link(_photo))  # type: ignore[arg-type]
