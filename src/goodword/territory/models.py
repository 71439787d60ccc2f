"""What was learned from one road file: the dataset, its streets and its addresses.

Streets and addresses are a copy, made anew whenever a territory is added: nothing may point at them.
A site keeps its own coordinates and words.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from goodword.kit.ids import uuid7


class Dataset(models.Model):
    """One road file as prepared by one version of the engine. At most one is active."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    attribution = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    active = models.BooleanField(default=False)
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
