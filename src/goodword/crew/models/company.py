from typing import Any
from uuid import UUID

from django.db import models

from goodword.kit.calendar import BusinessCalendar
from goodword.kit.ids import uuid7

THE_COMPANY = UUID(int=1)


class Company(models.Model):
    """The one company of this installation, with what differs from country to country."""

    id = models.UUIDField(primary_key=True, default=THE_COMPANY, editable=False)
    name = models.CharField(max_length=200)
    locale = models.CharField(max_length=12, default="en-gb")
    currency = models.CharField(max_length=3, default="GBP")
    tax_percent = models.DecimalField(max_digits=5, decimal_places=2, default=20)
    phone_region = models.CharField(max_length=2, default="GB")
    zone = models.CharField(max_length=60, default="Europe/London")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=THE_COMPANY), name="one_company")]


class Branch(models.Model):
    """A place that technicians start from. Its id is the ``scope`` of what happens there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120, unique=True)
    depot = models.CharField(max_length=200)
    lat = models.FloatField()
    lon = models.FloatField()
    zone = models.CharField(max_length=60)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180), name="branch_on_earth"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """A version of a branch's opening hours: ``hours`` maps a weekday (Monday "0") to ["07:30", "17:30"]."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="hours")
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    hours: Any = models.JSONField()
    holidays: Any = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["branch", "version"], name="one_version_of_hours")]

    def calendar(self) -> BusinessCalendar:
        from goodword.crew.rules import calendar_of

        return calendar_of(self.branch.zone, self.hours, self.holidays, self.version)
