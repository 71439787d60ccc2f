from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.messaging.actions.leases import close_steps
from goodword.messaging.models import Message

ERASED = "erased"


@action("messages.erase")
def erase_messages(about: Iterable[UUID], *, by: Actor, at: datetime, command: UUID) -> None:
    """Take words and addresses out of the messages about these rows; what still waits is not sent, and nobody calls."""
    rows = Message.objects.filter(about_id__in=list(about))
    for message in rows.select_for_update().order_by("id"):
        if message.status == Message.Status.QUEUED:
            message.status, message.failed_at, message.code = Message.Status.FAILED, at, ERASED
            message.token += 1
            facts = {"code": ERASED, "purpose": message.purpose, "about": str(message.about_id)}
            record("message.failed", about=message, by=by, at=at, command=command, scope=message.scope, facts=facts)
        message.to_address = message.to_name = message.subject = message.body = ""
        message.attachments = []
        message.save(update_fields=[
            "status", "failed_at", "code", "token", "to_address", "to_name", "subject", "body", "attachments",
        ])  # fmt: skip
        close_steps(message, by=by, at=at, command=command)
