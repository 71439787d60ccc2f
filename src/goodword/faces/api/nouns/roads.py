"""Closed roads. They are the company's: whoever dispatches in any branch closes and opens them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Schema, Status
from pydantic import Field

from goodword.crew.rules import Verb
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, door_at, found, must
from goodword.faces.api.inputs import Cursor, Id, Instant, Lat, Limit, Line, Lon, Whole, Write
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.kit.clock import company_now
from goodword.territory.actions import close_road, open_road
from goodword.territory.queries import closures
from goodword.territory.rules.closures import Place

router = Noun("roads")
BY_START = By("starts_at", datetime)


class ClosureOut(Schema):
    """``counts_from``: since when travel times know of it; null while the roads are being prepared."""

    id: UUID
    name: str
    lat: float
    lon: float
    radius_m: int
    road: str
    starts_at: datetime
    ends_at: datetime | None
    reason: str
    closed_at: datetime
    closed_by: UUID | None
    counts_from: datetime | None
    opened_at: datetime | None
    opened_by: UUID | None


class ClosureIn(Write):
    """Every road within ``radius_m`` of the point; with ``road`` only the one of that name.

    ``starts_at``: now, when left out. ``ends_at``: until somebody opens it, when left out.
    """

    name: Annotated[str, Field(min_length=1, max_length=200)]
    lat: Lat
    lon: Lon
    radius_m: Whole = 30
    road: Line = ""
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    reason: Annotated[str, Field(max_length=500)] = ""


@router.get("/roads/closures", response=Page[ClosureOut])
def list_closures(request: Asked, past: bool = False, after: Cursor = None, limit: Limit = 50) -> Any:
    """Those in force and those to come; with ``past`` all of them."""
    return page(closures(not_over_at=None if past else company_now()), BY_START, after, limit)


@router.post("/roads/closures", response={201: ClosureOut})
def new_closure(request: Asked, body: ClosureIn) -> Any:
    must(request, Verb.ASSIGN)
    place = Place(body.lat, body.lon, body.radius_m, body.road)
    made = close_road(body.name, place, body.starts_at, body.ends_at, body.reason, **door(request, body))
    return Status(201, made)


@router.delete("/roads/closures/{uuid:closure_id}", response=ClosureOut)
def end_closure(request: Asked, closure_id: UUID, command: Annotated[Id, Query()]) -> Any:
    """Open it again. The row stays: it says when the road was closed."""
    must(request, Verb.ASSIGN)
    return open_road(found(closures(), closure_id).id, **door_at(request, command))
