from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from goodword.crew.models.company import Branch
from goodword.crew.models.people import Person
from goodword.kit.ids import uuid7


class Shift(models.Model):
    """When a person works on one day, at which branch."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shifts")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["branch", "starts_at"])]
        constraints = [
            models.UniqueConstraint(fields=["person", "starts_at"], name="one_shift_at_a_time"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_it_starts"),
        ]


class Absence(models.Model):
    """A person is away. What was planned for them stays theirs until a dispatcher hands it over."""

    class Reason(models.TextChoices):
        SICK = "sick", _("sick")
        HOLIDAY = "holiday", _("holiday")
        TRAINING = "training", _("training")
        OTHER = "other", _("other")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=10, choices=Reason.choices)
    reported_at = models.DateTimeField()
    ended_early_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "starts_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="absence_ends_after_it_starts"),
        ]


class Engagement(models.Model):
    """Who is planned where when: a visit, an offer's hold, a helper, a pencilled note.

    ``during`` is the planned on-site time only: no travel, never changed by a forecast or by late truth. Two exclusive
    live engagements of one person can not overlap; the constraint is deferrable, so a swap fits in one transaction.
    """

    class Kind(models.TextChoices):
        VISIT = "visit", _("visit")
        HOLD = "hold", _("held offer")
        HELPER = "helper", _("helper")
        PENCIL = "pencil", _("pencilled note")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="engagements")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="engagements")
    during = DateTimeRangeField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    about_id = models.UUIDField()
    planned_by = models.UUIDField(null=True)
    planned_at = models.DateTimeField()
    live = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["about_id"])]
        constraints = [
            ExclusionConstraint(
                name="no_double_booking",
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(live=True, kind__in=["visit", "hold"]),
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
                name="engagement_has_a_beginning_and_an_end",
            ),
            models.UniqueConstraint(
                fields=["about_id"],
                condition=Q(live=True, kind="visit"),
                name="one_accountable_per_visit",
                deferrable=None,
            ),
        ]
