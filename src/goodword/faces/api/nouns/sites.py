"""Where we work, and what one must know at the door."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema, Status
from pydantic import Field

from goodword.crew.rules import Verb
from goodword.customers import actions as customers
from goodword.customers.models import Site
from goodword.customers.queries import sites_visible_in
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import customers_seen, door, found, must, must_any
from goodword.faces.api.inputs import Body, Lat, Line, Lon, Words, Write
from goodword.faces.api.router import Noun

router = Noun("sites")


class SiteOut(Schema):
    """An empty text is "not asked yet", never "none"."""

    id: UUID
    customer_id: UUID
    label: str
    address: str
    street: str
    house_number: str
    unit: str
    postcode: str
    city: str
    country: str
    lat: float | None
    lon: float | None
    accuracy: str
    snap_m: float | None
    zone: str
    access_notes: str
    parking: str
    pets: str
    children: str
    vulnerable: str
    areas: dict[str, Any]
    key_safe: str
    authorised_entry: str
    authorised_by: str
    confirmed_at: datetime | None
    ended_at: datetime | None


class FactsIn(Body):
    """What is left out stays as it is."""

    access_notes: Words | None = None
    parking: Words | None = None
    pets: Words | None = None
    children: Words | None = None
    vulnerable: Words | None = None
    key_safe: Words | None = None
    authorised_entry: Words | None = None
    authorised_by: Line | None = None
    areas: Annotated[dict[str, Any], Field(max_length=20)] | None = None

    def given(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True)


class SiteIn(Body):
    street: Line = ""
    house_number: Annotated[str, Field(max_length=40)] = ""
    unit: Annotated[str, Field(max_length=60)] = ""
    postcode: Annotated[str, Field(max_length=20)] = ""
    city: Annotated[str, Field(max_length=120)] = ""
    country: Annotated[str, Field(max_length=2)] = ""
    lat: Lat | None = None
    lon: Lon | None = None
    accuracy: Literal["rooftop", "interpolated", "street", "town", "pin", "unknown"] = "unknown"
    snap_m: Annotated[float, Field(ge=0, le=1e7)] | None = None
    zone: Annotated[str, Field(max_length=60)] = ""
    label: Annotated[str, Field(max_length=120)] = ""
    facts: FactsIn = FactsIn()

    def as_arguments(self) -> dict[str, Any]:
        return self.model_dump(exclude={"command", "at", "facts"}) | {"facts": self.facts.given()}


class NewSiteIn(SiteIn, Write):
    pass


class NewFactsIn(Write):
    """``confirmed``: somebody who lives or works there said that this is so now."""

    facts: FactsIn
    confirmed: bool = False


@router.post("/customers/{uuid:customer_id}/sites", response={201: SiteOut})
def new_site(request: Asked, customer_id: UUID, body: NewSiteIn) -> Any:
    there = found(customers_seen(request), customer_id)
    must(request, Verb.BOOK, there.branch_id)
    return Status(201, customers.add_site(there.id, **body.as_arguments(), **door(request, body)))


def _site(request: Asked, site_id: UUID) -> Site:
    return found(sites_visible_in(customers_seen(request)), site_id)


@router.get("/sites/{uuid:site_id}", response=SiteOut)
def site(request: Asked, site_id: UUID) -> Any:
    return _site(request, site_id)


@router.post("/sites/{uuid:site_id}/facts", response=SiteOut)
def new_site_facts(request: Asked, site_id: UUID, body: NewFactsIn) -> Any:
    """Whoever books may write them, and the technician at the door."""
    there = _site(request, site_id)
    must_any(request, there.customer.branch_id, Verb.BOOK, Verb.STAGE)
    return customers.set_site_facts(there.id, body.facts.given(), body.confirmed, **door(request, body))


@router.post("/sites/{uuid:site_id}/end", response=SiteOut)
def end_site(request: Asked, site_id: UUID, body: Write) -> Any:
    """The customer has moved away. Its past stays; it is no longer offered."""
    there = _site(request, site_id)
    must(request, Verb.BOOK, there.customer.branch_id)
    return customers.end_site(there.id, **door(request, body))
