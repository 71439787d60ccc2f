"""The API itself: every noun, one parser, one handler of problems, an OpenAPI document that says all of it."""

from importlib import import_module
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.docs import Swagger
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from goodword.faces.api.auth import SIGNED_IN
from goodword.faces.api.problems import Problem, handle_problems
from goodword.faces.api.reading import StrictParser

NOUNS = (
    "me", "branches", "people", "time", "customers", "contacts", "sites", "assets", "catalogue", "advice", "requests",
    "offers", "visits", "stages", "scripts", "planning", "repairs", "day_plans", "learned", "weights", "handovers",
    "promises", "steps", "held", "events", "files", "attached", "written", "links", "roads",
)  # fmt: skip
ABOUT = """Field service that keeps its word. Every change carries a `command`, the client's own UUID for it: sent
twice, it happens once. Problems are `application/problem+json` (RFC 9457). See `docs/api.md`."""


class Api(NinjaAPI):
    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**more)
        schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = Api(
    title="Goodword",
    version="1",
    description=ABOUT,
    auth=SIGNED_IN,
    parser=StrictParser(),
    docs=Swagger(),
    urls_namespace="api",
)
handle_problems(api)
for noun in NOUNS:
    api.add_router("", import_module(f"goodword.faces.api.nouns.{noun}").router)
api.add_router("", import_module("goodword.faces.api.commands.batch").router)
