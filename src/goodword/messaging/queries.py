"""Every read of messages."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q

from goodword.messaging.models import Message, Messages

if TYPE_CHECKING:
    from goodword.crew.queries import Viewer


def messages_about(ids: Iterable[UUID]) -> Messages:
    """What was written about these rows, in order. The room that owns the rows has asked who may see them."""
    messages: Messages = Message.objects.filter(about_id__in=list(ids)).order_by("queued_at", "id")
    return messages


def visible_to(viewer: "Viewer") -> Messages:
    """Messages of the branches that this viewer reads."""
    messages: Messages = Message.objects.all()
    if not viewer.reads_branches:
        return messages.none()
    return messages if viewer.branches is None else messages.filter(scope__in=viewer.branches)


def to_settle(viewer: "Viewer") -> Messages:
    """What waits for a person: perhaps sent, nobody knows. The oldest first."""
    return visible_to(viewer).filter(status=Message.Status.UNKNOWN).order_by("unknown_at")


def counts() -> dict[str, int]:
    """How many messages wait, are being sent, are unknown: for ``doctor`` and the watch."""
    open_ones = (Message.Status.QUEUED, Message.Status.CLAIMED, Message.Status.UNKNOWN)
    return dict(Message.objects.aggregate(**{str(s): Count("id", filter=Q(status=s)) for s in open_ones}))
