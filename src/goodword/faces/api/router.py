"""One way to declare an operation: with sign-in, a short operation id and every problem it may answer."""

from http.client import responses
from typing import Any

from ninja import Router
from ninja.constants import NOT_SET

from goodword.faces.api.auth import SIGNED_IN

READING = (401, 403, 404, 422)
WRITING = (401, 403, 404, 409, 413, 415, 422, 503)
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def problems(statuses: tuple[int, ...]) -> dict[str, Any]:
    """The OpenAPI part that says so."""
    return {"responses": {s: {"description": responses[s], "content": _PROBLEM} for s in statuses}}


class Noun(Router):
    """The operations of one noun."""

    def __init__(self, noun: str) -> None:
        super().__init__(tags=[noun])

    def add_api_operation(self, path: str, methods: list[str], view_func: Any, **more: Any) -> None:
        if more.get("auth", NOT_SET) is NOT_SET:
            more["auth"] = SIGNED_IN
        said = problems(READING if methods == ["GET"] else WRITING)
        extra = more.get("openapi_extra") or {}
        more["openapi_extra"] = extra | {"responses": said["responses"] | extra.get("responses", {})}
        more["summary"] = view_func.__name__.replace("_", " ").capitalize()
        more["operation_id"] = more.get("operation_id") or view_func.__name__
        more["url_name"] = more.get("url_name") or view_func.__name__
        super().add_api_operation(path, methods, view_func, **more)
