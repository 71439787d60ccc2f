from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from goodword.crew.models import Person
from goodword.customers.models import Customer
from goodword.kit.ids import uuid7
from goodword.visits.models.visit import Visit


class Standing(models.QuerySet[Any]):
    def standing(self) -> Self:
        """What counts: neither withdrawn nor replaced by a correction."""
        rows = self.filter(withdrawn_at=None)
        return rows.filter(corrected_by=None) if self.model is Note else rows


class Note(models.Model):
    """Words that somebody wrote about a visit or a customer. They can be erased; the event that they were written not.

    A correction is a new note: what was written first stays to be read, behind it. Withdrawn can be taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="notes")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="notes")
    words = models.TextField()
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    objects: ClassVar = models.Manager.from_queryset(Standing)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visit=None, customer__isnull=False) | Q(visit__isnull=False, customer=None),
                name="a_note_is_about_one_thing",
            )
        ]


class Call(models.Model):
    """A talk on the phone: who called whom, when, what was said. ``lasted_s``: seconds, where somebody knows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="calls")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="calls")
    we_called = models.BooleanField()
    ours = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="calls")
    theirs = models.CharField(max_length=200)
    words = models.TextField()
    at = models.DateTimeField()
    lasted_s = models.PositiveIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    objects: ClassVar = models.Manager.from_queryset(Standing)()

    @property
    def minutes(self) -> int | None:
        """How long it lasted, in whole minutes."""
        return None if self.lasted_s is None else round(self.lasted_s / 60)
