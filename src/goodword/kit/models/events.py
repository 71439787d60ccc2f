from django.db import models
from django.db.models.expressions import RawSQL

from goodword.kit.ids import uuid7


class Event(models.Model):
    """One thing that happened. Never updated, never deleted: the database refuses both.

    ``at`` is when it happened, as the person or the phone said; ``recorded_at`` is ours (company clock). ``facts``
    holds ids, numbers and codes only (G-8). ``xid`` is the writing transaction, for the relay's order.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=60)
    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    scope = models.UUIDField(null=True)
    by_kind = models.CharField(max_length=10)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    device = models.UUIDField(null=True)
    command = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    xid = models.BigIntegerField(db_default=RawSQL("(pg_current_xact_id()::text)::bigint", ()))

    class Meta:
        indexes = [
            models.Index(fields=["about_kind", "about_id", "at"]),
            models.Index(fields=["xid", "id"]),
            models.Index(fields=["name", "at"]),
            models.Index(fields=["command"]),
        ]


class EventPosition(models.Model):
    """The relay's numbering: everybody's cursor. Insert only."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="numbered", db_constraint=False)


class Seal(models.Model):
    """A batch of numbered events, chained by hash to the batch before. Insert only."""

    last_position = models.BigIntegerField(primary_key=True)
    first_position = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
