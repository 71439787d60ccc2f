"""The sender's step: claim and commit, send, then say how it ended."""

import logging

from goodword.kit.actors import SYSTEM
from goodword.kit.clock import company_now
from goodword.messaging.actions.finishing import accepted, failed, perhaps_sent
from goodword.messaging.actions.leases import claim, own_command
from goodword.messaging.errors import LeaseLost
from goodword.messaging.models import Message
from goodword.messaging.providers.protocol import Attachment, Letter, NotSent, PerhapsSent, Provider

log = logging.getLogger(__name__)


def send_next(provider: Provider) -> bool:
    """Send one message, if any waits. No transaction is open while it is on its way."""
    taken = claim(1)
    if not taken:
        return False
    message = taken[0]
    try:
        _send(provider, message)
    except LeaseLost:
        log.warning("message %s: the lease ended before the answer came; a person decides", message.id)
    return True


def _send(provider: Provider, message: Message) -> None:
    try:
        provider_id = provider.send(letter_of(message))
    except NotSent as no:
        command = own_command(message, "failed")
        failed(message.id, message.token, no.code, no.permanent, by=SYSTEM, at=company_now(), command=command)
    except PerhapsSent as perhaps:
        command = own_command(message, "doubt")
        perhaps_sent(message.id, message.token, perhaps.code, by=SYSTEM, at=company_now(), command=command)
    else:
        command = own_command(message, "accepted")
        accepted(message.id, message.token, provider.name, provider_id, by=SYSTEM, at=company_now(), command=command)


def letter_of(message: Message) -> Letter:
    attachments = tuple(Attachment(**item) for item in message.attachments)
    return Letter(
        message.id,
        message.to_address,
        message.to_name,
        message.subject,
        message.body,
        attachments,
        message.language,
        message.queued_at,
    )
