"""Putting a message into the outbox, in the transaction of the room that owns the fact."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.clock import machine_now
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.kit.text import NOTE, clean
from goodword.messaging.models import Message
from goodword.messaging.rules import ATTACHMENT_LIMIT, why_unsendable
from goodword.next_steps.actions import open_step
from goodword.next_steps.models import Step

CALL_WITHIN = timedelta(hours=2)  # ours: whoever cannot be written to is called by then


@action("message.queue")
def queue(
    purpose: str,
    to_kind: str,
    to_address: str,
    to_name: str,
    subject: str,
    body: str,
    about: models.Model,
    scope: UUID | None,
    attachments: Sequence[tuple[str, str, str]] = (),
    language: str = "",
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Message:
    """Keep a message for the sender. Nobody to write to is no reason to refuse: it becomes a call that somebody owes.

    Parameters
    ----------
    attachments
        Small texts as (file name, type, text), like ``("visit.ics", "text/calendar", …)``.
    """
    address = clean(to_address, "to_address", limit=320)
    code = why_unsendable(to_kind, address)
    message = Message.objects.create(
        purpose=purpose,
        language=language,
        to_kind=to_kind,
        to_address=address,
        to_name=clean(to_name, "to_name"),
        subject=clean(subject, "subject"),
        body=clean(body, "body", limit=NOTE, needed=True),
        attachments=[_attachment(*item) for item in attachments],
        about_kind=about._meta.model_name or "",
        about_id=about.pk,
        scope=scope,
        status=Message.Status.FAILED if code else Message.Status.QUEUED,
        code=code,
        queued_at=at,
        failed_at=at if code else None,
        next_try_at=None if code else machine_now(),
    )
    facts = {"purpose": purpose, "about": str(about.pk), "kind": to_kind}
    record("message.queued", about=message, by=by, at=at, command=command, scope=scope, facts=facts)
    if code:
        give_up(message, code, by=by, at=at, command=command)
    return message


def _attachment(name: str, kind: str, text: str) -> dict[str, str]:
    if not kind.startswith("text/") or len(text) > ATTACHMENT_LIMIT:
        raise BadInput("attachments", _("A message carries small texts only."))
    return {"name": clean(name, "attachments"), "type": clean(kind, "attachments"), "text": text}


def give_up(message: Message, code: str, *, by: Actor, at: datetime, command: UUID) -> None:
    """It will not be sent: say so, and see that somebody calls."""
    facts = {"code": code, "purpose": message.purpose, "about": str(message.about_id)}
    record("message.failed", about=message, by=by, at=at, command=command, scope=message.scope, facts=facts)
    call_instead(message.about_kind, message.about_id, message.scope, code, by=by, at=at, command=command)


def call_instead(
    about_kind: str,
    about_id: UUID,
    scope: UUID | None,
    reason: str,
    words: str = "",
    within: timedelta = CALL_WITHIN,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Step:
    """Make it the office's next step to call about this row: writing was not possible. Any room above may use it."""
    return open_step(
        "call",
        None,
        "office",
        scope,
        at + within,
        about_kind,
        about_id,
        reason,
        words,
        by=by,
        at=at,
        command=command,
    )
