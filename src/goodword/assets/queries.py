"""Every read of this room that a face or a room above may do."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from goodword.assets.errors import NoSuchAsset
from goodword.assets.models import Asset
from goodword.crew.queries import Viewer
from goodword.customers.queries import family, seen_by
from goodword.customers.queries.reading import Named


def visible_to(viewer: Viewer, named: Named = None) -> QuerySet[Asset]:
    """Equipment of the customers that the viewer sees (``customers.queries.visible_to``)."""
    rows = Asset.objects.filter(seen_by(viewer, named, "site__customer__"))
    return rows.select_related("site__customer").order_by("id")


def asset(asset_id: UUID) -> Asset:
    there = Asset.objects.select_related("site__customer").filter(id=asset_id).first()
    if there is None:
        raise NoSuchAsset
    return there


def assets_at(site_ids: Iterable[UUID]) -> list[Asset]:
    """What is in use at some sites, in the order it was added. One query."""
    rows = Asset.objects.filter(site__in=list(site_ids), retired_at=None)
    return list(rows.order_by("site_id", "added_at", "id"))


def assets_of(customer_id: UUID) -> list[Asset]:
    """What is in use at the sites of a customer's whole family. Two queries."""
    rows = Asset.objects.filter(site__customer__in=family(customer_id), retired_at=None).select_related("site")
    return list(rows.order_by("site_id", "added_at", "id"))


def ids_ever_at(customer_id: UUID) -> list[UUID]:
    """Everything that ever stood at this customer's sites, in use or not."""
    return list(Asset.objects.filter(site__customer=customer_id).values_list("id", flat=True))


def with_parts(asset_id: UUID) -> list[Asset]:
    """A piece of equipment, what it is part of and its parts: where a failure of one concerns the others (R6)."""
    there = asset(asset_id)
    kin = {there.id} | ({there.parent_id} if there.parent_id else set())
    rows = Asset.objects.filter(id__in=kin) | Asset.objects.filter(parent=there)
    return list(rows.order_by("id"))


def same_serial(viewer: Viewer, serial: str, named: Named = None) -> QuerySet[Asset]:
    """A hint while something is being added: visible equipment with this very serial number."""
    return visible_to(viewer, named).filter(serial__iexact=serial.strip()).exclude(serial="")
