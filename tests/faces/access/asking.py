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
    return reverse(row.route if ":" in row.route else f"api:{row.route}", kwargs=kwargs | row.more.get("kwargs", {}))


def ask(world: World, row: Row, who: str, scope: str) -> tuple[int, bytes]:
    """Status and body of the answer; nothing of it stays. Sent to sign in counts as 401."""
    client, headers = world.callers[who].client, world.callers[who].headers
    path, query = address(world, row, scope), row.query(world, scope) if row.query else {}
    with transaction.atomic():
        if row.method == "GET":
            response = client.get(path, query, headers=headers)
        elif row.method == "DELETE":
            response = client.delete(path, query_params={"command": str(uuid7())} | query, headers=headers)
        elif row.more.get("raw"):
            data = world.bytes_of.get(scope, b"x")
            response = client.put(path, data, content_type="application/octet-stream", headers=headers)
        elif ":" in row.route:
            response = client.post(path, query_params=query, headers=headers)
        else:
            body: dict[str, Any] = {} if row.route == "commands" else {"command": str(uuid7())}
            body |= row.body(world, scope) if row.body else {}
            response = getattr(client, row.method.lower())(path, body, "application/json", headers=headers)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    away = response.get("Location", "").startswith(reverse("account_login"))
    return 401 if away else response.status_code, content


__all__ = ["address", "ask"]
