"""Short ways to send commands and to do things at once."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from goodword.kit.actors import Actor
from goodword.kit.commands import receive, receive_batch
from goodword.kit.ids import uuid7
from goodword.kit.models import Event

SAM = Actor("person", UUID(int=1), "Sam")
ADE = Actor("person", UUID(int=2), "Ade")
OFFICE = Actor("person", UUID(int=3), "Hanna")
AT = datetime(2026, 11, 2, 9, 40, tzinfo=UTC)


def command(kind: str = "test.note", **said: Any) -> dict[str, Any]:
    """A command as a phone writes it; every part can be said otherwise, or left out with ``...``."""
    body = {"command": str(uuid7()), "kind": kind, "at": "2026-11-02T09:40:00Z", "facts": {}}
    return {k: v for k, v in {**body, **said}.items() if v is not ...}


def send(raw: Any, by: Actor = SAM, **said: Any) -> dict[str, Any]:
    return receive(raw, by=by, **said)


def send_all(raw: list[Any], by: Actor = SAM, online: bool = False) -> list[dict[str, Any]]:
    return receive_batch(raw, by=by, online=online)


def noted(**filters: Any) -> int:
    return Event.objects.filter(name="test.noted", **filters).count()


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Do ``work(n)`` in so many threads, all let go together; what they answered or raised, in order of ``n``."""
    from django.db import connection

    gate, found = threading.Barrier(count), [None] * count

    def run(n: int) -> None:
        try:
            gate.wait(10)
            found[n] = work(n)
        except Exception as error:  # noqa: BLE001 - it is the answer
            found[n] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found
