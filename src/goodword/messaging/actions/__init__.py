"""Every write to messages: queueing, leases, finishing, settling."""

from goodword.messaging.actions.erasing import erase_messages
from goodword.messaging.actions.finishing import accepted, delivered, failed, perhaps_sent
from goodword.messaging.actions.leases import claim, mark_unknown
from goodword.messaging.actions.queueing import call_instead, queue
from goodword.messaging.actions.sending import send_next
from goodword.messaging.actions.settling import settle

__all__ = [
    "accepted",
    "call_instead",
    "claim",
    "delivered",
    "erase_messages",
    "failed",
    "mark_unknown",
    "perhaps_sent",
    "queue",
    "send_next",
    "settle",
]
