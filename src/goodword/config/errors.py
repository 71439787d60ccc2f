"""Refusals and failures as pages or as RFC 9457 JSON, in one place."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from goodword.config.bodies import OVER
from goodword.faces.api.errors import TooLarge
from goodword.kit.refusals import Refusal
from goodword.parts.answers import answer, wants_json
from goodword.parts.problems import problem_page


class RefusalsAsAnswers:
    """A refusal that no view has caught becomes a page; it is never logged as an error."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        over = getattr(request, "scope", {}).get(OVER)
        return self.get_response(request) if over is None else answer(request, TooLarge(limit=over))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer(request, exception) if isinstance(exception, Refusal) else None


def failed(request: HttpRequest, status: int, says: str = "") -> HttpResponse:
    """An error that is no refusal: unreadable, unknown address, a bug."""
    if wants_json(request):
        body = {"type": "about:blank", "title": str(status), "status": status, "detail": says, "code": f"http-{status}"}
        return JsonResponse(body | {"facts": {}}, status=status, content_type="application/problem+json")
    return problem_page(request, status, says=says)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return failed(request, 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return failed(request, 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return failed(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return failed(request, 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return failed(
        request,
        403,
        _("This form was open for too long, or in another sign-in. Go back, load the page again, send it once more."),
    )
