"""How a claim ends. Each finish carries the claim's token; an old token is refused in the UPDATE itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.clock import machine_now
from goodword.kit.events import record
from goodword.kit.refusals import NotFound
from goodword.messaging.actions.leases import become_unknown, close_steps
from goodword.messaging.actions.queueing import give_up
from goodword.messaging.errors import LeaseLost
from goodword.messaging.models import Message
from goodword.messaging.rules import wait_before


@action("message.accept")
def accepted(
    message_id: UUID, token: int, provider: str, provider_id: str, *, by: Actor, at: datetime, command: UUID
) -> Message:
    """The other side took it."""
    status = Message.Status.ACCEPTED
    message = _finish(
        message_id, token, status=status, provider=provider, provider_id=provider_id[:200], accepted_at=at, code=""
    )
    facts = {"token": token, "attempt": message.attempts, "purpose": message.purpose, "about": str(message.about_id)}
    record("message.accepted", about=message, by=by, at=at, command=command, scope=message.scope, facts=facts)
    return message


@action("message.fail")
def failed(
    message_id: UUID, token: int, code: str, permanent: bool, *, by: Actor, at: datetime, command: UUID
) -> Message:
    """It certainly was not taken: wait and try again, or give up and have somebody call."""
    attempts = Message.objects.filter(id=message_id).values_list("attempts", flat=True).first()
    wait = None if permanent or attempts is None else wait_before(attempts)
    if wait is not None:
        message = _finish(message_id, token, status=Message.Status.QUEUED, next_try_at=machine_now() + wait, code=code)
        facts = {"purpose": message.purpose, "code": code, "attempt": message.attempts, "wait_s": wait.total_seconds()}
        record("message.queued", about=message, by=by, at=at, command=command, scope=message.scope, facts=facts)
        return message
    message = _finish(message_id, token, status=Message.Status.FAILED, failed_at=at, code=code)
    give_up(message, code, by=by, at=at, command=command)
    return message


@action("message.doubt")
def perhaps_sent(message_id: UUID, token: int, code: str, *, by: Actor, at: datetime, command: UUID) -> Message:
    """All of it went out and no answer came."""
    message = _claimed(message_id, token)
    become_unknown(message, code, command)
    message.refresh_from_db()
    return message


@action("message.deliver")
def delivered(message_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Message:
    """The provider reports that it arrived: that settles whatever we did not know. Safe in any order and number."""
    message: Message | None = Message.objects.locked(message_id)
    if message is None:
        raise NotFound
    if message.delivered_at is None:
        message.status, message.delivered_at, message.lease_until = Message.Status.DELIVERED, at, None
        message.token += 1
        message.save(update_fields=["status", "delivered_at", "lease_until", "token"])
        record("message.delivered", about=message, by=by, at=at, command=command, scope=message.scope)
        close_steps(message, by=by, at=at, command=command)
    return message


def _finish(message_id: UUID, token: int, **changes: Any) -> Message:
    mine = Message.objects.filter(id=message_id, token=token, status=Message.Status.CLAIMED)
    if mine.update(lease_until=None, **changes) != 1:
        raise LeaseLost
    return Message.objects.get(id=message_id)


def _claimed(message_id: UUID, token: int) -> Message:
    message: Message | None = Message.objects.locked(message_id)
    if message is None or message.token != token or message.status != Message.Status.CLAIMED:
        raise LeaseLost
    return message
