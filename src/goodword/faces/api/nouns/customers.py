"""Customers: people and companies, merged or not, and the one search."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Schema, Status
from pydantic import Field

from goodword.crew import queries as crew
from goodword.crew.rules import Verb
from goodword.customers import actions as customers
from goodword.customers.models import Customer
from goodword.customers.queries import card, search
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import customers_seen, door, found, must, who
from goodword.faces.api.inputs import Cursor, Id, Limit, Line, Write
from goodword.faces.api.nouns.contacts import ContactIn, ContactOut
from goodword.faces.api.nouns.sites import SiteIn, SiteOut
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.visits.queries import customer_ids_of

router = Noun("customers")
BY_NAME = By("sort_key", str)


class CustomerOut(Schema):
    id: UUID
    kind: str
    name: str
    preferred_name: str
    say_it: str
    branch_id: UUID
    payer_id: UUID | None
    merged_into_id: UUID | None
    added_at: datetime


class CardOut(CustomerOut):
    """A customer read with everybody who was merged into them."""

    family: list[UUID]
    contacts: list[ContactOut]
    sites: list[SiteOut]


class CustomerIn(Write):
    """With contacts and sites in one go; a person without any contact is their own."""

    kind: Literal["person", "company"]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    branch_id: Id
    preferred_name: Line = ""
    say_it: Line = ""
    payer_id: Id | None = None
    contacts: Annotated[list[ContactIn], Field(max_length=20)] = []
    sites: Annotated[list[SiteIn], Field(max_length=20)] = []


class CustomerChange(Write):
    """What is left out stays."""

    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    preferred_name: Line | None = None
    say_it: Line | None = None


class PayerIn(Write):
    """Who pays for them; null: they themselves."""

    payer_id: Id | None


class MergeIn(Write):
    winner_id: Id


class HitOut(Schema):
    """A customer, and the thing by which they were found. ``sure`` is false for a guess at a typo."""

    customer: CustomerOut
    kind: str
    about_kind: str
    about_id: UUID
    text: str
    sure: bool


@router.get("/customers", response=Page[CustomerOut])
def list_customers(request: Asked, after: Cursor = None, limit: Limit = 50) -> Any:
    return page(customers_seen(request).filter(merged_into=None, erased_at=None), BY_NAME, after, limit)


@router.get("/customers/{uuid:customer_id}", response=CardOut)
def customer(request: Asked, customer_id: UUID) -> Any:
    viewer = who(request)
    named = customer_ids_of(viewer) if viewer.is_technician else None
    seen = card(viewer, customer_id, named)
    shown = {f: getattr(seen.customer, f) for f in CustomerOut.model_fields}
    return shown | {"family": seen.family, "contacts": seen.contacts, "sites": seen.sites}


@router.post("/customers", response={201: CustomerOut})
def new_customer(request: Asked, body: CustomerIn) -> Any:
    branch = found(crew.branches_visible_to(who(request)), body.branch_id)
    must(request, Verb.BOOK, branch.id)
    _payer(request, body.payer_id)
    made = customers.add_customer(
        body.kind,
        body.name,
        branch.id,
        body.preferred_name,
        body.say_it,
        body.payer_id,
        [c.as_arguments() for c in body.contacts],
        [s.as_arguments() for s in body.sites],
        **door(request, body),
    )
    return Status(201, made)


def _payer(request: Asked, payer_id: UUID | None) -> None:
    if payer_id is not None:
        found(customers_seen(request), payer_id)


def to_change(request: Asked, customer_id: UUID, verb: Verb = Verb.BOOK) -> Customer:
    """A visible customer whose branch the caller has the verb in."""
    there = found(customers_seen(request), customer_id)
    must(request, verb, there.branch_id)
    return there


@router.patch("/customers/{uuid:customer_id}", response=CustomerOut)
def change_customer(request: Asked, customer_id: UUID, body: CustomerChange) -> Any:
    there = to_change(request, customer_id)
    given = body.model_dump(exclude={"command", "at"}, exclude_none=True)
    return customers.change_customer(there.id, **given, **door(request, body))


@router.post("/customers/{uuid:customer_id}/payer", response=CustomerOut)
def new_payer(request: Asked, customer_id: UUID, body: PayerIn) -> Any:
    there = to_change(request, customer_id)
    _payer(request, body.payer_id)
    return customers.change_customer(there.id, payer_id=body.payer_id, **door(request, body))


@router.post("/customers/{uuid:customer_id}/merge", response=CustomerOut)
def merge(request: Asked, customer_id: UUID, body: MergeIn) -> Any:
    """This customer and the winner are one: everything is read with the winner. Nothing is moved."""
    loser = to_change(request, customer_id, Verb.MERGE)
    winner = to_change(request, body.winner_id, Verb.MERGE)
    return customers.merge(loser.id, winner.id, **door(request, body))


@router.post("/customers/{uuid:customer_id}/unmerge", response=CustomerOut)
def unmerge(request: Asked, customer_id: UUID, body: Write) -> Any:
    return customers.unmerge(to_change(request, customer_id, Verb.MERGE).id, **door(request, body))


@router.get("/search", response=list[HitOut])
def find(
    request: Asked,
    q: Annotated[str, Query(max_length=200)],
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Any:
    """By phone, name, address, work order or serial number; best first."""
    viewer = who(request)
    named = customer_ids_of(viewer) if viewer.is_technician else None
    return search(viewer, q, limit, named)
