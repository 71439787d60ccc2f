from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goodword.kit.ids import uuid7


class Messages(models.QuerySet["Message"]):
    def locked(self, message_id: UUID) -> "Message | None":
        return self.select_for_update().filter(pk=message_id).first()


class Message(models.Model):
    """A row of the message outbox: who, words, purpose, and how far it got.

    ``lease_until`` and ``next_try_at`` are machine time; the other instants are company time. ``token`` grows with
    every claim and every loss of one: whoever finishes with an old token is refused. A message that was claimed and not
    finished is ``unknown``: it may have been sent, so it is never sent again by itself.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        CLAIMED = "claimed", _("being sent")
        ACCEPTED = "accepted", _("sent")
        DELIVERED = "delivered", _("arrived")
        FAILED = "failed", _("not sent")
        UNKNOWN = "unknown", _("perhaps sent")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=40)
    language = models.CharField(max_length=12, blank=True)
    to_kind = models.CharField(max_length=10, blank=True)
    to_address = models.CharField(max_length=320, blank=True)
    to_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    attachments: Any = models.JSONField(default=list)
    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    scope = models.UUIDField(null=True)

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    token = models.PositiveBigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    provider = models.CharField(max_length=20, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=60, blank=True)

    queued_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    unknown_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)

    objects: ClassVar = models.Manager.from_queryset(Messages)()

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(status="queued"), name="message_to_send"),
            models.Index(fields=["lease_until"], condition=Q(status="claimed"), name="message_being_sent"),
            models.Index(fields=["scope", "unknown_at"], condition=Q(status="unknown"), name="message_unknown"),
            models.Index(fields=["about_id", "queued_at"], name="message_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["queued", "claimed", "accepted", "delivered", "failed", "unknown"]),
                name="message_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status="claimed", lease_until__isnull=False)
                | (~Q(status="claimed") & Q(lease_until__isnull=True)),
                name="message_leased_while_claimed_only",
            ),
            models.CheckConstraint(
                condition=~Q(status="queued") | Q(next_try_at__isnull=False), name="queued_message_has_its_time"
            ),
        ]

    @property
    def waits_for_a_person(self) -> bool:
        return self.status == self.Status.UNKNOWN

    def again(self, *, next_try_at: datetime) -> None:
        """Back into the queue; an older claim's finish is refused from here on."""
        self.status, self.lease_until, self.next_try_at = self.Status.QUEUED, None, next_try_at
        self.token += 1
