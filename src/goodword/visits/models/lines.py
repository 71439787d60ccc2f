from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.kit.ids import uuid7
from goodword.visits.models.orders import WorkOrder
from goodword.visits.models.visit import Visit


class OrderLine(models.Model):
    """One thing on a work order: something to do, a part or a tool. A part may be critical: without it, no visit."""

    class Kind(models.TextChoices):
        WORK = "work", _("work")
        PART = "part", _("part")
        TOOL = "tool", _("tool")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    words = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    critical = models.BooleanField(default=False)
    gathered_at = models.DateTimeField(null=True)
    missing_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_on = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="lines_done")

    class Meta:
        ordering = ["position", "id"]

    @property
    def is_gathered(self) -> bool:
        return self.gathered_at is not None and (self.missing_at is None or self.gathered_at > self.missing_at)

    @property
    def is_missing(self) -> bool:
        return self.missing_at is not None and not self.is_gathered


class Limit(models.Model):
    """Up to how much more whoever pays has said yes to beforehand (E-16)."""

    order = models.OneToOneField(WorkOrder, on_delete=models.PROTECT, primary_key=True, related_name="limit")
    amount_minor = models.BigIntegerField()
    agreed_by = models.CharField(max_length=120)
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount_minor__gte=0), name="limit_is_an_amount")]
