"""What was learned from one road file: the dataset, its streets and its addresses; and which roads are closed.

`Dataset.closed_key` names the copy of the roads, made for the closures of the moment, that travel is asked of.

Streets and addresses are a copy, made anew whenever a territory is added: nothing may point at them.
A site keeps its own coordinates and words.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from goodword.kit.ids import uuid7
from goodword.territory.errors import RoadIsOpen


class Dataset(models.Model):
    """One road file as prepared by one version of the engine. At most one is active."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    attribution = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    active = models.BooleanField(default=False)
    closed_key = models.CharField(max_length=16, blank=True, default="")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["active"], condition=models.Q(active=True), name="territory_one_active"),
        ]


class Street(models.Model):
    """A street, a place without street names, or a town: what is offered when no number is known."""

    class Kind(models.TextChoices):
        STREET = "street"
        PLACE = "place"
        TOWN = "town"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="streets")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    name = models.CharField(max_length=200)
    city = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    norm_key = models.CharField(max_length=200)
    city_key = models.CharField(max_length=200, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    weight = models.IntegerField(default=0)
    doc = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["doc"], name="territory_street_doc", fastupdate=False),
            GinIndex(fields=["norm_key"], opclasses=["gin_trgm_ops"], name="territory_street_trgm", fastupdate=False),
        ]


class Address(models.Model):
    """A door: a house number in a street, or a name where there is no number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="addresses")
    number = models.CharField(max_length=60, blank=True)
    number_norm = models.CharField(max_length=60, blank=True)
    number_keys = ArrayField(models.CharField(max_length=60), default=list)
    name = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    snap_m = models.FloatField(null=True)
    source = models.CharField(max_length=80)
    accuracy = models.CharField(max_length=12)
    filled = models.CharField(max_length=60, blank=True)
    doc = SearchVectorField(null=True)

    class Meta:
        indexes = [
            GinIndex(
                fields=["doc"], name="territory_address_doc", fastupdate=False, condition=models.Q(doc__isnull=False)
            ),
            GinIndex(
                fields=["name_key"],
                opclasses=["gin_trgm_ops"],
                name="territory_address_trgm",
                fastupdate=False,
                condition=models.Q(doc__isnull=False),
            ),
        ]


class ClosureQuerySet(models.QuerySet["Closure"]):
    """Which closures hold when."""

    def in_force(self, at: datetime) -> ClosureQuerySet:
        """Those that keep cars out at `at`."""
        return self.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=at), opened_at=None, starts_at__lte=at)

    def not_over(self, at: datetime) -> ClosureQuerySet:
        """Those in force and those to come."""
        return self.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=at), opened_at=None)


class Closure(models.Model):
    """No car gets through: every stretch of road within `radius_m` of a point, or those of one name among them.

    `counts_from` is when travel times first knew of it; None while no worker has prepared the roads for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    lat = models.FloatField()
    lon = models.FloatField()
    radius_m = models.PositiveIntegerField()
    road = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)
    counts_from = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.UUIDField(null=True)
    objects = ClosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="territory_closure_ends_after_it_starts",
            ),
        ]

    def held_between(self, since: datetime, until: datetime) -> bool:
        """Whether it kept cars out at some time of a span, opened again by now or not."""
        over = [each for each in (self.ends_at, self.opened_at) if each is not None]
        return self.starts_at < until and all(each > since for each in over)

    def open(self, *, at: datetime, by: UUID | None) -> None:
        """Cars get through again."""
        if self.opened_at is not None:
            raise RoadIsOpen(name=self.name, at=self.opened_at)
        self.opened_at, self.opened_by = at, by
