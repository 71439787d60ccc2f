"""The style pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goodword.parts.bracket import view
from goodword.parts.bracket.samples import samples


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Bracket and whisker: every state at every size, and in words."""
    rows = [{"sample": sample, "view": view(sample.bracket)} for sample in samples()]
    return render(request, "parts/gallery.html", {"rows": rows})
