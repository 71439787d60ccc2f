"""Bare answers of the framework ("405, no body") become pages for people who asked for a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from goodword.parts.problems import PROBLEMS, problem_page


class ProblemPages:
    """Put it last, so that it sees what the views answer; JSON and streams pass untouched."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or response.status_code not in PROBLEMS or response.content:
            return response
        if "text/html" not in request.headers.get("Accept", ""):
            return response
        page = problem_page(request, response.status_code)
        if allow := response.headers.get("Allow"):
            page.headers["Allow"] = allow
        return page
