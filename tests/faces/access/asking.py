"""One question to one route, with whatever it does taken back."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from tests.faces.access.table import Row
from tests.faces.access.world import World

from goodword.kit.ids import uuid7


def address(world: World, row: Row, scope: str) -> str:
    kwargs = {row.key: world.id(row.kind, scope)} if row.key and row.kind else {}
    kwargs |= {"number": 0} if row.route == "new_chunk" else {}
    return reverse(f"api:{row.route}", kwargs=kwargs)


def ask(world: World, row: Row, who: str, scope: str) -> tuple[int, bytes]:
    """Status and body of the answer; nothing of it stays."""
    api, path = world.callers[who], address(world, row, scope)
    query = row.query(world, scope) if row.query else {}
    with transaction.atomic():
        if row.method == "GET":
            response = api.client.get(path, query, headers=api.headers)
        elif row.method == "DELETE":
            response = api.client.delete(path, query_params={"command": str(uuid7())} | query, headers=api.headers)
        elif row.more.get("raw"):
            data = world.bytes_of.get(scope, b"x")
            response = api.client.put(path, data, content_type="application/octet-stream", headers=api.headers)
        else:
            body: dict[str, Any] = {} if row.route == "commands" else {"command": str(uuid7())}
            body |= row.body(world, scope) if row.body else {}
            send = getattr(api.client, row.method.lower())
            response = send(path, body, content_type="application/json", headers=api.headers)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return response.status_code, content


__all__ = ["address", "ask"]
