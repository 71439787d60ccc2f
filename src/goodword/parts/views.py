"""The style pages, and what Django calls when something went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goodword.parts.bracket import view
from goodword.parts.bracket.samples import samples
from goodword.parts.problems import problem_page


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Bracket and whisker: every state at every size, and in words."""
    rows = [{"sample": sample, "view": view(sample.bracket)} for sample in samples()]
    return render(request, "parts/gallery.html", {"rows": rows})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: whatever broke may break again."""
    return render(None, "500.html", status=500)  # type: ignore[arg-type]
