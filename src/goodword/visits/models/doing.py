from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.kit.ids import uuid7
from goodword.visits.models.lines import OrderLine
from goodword.visits.models.visit import Visit


class Obstacle(models.Model):
    """Something in the way of the work, what it does to time, price and parts, and when the customer heard of it."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("cannot get at it")
        HIDDEN = "hidden", _("a hidden fault")
        PART = "part", _("a part is missing")
        UNSAFE = "unsafe", _("not safe as it is")
        OTHER = "other", _("something else")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="obstacles")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    words = models.TextField(blank=True)
    more_s = models.PositiveIntegerField(default=0)
    more_minor = models.BigIntegerField(default=0)
    needs_parts = models.BooleanField(default=False)
    met_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["met_at", "id"]

    @property
    def more_minutes(self) -> int:
        return self.more_s // 60

    @property
    def has_effect(self) -> bool:
        return bool(self.more_s or self.more_minor or self.needs_parts)


class Change(models.Model):
    """More or other work than agreed: the customer's yes, a limit agreed beforehand, or an emergency with a photo."""

    class How(models.TextChoices):
        CUSTOMER = "customer", _("the customer said yes")
        LIMIT = "limit", _("within the limit agreed beforehand")
        EMERGENCY = "emergency", _("emergency, with a photo")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="changes")
    line = models.OneToOneField(OrderLine, on_delete=models.PROTECT, related_name="change")
    how = models.CharField(max_length=10, choices=How.choices)
    agreed_by = models.CharField(max_length=120, blank=True)
    price_minor = models.BigIntegerField()
    finish_at = models.DateTimeField(null=True)
    photo = models.CharField(max_length=64, blank=True)
    agreed_at = models.DateTimeField()

    class Meta:
        ordering = ["agreed_at", "id"]


class Reading(models.Model):
    """Something that was measured."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="readings")
    name = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    unit = models.CharField(max_length=20, blank=True)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["taken_at", "id"]
