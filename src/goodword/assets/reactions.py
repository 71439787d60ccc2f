"""What this room does by itself: it forgets the equipment of a customer who was erased."""

from uuid import uuid5

from goodword.assets.actions import erase_assets
from goodword.kit.actors import SYSTEM
from goodword.kit.models import Event


def customer_erased(event: Event) -> None:
    erase_assets(event.about_id, by=SYSTEM, at=event.at, command=uuid5(event.id, "assets"))
