from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goodword.customers.errors import NoSuchSite
from goodword.customers.models.parties import Customer
from goodword.kit.ids import uuid7


class Sites(models.Manager["Site"]):
    def locked(self, site_id: UUID) -> "Site":
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("customer")
        row = rows.filter(pk=site_id).first()
        if row is None:
            raise NoSuchSite
        return row


class Site(models.Model):
    """Where a customer's equipment stands: the address, the point on the map, and what one must know at the door.

    ``snap_m`` is the distance from the point to the nearest road. An empty text is "not asked yet", never "none" (G-5).
    """

    class Accuracy(models.TextChoices):
        ROOFTOP = "rooftop", _("the house itself")
        INTERPOLATED = "interpolated", _("between two houses")
        STREET = "street", _("somewhere in the street")
        TOWN = "town", _("somewhere in the town")
        PIN = "pin", _("set by hand")
        UNKNOWN = "unknown", _("unknown")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="sites")
    label = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=200, blank=True)
    house_number = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy = models.CharField(max_length=12, choices=Accuracy.choices, default=Accuracy.UNKNOWN)
    snap_m = models.FloatField(null=True)
    zone = models.CharField(max_length=60)

    access_notes = models.TextField(blank=True)
    parking = models.TextField(blank=True)
    pets = models.TextField(blank=True)
    children = models.TextField(blank=True)
    vulnerable = models.TextField(blank=True)
    areas: Any = models.JSONField(default=dict)
    key_safe = models.TextField(blank=True)
    authorised_entry = models.TextField(blank=True)
    authorised_by = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)

    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[Sites] = Sites()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lat=None, lon=None) | Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="site_on_earth_or_not_found_yet",
            ),
            models.CheckConstraint(condition=~Q(lat=0, lon=0), name="site_is_not_at_null_island"),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """On one line, as one would say it."""
        first = " ".join(part for part in (self.unit, self.house_number, self.street) if part)
        return ", ".join(part for part in (first, self.city, self.postcode) if part)
