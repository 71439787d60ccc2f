"""Short ways to put a message into the outbox and to look at it."""

from typing import Any

from tests.cast import Cast, door

from goodword.kit.models import Event
from goodword.messaging.actions import queue
from goodword.messaging.models import Message


def a_message(cast: Cast, local: str = "marion", **said: Any) -> Message:
    """About the branch itself, which is as good a fact as any."""
    words: dict[str, Any] = {
        "purpose": "confirmation",
        "to_kind": "email",
        "to_address": f"{local}@hale.example",
        "to_name": "Marion Hale",
        "subject": "Sam comes on Monday, between 9 and 11",
        "body": "Dear Mrs Hale,\n\nSam comes on Monday.\n.\nWend & Daughters\n",
        "about": cast.aldermere,
        "scope": cast.aldermere.id,
    }
    return queue(**{**words, **said}, **door())


def now(message: Message) -> Message:
    message.refresh_from_db()
    return message


def story(message: Message) -> list[str]:
    """What the journal says about a message."""
    return [
        name.removeprefix("message.")
        for name in Event.objects.filter(about_id=message.id).order_by("id").values_list("name", flat=True)
    ]
