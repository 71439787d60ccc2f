"""What has been told, and in which order it happened: a phone may tell it in another."""

from datetime import datetime
from uuid import UUID

from goodword.kit.models import Event


def said_later(visit_id: UUID, name: str, at: datetime) -> bool:
    """Whether the same has been said of a later moment already: then that stands."""
    return Event.objects.filter(about_kind="visit", about_id=visit_id, name=name, at__gt=at).exists()


def changes_after(order_id: UUID, at: datetime) -> int:
    """How often the order was changed after a moment: what somebody read then was so many versions older."""
    return Event.objects.filter(about_kind="workorder", about_id=order_id, name="order.changed", at__gt=at).count()
