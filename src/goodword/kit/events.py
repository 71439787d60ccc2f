"""One event, many uses: audit trail, the customer's story, live update, source of every statistic."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from goodword.kit.actions import running_device
from goodword.kit.actors import Actor
from goodword.kit.clock import company_now
from goodword.kit.jobs import enqueue
from goodword.kit.models import Event
from goodword.kit.wiring import reactions_to


def record(
    name: str,
    *,
    about: models.Model,
    by: Actor,
    at: datetime,
    command: UUID,
    scope: UUID | None = None,
    facts: dict[str, Any] | None = None,
) -> Event:
    """Append one event and enqueue its reactions, one job per event and room, in this transaction.

    Facts hold ids, numbers and codes only (G-8): words go into rows that can be erased.
    """
    event = Event.objects.create(
        name=name,
        about_kind=about._meta.model_name or "",
        about_id=about.pk,
        scope=scope,
        by_kind=by.kind,
        by_id=by.id,
        at=at,
        recorded_at=company_now(),
        device=running_device(),
        command=command,
        facts=facts or {},
    )
    for reaction in reactions_to(name):
        enqueue("kit.react", event_id=str(event.id), reaction=reaction)
    return event
