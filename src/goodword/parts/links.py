"""How a browser keeps what a secret link is worth to it (docs/decisions/0004)."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from goodword.kit.links import pass_of
from goodword.kit.models import Link

KEPT_FOR_S = 60 * 24 * 3600  # ours: the browser forgets the pass then; the link itself may end sooner


def kept_pass(request: HttpRequest, link_id: UUID) -> str:
    """The pass that this browser keeps for a link; empty when it keeps none."""
    return request.COOKIES.get(_cookie(link_id), "")


def keep_pass(answer: HttpResponseBase, link: Link) -> None:
    """Let the browser keep the link's pass, for the customer's pages only."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    name = _cookie(link.id)
    answer.set_cookie(name, pass_of(link), KEPT_FOR_S, path="/v/", secure=secure, httponly=True, samesite="Lax")


def _cookie(link_id: UUID) -> str:
    """One for each link, so that several stand side by side."""
    return f"goodword_link_{link_id.hex}"
