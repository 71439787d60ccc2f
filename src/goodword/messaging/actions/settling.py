"""A person or a rule decides about a message of which nobody knows whether it was sent."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.clock import machine_now
from goodword.kit.events import record
from goodword.kit.refusals import BadInput, NotFound
from goodword.messaging.actions.leases import close_steps
from goodword.messaging.actions.queueing import give_up
from goodword.messaging.errors import NothingToSettle
from goodword.messaging.models import Message


class How(StrEnum):
    RESEND = "resend"
    SENT = "sent"
    DROP = "drop"


@action("message.settle")
def settle(message_id: UUID, how: str, *, by: Actor, at: datetime, command: UUID) -> Message:
    """Send it again, consider it sent, or drop it and call. A failed one may be sent again too."""
    if how not in set(How):
        raise BadInput("how", _("Choose: send it again, consider it sent, or drop it."))
    message: Message | None = Message.objects.locked(message_id)
    if message is None:
        raise NotFound
    if message.status != Message.Status.UNKNOWN and not (message.status == Message.Status.FAILED and how == How.RESEND):
        raise NothingToSettle
    message.settled_at, message.settled_by = at, by.id
    _apply(message, How(how), by, at, command)
    close_steps(message, by=by, at=at, command=command)
    return message


def _apply(message: Message, how: How, by: Actor, at: datetime, command: UUID) -> None:
    facts = {"settled": how.value, "purpose": message.purpose, "about": str(message.about_id)}
    if how is How.RESEND:
        message.again(next_try_at=machine_now())
        message.save(update_fields=["status", "lease_until", "next_try_at", "token", "settled_at", "settled_by"])
        record("message.queued", about=message, by=by, at=at, command=command, scope=message.scope, facts=facts)
    elif how is How.SENT:
        message.status, message.accepted_at = Message.Status.ACCEPTED, at
        message.save(update_fields=["status", "accepted_at", "settled_at", "settled_by"])
        record("message.accepted", about=message, by=by, at=at, command=command, scope=message.scope, facts=facts)
    else:
        message.status, message.failed_at = Message.Status.FAILED, at
        message.save(update_fields=["status", "failed_at", "settled_at", "settled_by"])
        give_up(message, "dropped", by=by, at=at, command=command)
