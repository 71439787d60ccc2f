"""The customers' equipment."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Schema, Status
from pydantic import Field

from goodword.assets import actions as assets
from goodword.assets.models import Asset
from goodword.assets.queries import visible_to
from goodword.crew.rules import Verb
from goodword.customers.queries import sites_visible_in
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import customers_seen, door, found, must_any, who
from goodword.faces.api.inputs import Cursor, Day, Id, Limit, Write
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.visits.queries import customer_ids_of

router = Noun("assets")
BY_TIME = By("added_at", datetime)
Named = Annotated[str, Field(max_length=120)]


class AssetOut(Schema):
    id: UUID
    site_id: UUID
    parent_id: UUID | None
    kind: str
    make: str
    model: str
    serial: str
    installed_on: date | None
    added_at: datetime
    retired_at: datetime | None


class AssetIn(Write):
    """``parent_id``: what it is a part of, at the same site."""

    site_id: Id
    kind: Annotated[str, Field(min_length=1, max_length=60)]
    make: Named = ""
    model: Named = ""
    serial: Named = ""
    installed_on: Day | None = None
    parent_id: Id | None = None


class AssetChange(Write):
    """What is left out stays."""

    kind: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    make: Named | None = None
    model: Named | None = None
    serial: Named | None = None
    installed_on: Day | None = None


def _seen(request: Asked) -> QuerySet[Asset]:
    viewer = who(request)
    return visible_to(viewer, customer_ids_of(viewer) if viewer.is_technician else None)


@router.get("/assets", response=Page[AssetOut])
def list_assets(
    request: Asked, site: Id | None = None, customer: Id | None = None, after: Cursor = None, limit: Limit = 50
) -> Any:
    wanted = {"site": site, "site__customer": customer}
    return page(_seen(request).filter(**{k: v for k, v in wanted.items() if v is not None}), BY_TIME, after, limit)


@router.get("/assets/{uuid:asset_id}", response=AssetOut)
def one_asset(request: Asked, asset_id: UUID) -> Any:
    return found(_seen(request), asset_id)


@router.post("/assets", response={201: AssetOut})
def new_asset(request: Asked, body: AssetIn) -> Any:
    """Whoever books may write it down, and the technician who stands before it."""
    site = found(sites_visible_in(customers_seen(request)), body.site_id)
    must_any(request, site.customer.branch_id, Verb.BOOK, Verb.STAGE)
    if body.parent_id is not None:
        found(_seen(request), body.parent_id)
    facts = body.model_dump(exclude={"command", "at"})
    return Status(201, assets.add_asset(**facts, **door(request, body)))


def _to_change(request: Asked, asset_id: UUID) -> UUID:
    there = found(_seen(request), asset_id)
    must_any(request, there.site.customer.branch_id, Verb.BOOK, Verb.STAGE)
    return there.id


@router.patch("/assets/{uuid:asset_id}", response=AssetOut)
def change_asset(request: Asked, asset_id: UUID, body: AssetChange) -> Any:
    given = body.model_dump(exclude={"command", "at"}, exclude_none=True)
    return assets.change_asset(_to_change(request, asset_id), **given, **door(request, body))


@router.post("/assets/{uuid:asset_id}/retirement", response=AssetOut)
def retirement(request: Asked, asset_id: UUID, body: Write) -> Any:
    """Taken out of use, with all its parts. Its past stays."""
    return assets.retire_asset(_to_change(request, asset_id), **door(request, body))
