"""Short ways to put a message into the outbox and to look at it."""

import email
import email.message
from datetime import timedelta
from email.policy import default
from typing import Any

from tests.cast import Cast, door

from goodword.kit.clock import machine_now
from goodword.kit.doors import opened
from goodword.kit.models import Event
from goodword.messaging.actions import claim, mark_unknown, queue
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


def expire(message: Message) -> None:
    """Its lease has ended."""
    with opened("test"):
        Message.objects.filter(id=message.id).update(lease_until=machine_now() - timedelta(seconds=1))


def unknown(cast: Cast) -> Message:
    """A message whose sender died between claim and answer."""
    message = a_message(cast)
    claim()
    expire(message)
    assert mark_unknown() == 1
    return now(message)


def read(letter: dict[str, Any]) -> email.message.EmailMessage:
    return email.message_from_string(letter["data"], policy=default)
