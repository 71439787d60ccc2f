"""Words of a visit that can be erased, in a row for each talk. The visit itself keeps times and codes only (G-9)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.kit.ids import uuid7
from goodword.visits.models.visit import Visit


class Meeting(models.Model):
    """What was said at the door: how they like to be called, who allowed it, why the work changed, where we work."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, primary_key=True, related_name="meeting")
    called = models.CharField(max_length=120, blank=True)
    allowed_by = models.CharField(max_length=200, blank=True)
    scope_reason = models.CharField(max_length=200, blank=True)
    work_area = models.CharField(max_length=200, blank=True)
    materials_area = models.CharField(max_length=200, blank=True)


class Leaving(models.Model):
    """What was said before leaving: whether it works, why nothing had to be cleaned, the customer's own words."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, primary_key=True, related_name="leaving")
    works = models.BooleanField(default=True, db_default=True)
    clean_reason = models.CharField(max_length=200, blank=True)
    customer_words = models.TextField(blank=True)


class Shown(models.Model):
    """One item of the walk-through, with what the customer asked and what we answered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="shown")
    words = models.CharField(max_length=200)
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]


class Payment(models.Model):
    """That it was paid, how and how much, in minor units; or why not. ``reason``: why not, or why so early."""

    class Kind(models.TextChoices):
        CARD = "card", _("card")
        CASH = "cash", _("cash")
        TRANSFER = "transfer", _("bank transfer")
        CHEQUE = "cheque", _("cheque")
        NONE = "none", _("not paid")

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, primary_key=True, related_name="payment")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(kind="none", amount_minor=0) & ~models.Q(reason=""))
                | (~models.Q(kind="none") & models.Q(amount_minor__gt=0) & ~models.Q(currency="")),
                name="paid_an_amount_or_a_reason_why_not",
            ),
        ]
