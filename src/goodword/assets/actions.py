from datetime import date, datetime, timedelta
from types import EllipsisType
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.assets.errors import AssetRetired, WrongParent
from goodword.assets.models import Asset
from goodword.customers.actions import index_words
from goodword.customers.errors import CustomerErased
from goodword.customers.queries import site as site_by_id
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.kit.text import clean

OLDEST = date(1850, 1, 1)  # ours: nothing older is still in use
DEEPEST = 6  # ours: parts of parts


@action("asset.add")
def add_asset(
    site_id: UUID,
    kind: str,
    make: str = "",
    model: str = "",
    serial: str = "",
    installed_on: date | None = None,
    parent_id: UUID | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Asset:
    """A piece of equipment at a site, or a part of one. Its serial number is found by the search."""
    site = site_by_id(site_id)
    if site.customer.erased_at is not None:
        raise CustomerErased
    asset = Asset(site=site, added_at=at)
    _describe(asset, kind, make, model, serial, installed_on, at)
    asset.parent = _parent(asset, parent_id)
    asset.save(force_insert=True)
    _index(asset, by=by, at=at, command=command)
    _record("asset.added", asset, by=by, at=at, command=command)
    return asset


def _describe(
    asset: Asset, kind: str, make: str, model: str, serial: str, installed_on: date | None, at: datetime
) -> None:
    asset.kind = clean(kind, "kind", limit=60, needed=True)
    asset.make = clean(make, "make", limit=120)
    asset.model = clean(model, "model", limit=120)
    asset.serial = clean(serial, "serial", limit=120)
    tomorrow = at.date() + timedelta(days=1)  # on the far side of the date line it is today
    if installed_on is not None and not OLDEST <= installed_on <= tomorrow:
        raise BadInput("installed_on", _("Equipment is installed in the past. Check the date."))
    asset.installed_on = installed_on


def _parent(asset: Asset, parent_id: UUID | None) -> Asset | None:
    """What it is part of: at the same site, in use, and not in a circle."""
    if parent_id is None:
        return None
    parent = Asset.objects.locked(parent_id)
    if parent.retired_at is not None:
        raise AssetRetired(kind=parent.kind)
    link: Asset | None = parent
    for _step in range(DEEPEST):
        if link is None:
            return parent
        if link.id == asset.id or link.site_id != asset.site_id:
            break
        link = link.parent
    raise WrongParent


def _index(asset: Asset, **door: Any) -> None:
    customer = asset.site.customer
    index_words(customer.id, customer.branch_id, "serial", "asset", asset.id, asset.serial, **door)


def _record(name: str, asset: Asset, **door: Any) -> None:
    facts = {"site": str(asset.site_id), "parent": str(asset.parent_id) if asset.parent_id else None}
    record(name, about=asset, scope=asset.site.customer.branch_id, facts=facts, **door)


@action("asset.change")
def change_asset(
    asset_id: UUID,
    kind: str | EllipsisType = ...,
    make: str | EllipsisType = ...,
    model: str | EllipsisType = ...,
    serial: str | EllipsisType = ...,
    installed_on: date | EllipsisType | None = ...,
    parent_id: UUID | EllipsisType | None = ...,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Asset:
    """Correct what is written about it; what is left out stays."""
    asset = Asset.objects.locked(asset_id)
    if asset.site.customer.erased_at is not None:
        raise CustomerErased
    _describe(
        asset,
        asset.kind if isinstance(kind, EllipsisType) else kind,
        asset.make if isinstance(make, EllipsisType) else make,
        asset.model if isinstance(model, EllipsisType) else model,
        asset.serial if isinstance(serial, EllipsisType) else serial,
        asset.installed_on if isinstance(installed_on, EllipsisType) else installed_on,
        at,
    )
    if not isinstance(parent_id, EllipsisType):
        asset.parent = _parent(asset, parent_id)
    asset.save(update_fields=["kind", "make", "model", "serial", "installed_on", "parent"])
    _index(asset, by=by, at=at, command=command)
    _record("asset.changed", asset, by=by, at=at, command=command)
    return asset


@action("asset.retire")
def retire_asset(asset_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Asset:
    """It was taken out of use, with all its parts. Its past stays, and its serial number is still found."""
    asset = Asset.objects.locked(asset_id)
    if asset.retired_at is not None:
        raise AssetRetired(kind=asset.kind)
    _retire(asset, by=by, at=at, command=command)
    return asset


def _retire(asset: Asset, **door: Any) -> None:
    asset.retired_at = door["at"]
    asset.save(update_fields=["retired_at"])
    _record("asset.retired", asset, **door)
    for part in Asset.objects.filter(parent=asset, retired_at=None).order_by("id"):
        part.site = asset.site
        _retire(part, **door)


@action("assets.erase")
def erase_assets(customer_id: UUID, *, by: Actor, at: datetime, command: UUID) -> None:
    """What is written on the equipment of a customer who was erased goes; where it stood and how old it was stays."""
    blank = dict.fromkeys(("kind", "make", "model", "serial"), "")
    Asset.objects.filter(site__customer=customer_id).update(**blank)
    Asset.objects.filter(site__customer=customer_id, retired_at=None).update(retired_at=at)
