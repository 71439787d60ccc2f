from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from goodword.crew.models import Branch, Person
from goodword.kit.ids import uuid7
from goodword.next_steps.errors import StepDone, StepWaits


class Steps(models.QuerySet["Step"]):
    def locked(self, step_id: UUID) -> "Step | None":
        return self.select_for_update(of=("self",)).filter(pk=step_id).first()

    def waiting(self) -> Self:
        """Not done yet, the most urgent first."""
        return self.filter(done_at=None).order_by("due_at", "id")


class Step(models.Model):
    """One thing that a person, or anybody with a role at a branch, does by ``due_at``.

    ``about_kind`` and ``about_id`` name a row of any room; ``reason`` is a code, ``words`` is what a person reads and
    may be erased.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="steps")
    owner_role = models.CharField(max_length=12, blank=True)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, related_name="steps")
    due_at = models.DateTimeField()
    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    reason = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    done_words = models.TextField(blank=True)

    objects: ClassVar = models.Manager.from_queryset(Steps)()

    class Meta:
        indexes = [
            models.Index(fields=["branch", "due_at"], condition=Q(done_at=None), name="step_open_at_branch"),
            models.Index(fields=["owner", "due_at"], condition=Q(done_at=None), name="step_open_of_owner"),
            models.Index(fields=["about_id"], name="step_about"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(owner__isnull=False) | ~Q(owner_role=""), name="step_has_an_owner"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_at__gte=F("opened_at")), name="step_done_after_it_was_opened"
            ),
        ]

    def hand(self, *, owner: Person | None, role: str, at: datetime) -> None:
        self._require_open()
        self.owner, self.owner_role, self.handed_at = owner, role, at

    def done(self, *, by: UUID | None, at: datetime, words: str) -> None:
        self._require_open()
        self.done_at, self.done_by, self.done_words = max(at, self.opened_at), by, words

    def reopen(self) -> None:
        if self.done_at is None:
            raise StepWaits
        self.done_at, self.done_by, self.done_words = None, None, ""

    def _require_open(self) -> None:
        if self.done_at is not None:
            raise StepDone
