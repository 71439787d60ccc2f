"""Reading what clients send: UTF-8 JSON of one meaning, nothing that cannot be kept, or a refusal that says why."""

import json
import math
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja.parser import Parser

from goodword.faces.api.errors import NotJson, Unreadable

DEEPEST = 30  # ours: a batch of commands with their facts nests about ten levels


class StrictParser(Parser):
    """Refusals pass through ninja as the cause of its own error."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise NotJson
        return read_json(request.body)

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        found: dict[str, Any] = super().parse_querydict(data, list_fields, request)
        refuse_unkeepable(found)
        return found


def read_json(body: bytes) -> Any:
    """The value in a JSON text (RFC 8259). Refuses NaN, doubled keys, NUL, half characters and endless nesting."""
    try:
        value = json.loads(body.decode(), object_pairs_hook=_once_each, parse_constant=_no_number)
    except RecursionError as error:
        raise Unreadable(why=_("it is nested too deeply to be true.")) from error
    except ValueError as error:
        raise Unreadable(why=_("it is no JSON in UTF-8.")) from error
    refuse_unkeepable(value)
    return value


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable(why=_("a key stands in it twice."))
    return found


def _no_number(text: str) -> Any:
    raise Unreadable(why=_("%(text)s is no number.") % {"text": text})


def refuse_unkeepable(value: Any) -> None:
    """What no text column keeps: NUL and half characters; and numbers too large to be any."""
    level, depth = [value], 0
    while level:
        if depth > DEEPEST:
            raise Unreadable(why=_("it is nested too deeply to be true."))
        for item in level:
            if isinstance(item, str) and ("\x00" in item or any(0xD800 <= ord(c) <= 0xDFFF for c in item)):
                raise Unreadable(why=_("a text in it holds a character that cannot be kept."))
            if isinstance(item, float) and not math.isfinite(item):
                raise Unreadable(why=_("a number in it is too large."))
        level = [inner for item in level for inner in _inside(item)]
        depth += 1


def _inside(item: Any) -> list[Any]:
    if isinstance(item, dict):
        return [*item.keys(), *item.values()]
    return item if isinstance(item, list) else []
