from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.kit.ids import uuid7


class Command(models.Model):
    """One thing a client sent. The primary key is the client's own id: the same command happens once.

    A device uses each ``seq`` once; whoever comes second with it is held and kept without one.
    """

    class Status(models.TextChoices):
        APPLIED = "applied", _("applied")
        HELD = "held", _("held")
        DECLINED = "declined", _("declined")

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.APPLIED)
    about = models.UUIDField(null=True)
    by_kind = models.CharField(max_length=10)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    device = models.UUIDField(null=True)
    seq = models.BigIntegerField(null=True)
    gap_before = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict)
    result_model = models.CharField(max_length=80, default="")
    result_id = models.CharField(max_length=64, blank=True)
    answer = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "seq"], name="command_device_seq"),
        ]


class Held(models.Model):
    """A command that could not be applied, kept whole until a person has settled it.

    ``waits``: an earlier command of the same device may still arrive; then it is tried again by itself. ``changes`` is
    what the person who settled it put in place of what was sent.
    """

    class How(models.TextChoices):
        APPLIED = "applied", _("applied as it came")
        CHANGED = "changed", _("applied with changed facts")
        MOVED = "moved", _("applied elsewhere")
        DECLINED = "declined", _("declined")
        BY_ITSELF = "by_itself", _("applied by itself when what it waited for arrived")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    command = models.OneToOneField(Command, on_delete=models.PROTECT, related_name="held")
    code = models.CharField(max_length=60)
    says = models.TextField()
    scope = models.UUIDField(null=True)
    waits = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    how = models.CharField(max_length=10, choices=How.choices, default="", blank=True)
    words = models.TextField(default="", blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["scope", "opened_at"], condition=models.Q(settled_at=None), name="held_open")]
