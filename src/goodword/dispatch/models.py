from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.crew.models import Branch, Person
from goodword.kit.ids import uuid7
from goodword.visits.models import Request, Visit


class Offer(models.Model):
    """Windows computed for one request (or for a visit that is to move), with the reasons for what is not offered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, related_name="offers")
    moving = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="+")
    by_whom = models.CharField(max_length=10, default="us")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    emergency = models.BooleanField(default=False)
    label = models.CharField(max_length=200)
    assumed = models.BooleanField(default=True)
    seed = models.BigIntegerField()
    refusals: Any = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(request__isnull=False) | models.Q(moving__isnull=False),
                name="an_offer_is_for_something",
            ),
        ]


class Option(models.Model):
    """One offered window: who would keep it, how surely, and why it is offered.

    ``p_kept``: as it was stated; ``features``: what that was stated from (:mod:`goodword.dispatch.queries.labels`).
    """

    class Status(models.TextChoices):
        OFFERED = "offered", _("offered")
        HELD = "held", _("held")
        CHOSEN = "chosen", _("chosen")
        LAPSED = "lapsed", _("lapsed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_start = models.DateTimeField()
    planned_end = models.DateTimeField()
    p_kept = models.FloatField()
    features: Any = models.JSONField(default=dict)
    added_travel_s = models.FloatField()
    reasons: Any = models.JSONField(default=list)
    endangered: Any = models.JSONField(default=list)
    shifted: Any = models.JSONField(default=list)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OFFERED)
    held_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "place"], name="one_option_per_place"),
            models.UniqueConstraint(
                fields=["offer"], condition=models.Q(status__in=["held", "chosen"]), name="one_option_held_or_chosen"
            ),
        ]
        indexes = [models.Index(fields=["held_until"], condition=models.Q(status="held"), name="option_held")]


class Forecast(models.Model):
    """What we compute of one visit's arrival: a projection, never shown as a promise."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, primary_key=True, related_name="forecast")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    p10 = models.DateTimeField(null=True)
    p50 = models.DateTimeField(null=True)
    p90 = models.DateTimeField(null=True)
    finish_p50 = models.DateTimeField(null=True)
    p_kept = models.FloatField(null=True)
    travel_s = models.FloatField(null=True)
    assumed = models.BooleanField(default=True)
    reason = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=200, blank=True)
    computed_at = models.DateTimeField()


class Proposal(models.Model):
    """Ways to mend a branch's day, computed from its last forecast: a projection, replaced by the next one.

    ``ways``: as :mod:`goodword.dispatch.actions.proposing` writes them, the cheapest first.
    """

    branch = models.OneToOneField(Branch, on_delete=models.PROTECT, primary_key=True, related_name="proposal")
    made_at = models.DateTimeField()
    broken_before = models.FloatField()
    label = models.CharField(max_length=200, blank=True)
    ways: Any = models.JSONField(default=list)


class DayPlan(models.Model):
    """A plan of a branch's day to come: worked out by the worker, a draft until a person publishes it.

    ``share``, ``value``: how far the work is (0 to 1) and the best value so far, in driving seconds. ``found``: what
    :mod:`goodword.dispatch.queries.account` writes, ids and numbers only. ``undo``: what each moved visit was before.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        WORKING = "working", _("being worked out")
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        DISCARDED = "discarded", _("discarded")
        FAILED = "failed", _("failed")
        TAKEN_BACK = "taken_back", _("taken back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    begins_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    stop_asked = models.BooleanField(default=False)
    lease_until = models.DateTimeField(null=True)
    token = models.PositiveIntegerField(default=0)
    share = models.FloatField(default=0)
    value = models.FloatField(null=True)
    made_at = models.DateTimeField(null=True)
    label = models.CharField(max_length=200, blank=True)
    found: Any = models.JSONField(default=dict)
    undo: Any = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "day"],
                condition=models.Q(status__in=["waiting", "working", "draft"]),
                name="one_plan_of_a_day_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["branch", "day", "asked_at"]),
            models.Index(fields=["asked_at"], condition=models.Q(status__in=["waiting", "working"]), name="plan_to_do"),
        ]

    @property
    def is_running(self) -> bool:
        return self.status in {self.Status.WAITING, self.Status.WORKING}


class EveningPlan(models.Model):
    """A branch whose next day is planned by itself each evening at ``at``, on its own wall. No row: it is not."""

    branch = models.OneToOneField(Branch, on_delete=models.PROTECT, primary_key=True, related_name="+")
    at = models.TimeField()


class LearnedVersion(models.Model):
    """What a branch's finished work had taught as of one moment. The newest is in force; none is ever changed.

    ``found``: ids, numbers and codes only, as :mod:`goodword.dispatch.actions.learning` writes them. ``version``: the
    engine's name of records, assumptions and moment.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateTimeField()
    since = models.DateTimeField()
    made_at = models.DateTimeField()
    version = models.CharField(max_length=80)
    visits = models.PositiveIntegerField()
    found: Any = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["branch", "as_of"], name="one_version_of_a_moment")]


class WeightsVersion(models.Model):
    """What a branch holds dearer than what, from a moment on: the newest before a moment was in force then.

    ``chosen``: as :class:`goodword.dispatch.rules.weights.Weights` keeps itself. Never changed; changing is a new one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    set_by = models.UUIDField(null=True)
    chosen: Any = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["branch", "since"])]


class WeightsTrial(models.Model):
    """What a day that is over would have looked like under other weights: worked out by the worker, changes nothing.

    ``found``: figures only, as :mod:`goodword.dispatch.actions.comparing` writes them.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        WORKING = "working", _("being worked out")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    chosen: Any = models.JSONField(default=dict)
    day = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    token = models.PositiveIntegerField(default=0)
    found: Any = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["branch", "asked_at"]),
            models.Index(
                fields=["asked_at"], condition=models.Q(status__in=["waiting", "working"]), name="trial_to_do"
            ),
        ]

    @property
    def is_running(self) -> bool:
        return self.status in {self.Status.WAITING, self.Status.WORKING}
