"""The one place where a refusal becomes an answer: RFC 9457 JSON for programs, a page for people."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from goodword.kit.refusals import Refusal
from goodword.parts.problems import problem_page


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal in the form that the asker reads."""
    if wants_json(request):
        return JsonResponse(refusal.problem(), status=refusal.status, content_type="application/problem+json")
    return problem_page(request, refusal.status, says=refusal.detail, code=refusal.code)


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
