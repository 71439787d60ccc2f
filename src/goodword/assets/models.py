from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from goodword.assets.errors import NoSuchAsset
from goodword.customers.models import Site
from goodword.kit.ids import uuid7


class Assets(models.Manager["Asset"]):
    def locked(self, asset_id: UUID) -> "Asset":
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("site__customer")
        row = rows.filter(pk=asset_id).first()
        if row is None:
            raise NoSuchAsset
        return row


class Asset(models.Model):
    """A piece of equipment at a site, or a part of one (``parent``). Nothing is deleted: what is gone is retired."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="assets")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    kind = models.CharField(max_length=60)
    make = models.CharField(max_length=120, blank=True)
    model = models.CharField(max_length=120, blank=True)
    serial = models.CharField(max_length=120, blank=True)
    installed_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    objects: ClassVar[Assets] = Assets()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(parent=F("id")), name="nothing_is_part_of_itself")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.make, self.model) if part)
