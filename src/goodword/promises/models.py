from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goodword.crew.models import Branch
from goodword.customers.models import Customer, Site
from goodword.kit.ids import uuid7
from goodword.promises.rules import State
from goodword.visits.models import Request, Visit


class Promise(models.Model):
    """A commitment to a customer: said words, a due time, a keeper (P-1). What became of it is computed, not stored."""

    class Type(models.TextChoices):
        ARRIVAL_WINDOW = "arrival_window", _("arrival window")
        CALL_BACK_BY = "call_back_by", _("call back by")
        FINISH_BY = "finish_by", _("finish by")
        FOLLOW_UP_BY = "follow_up_by", _("follow up by")
        TASK = "task", _("task")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    type = models.CharField(max_length=20, choices=Type.choices)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="promises")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="promises")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="promises")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="promises")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, related_name="promises")
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField()
    said = models.TextField()
    made_at = models.DateTimeField()
    maker = models.UUIDField(null=True)
    keeper = models.UUIDField(null=True)
    successor_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="successor")

    class Meta:
        indexes = [models.Index(fields=["customer", "made_at"]), models.Index(fields=["branch", "closes_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(type="arrival_window")
                | (Q(opens_at__isnull=False, visit__isnull=False) & Q(closes_at__gt=F("opens_at"))),
                name="a_window_has_two_ends_and_a_visit",
            ),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(type="arrival_window"), name="one_window_promise_per_visit"
            ),
        ]


class Verdict(models.Model):
    """A projection of :func:`goodword.promises.rules.judge`, rebuilt by ``goodword verify --rebuild``."""

    promise = models.OneToOneField(Promise, on_delete=models.CASCADE, primary_key=True, related_name="verdict")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=14, choices=State.choices())
    cause = models.CharField(max_length=30, blank=True)
    told = models.CharField(max_length=10, blank=True)
    proof = models.CharField(max_length=20, blank=True)
    decided_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["branch", "state", "closes_at"]),
            models.Index(fields=["closes_at"], condition=Q(state="open"), name="verdict_still_open"),
        ]


class Mark(models.Model):
    """The first crossing of a risk threshold, written once (P-30): at risk (P-28) or known (P-29)."""

    class Kind(models.TextChoices):
        AT_RISK = "at_risk", _("at risk")
        KNOWN = "known", _("known")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["promise", "kind"], name="first_crossing_only")]
