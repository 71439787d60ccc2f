from typing import Any

from django.db import models

from goodword.crew.models import Branch
from goodword.kit.ids import uuid7
from goodword.visits.models.catalogue import WorkType
from goodword.visits.rules import FOUR


class Script(models.Model):
    """A script card: what to do and what to say in one stage, for a branch or all, a kind of work or all. Versioned.

    ``lines`` are pairs of "do" or "say" and the words. A version without lines takes the card back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stage = models.CharField(max_length=10)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, related_name="scripts")
    work_type = models.ForeignKey(WorkType, on_delete=models.PROTECT, null=True, related_name="scripts")
    version = models.PositiveIntegerField()
    lines: Any = models.JSONField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "branch", "work_type", "version"], name="one_script_version", nulls_distinct=False
            ),
            models.CheckConstraint(condition=models.Q(stage__in=[s.value for s in FOUR]), name="script_of_a_stage"),
        ]


class PlainWord(models.Model):
    """The company's own line of the glossary: what to say instead of a word; with nothing instead, the word is fine."""

    word = models.CharField(max_length=60, primary_key=True)
    instead = models.CharField(max_length=120, blank=True)
