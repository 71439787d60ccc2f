from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.crew.models import Branch
from goodword.customers.models import Contact, Customer, Site
from goodword.kit.ids import uuid7
from goodword.visits.models.catalogue import WorkType


class Request(models.Model):
    """What a customer asked for, in their own words. It becomes a work order when a visit is agreed.

    ``caller``: who called, where that is nobody we write to. ``vulnerability`` is about people and is shown only to
    those who need it. ``stops_them`` and ``expects`` are verbatim. ``advice``: what was said until we come, as
    ``{"harm": code, "says": words}``.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ANSWERED = "answered", _("answered")
        BOOKED = "booked", _("booked")
        CLOSED = "closed", _("closed")

    class Source(models.TextChoices):
        PHONE = "phone", _("said on the phone")
        FACE = "face", _("said face to face")
        EMAIL = "email", _("written in an e-mail")
        TEXT = "text", _("written in a text")
        PAGE = "page", _("written on our page")
        OTHER = "other", _("told by somebody else")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="requests")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="requests")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="requests")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="requests")
    work_type = models.ForeignKey(WorkType, on_delete=models.PROTECT)
    caller = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    since_when = models.CharField(max_length=200, blank=True)
    harm: Any = models.JSONField(default=list)
    vulnerability: Any = models.JSONField(default=list)
    stops_them = models.TextField(blank=True)
    needed_by = models.DateTimeField(null=True)
    expects = models.TextField(blank=True)
    expects_source = models.CharField(max_length=12, choices=Source.choices, blank=True)
    advice: Any = models.JSONField(default=list)
    advised_at = models.DateTimeField(null=True)
    advised_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    closed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["branch", "status", "taken_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expects="") | ~models.Q(expects_source=""), name="what_they_expect_has_a_source"
            ),
        ]


class InterimAdvice(models.Model):
    """What we say until we come, for one kind of trouble; a branch's own words go before the company's. Versioned.

    A version that is ``taken_back`` leaves it to the next: the company's words, then ours.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    harm = models.CharField(max_length=40)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, related_name="advice")
    version = models.PositiveIntegerField()
    lines: Any = models.JSONField(default=list)
    taken_back = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["harm", "branch", "version"], name="one_advice_version", nulls_distinct=False
            ),
        ]


class WorkOrder(models.Model):
    """What is to be done; may take several visits. Its version counts every change of the agreed scope."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveBigIntegerField(unique=True)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, related_name="orders")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="orders")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="orders")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="orders")
    work_type = models.ForeignKey(WorkType, on_delete=models.PROTECT)
    scope_of_work = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    callback_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="callbacks")
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["customer", "opened_at"])]

    def __str__(self) -> str:
        return str(self.number)
