"""Refusals and failures as pages or as RFC 9457 JSON, in one place."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodword.kit.refusals import Refusal


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The one place where a refusal becomes an answer."""
    if request.path.startswith("/api/"):
        return JsonResponse(refusal.problem(), status=refusal.status, content_type="application/problem+json")
    return _page(request, refusal.status, refusal.detail)


def _page(request: HttpRequest, status: int, says: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        body = {
            "type": "about:blank",
            "title": str(status),
            "status": status,
            "detail": says,
            "code": f"http-{status}",
            "facts": {},
        }
        return JsonResponse(body, status=status, content_type="application/problem+json")
    return render(request, f"parts/errors/{status}.html", {"says": says}, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, 400, _("This request cannot be read."))


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, 403, _("You may not do this."))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, 404, _("There is nothing here, or it is not yours to see."))


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, 500, _("Something broke on our side. Nothing you typed was changed by it; try again."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("This form was open for too long or in another sign-in. Go back, load the page again and send it once more."),
    )
