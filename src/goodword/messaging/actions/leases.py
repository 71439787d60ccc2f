"""Who is sending what right now. A lease is machine time; the fencing token says whose finish counts."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F

from goodword.kit.actors import SYSTEM, Actor
from goodword.kit.clock import company_now, machine_now
from goodword.kit.doors import machinery
from goodword.kit.events import record
from goodword.messaging.models import Message
from goodword.messaging.rules import LEASE
from goodword.next_steps.actions import done_step, open_step
from goodword.next_steps.queries import steps_about

SETTLE_WITHIN = timedelta(minutes=15)  # ours, as for held commands (design 1)
SETTLE = "settle-message"


@machinery("messaging.lease")
def claim(limit: int = 1, lease: timedelta = LEASE) -> list[Message]:
    """Take the next messages and commit before anything is sent; others skip what is taken."""
    with transaction.atomic():
        now = machine_now()
        waiting = Message.objects.filter(status=Message.Status.QUEUED, next_try_at__lte=now)
        taken = list(waiting.order_by("next_try_at", "id").select_for_update(skip_locked=True)[:limit])
        if not taken:
            return []
        at = company_now()
        for message in taken:
            message.status, message.lease_until, message.claimed_at = Message.Status.CLAIMED, now + lease, at
            message.token, message.attempts = message.token + 1, message.attempts + 1
            message.save(update_fields=["status", "lease_until", "claimed_at", "token", "attempts"])
            _say_claimed(message, at)
        return taken


def _say_claimed(message: Message, at: datetime) -> None:
    facts = {"token": message.token, "attempt": message.attempts}
    command = own_command(message, "claim")
    record("message.claimed", about=message, by=SYSTEM, at=at, command=command, scope=message.scope, facts=facts)


def own_command(message: Message, what: str) -> UUID:
    """The command id of what the machine does to one claim of a message: the same however often it is tried."""
    return uuid5(message.id, f"{what}:{message.token}")


@machinery("messaging.lease")
def mark_unknown(limit: int = 100) -> int:
    """Messages whose sender is gone may have been sent: nobody sends them again by itself. How many there were."""
    with transaction.atomic():
        gone = Message.objects.filter(status=Message.Status.CLAIMED, lease_until__lt=machine_now())
        found = list(gone.order_by("lease_until").select_for_update(skip_locked=True)[:limit])
        for message in found:
            become_unknown(message, "lease-ended", own_command(message, "lease-ended"))
        return len(found)


def become_unknown(message: Message, code: str, command: UUID) -> None:
    """Inside a transaction that holds the row: unknown, with a person who owes the decision."""
    at = company_now()
    changes = {"status": Message.Status.UNKNOWN, "lease_until": None, "unknown_at": at, "code": code}
    Message.objects.filter(id=message.id).update(token=F("token") + 1, **changes)
    facts = {"code": code, "purpose": message.purpose, "about": str(message.about_id)}
    record("message.unknown", about=message, by=SYSTEM, at=at, command=command, scope=message.scope, facts=facts)
    due = at + SETTLE_WITHIN
    open_step(
        SETTLE, None, "office", message.scope, due, "message", message.id, code, by=SYSTEM, at=at, command=command
    )


def close_steps(message: Message, *, by: Actor, at: datetime, command: UUID) -> None:
    """Nobody needs to decide about this message any more."""
    for step in steps_about([message.id], SETTLE).waiting():
        done_step(step.id, by=by, at=at, command=command)
