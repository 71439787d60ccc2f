"""The addresses below ``/api/v1/``. HEAD is answered like GET; another method hears which ones there are."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern

from goodword.faces.api.api import api
from goodword.faces.api.errors import MethodUnknown
from goodword.faces.api.problems import problem

View = Callable[..., HttpResponseBase]


def without_body(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        response.content = b""
    elif isinstance(response, StreamingHttpResponse):
        response.streaming_content = []
    return response


def plain(view: View) -> View:
    """A view whose bare answers are problems too."""

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            allowed = response["Allow"]
            response = problem(request, MethodUnknown(allowed=allowed))
            response["Allow"] = allowed
        return without_body(response) if head else response

    inner.csrf_exempt = True  # type: ignore[attr-defined]
    return inner


patterns = api.urls[0]
app_name = "api"
for pattern in patterns:
    if isinstance(pattern, URLPattern):
        pattern.callback = plain(pattern.callback)
urlpatterns = patterns
