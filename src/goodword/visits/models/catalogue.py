from typing import Any

from django.db import models

from goodword.crew.models import Branch
from goodword.kit.ids import uuid7


class WorkType(models.Model):
    """A kind of work with its skills, its assumed duration (until learned) and its price."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    skills: Any = models.JSONField(default=list)
    mean_s = models.PositiveIntegerField()
    cv = models.FloatField()
    assumed = models.BooleanField(default=True)
    emergency = models.BooleanField(default=False)
    needs_helper = models.BooleanField(default=False)
    severity = models.PositiveSmallIntegerField(default=0)
    price_minor = models.BigIntegerField(null=True)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mean_s__gt=0, mean_s__lte=7 * 24 * 3600, cv__gte=0, cv__lte=3),
                name="duration_makes_sense",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StageTemplate(models.Model):
    """Which steps each of the four stages asks for, by work type and, where it differs, by branch. Versioned."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    work_type = models.ForeignKey(WorkType, on_delete=models.PROTECT, related_name="templates")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True)
    version = models.PositiveIntegerField()
    stages: Any = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work_type", "branch", "version"], name="one_template_version", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(stages__has_keys=["prepare", "arrive", "work", "complete"]),
                name="template_has_all_four_stages",
            ),
        ]
