"""Whom we talk to, how to reach them, and what they said about being written to."""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema, Status
from pydantic import Field

from goodword.crew.rules import Verb
from goodword.customers import actions as customers
from goodword.customers.models import Channel, Contact
from goodword.customers.queries import channels_visible_in, consents_of, contacts_visible_in
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import customers_seen, door, found, must
from goodword.faces.api.inputs import Body, Line, Write
from goodword.faces.api.router import Noun

router = Noun("contacts")
Roles = Literal["customer", "occupant", "landlord", "manager", "site_contact", "payer", "other"]


class ChannelOut(Schema):
    """``value`` as it is dialled or written to, ``raw`` as it was typed; what they agreed to by purpose."""

    id: UUID
    kind: str
    value: str
    raw: str
    line: str
    label: str
    consents: dict[str, bool]

    @staticmethod
    def resolve_consents(row: Any) -> dict[str, bool]:
        return consents_of(row)


class ContactOut(Schema):
    id: UUID
    customer_id: UUID
    name: str
    preferred_name: str
    say_it: str
    role: str
    channels: list[ChannelOut]


class ChannelIn(Body):
    kind: Literal["phone", "email", "post"]
    value: Annotated[str, Field(min_length=1, max_length=320)]
    label: Annotated[str, Field(max_length=60)] = ""
    service: bool = True


class ContactIn(Body):
    name: Annotated[str, Field(min_length=1, max_length=200)]
    preferred_name: Line = ""
    say_it: Line = ""
    role: Roles = "customer"
    channels: Annotated[list[ChannelIn], Field(max_length=20)] = []

    def as_arguments(self) -> dict[str, Any]:
        return self.model_dump(exclude={"command", "at"})


class NewContactIn(ContactIn, Write):
    pass


class NewChannelIn(ChannelIn, Write):
    pass


class ConsentIn(Write):
    """Every answer is kept; the latest counts."""

    purpose: Literal["service", "marketing", "survey"]
    given: bool
    source: Annotated[str, Field(min_length=1, max_length=60)]


@router.post("/customers/{uuid:customer_id}/contacts", response={201: ContactOut})
def new_contact(request: Asked, customer_id: UUID, body: NewContactIn) -> Any:
    there = found(customers_seen(request), customer_id)
    must(request, Verb.BOOK, there.branch_id)
    return Status(201, customers.add_contact(there.id, **body.as_arguments(), **door(request, body)))


def _contact(request: Asked, contact_id: UUID) -> Contact:
    there = found(contacts_visible_in(customers_seen(request)), contact_id)
    must(request, Verb.BOOK, there.customer.branch_id)
    return there


@router.post("/contacts/{uuid:contact_id}/channels", response={201: ChannelOut})
def new_channel(request: Asked, contact_id: UUID, body: NewChannelIn) -> Any:
    there = _contact(request, contact_id)
    facts = body.model_dump(exclude={"command", "at"})
    return Status(201, customers.add_channel(there.id, **facts, **door(request, body)))


@router.post("/contacts/{uuid:contact_id}/end", response=ContactOut)
def end_contact(request: Asked, contact_id: UUID, body: Write) -> Any:
    """They are no longer to be talked to about this customer."""
    return customers.end_contact(_contact(request, contact_id).id, **door(request, body))


def _channel(request: Asked, channel_id: UUID) -> Channel:
    there = found(channels_visible_in(customers_seen(request)), channel_id)
    must(request, Verb.BOOK, there.contact.customer.branch_id)
    return there


@router.post("/channels/{uuid:channel_id}/consents", response=ChannelOut)
def new_consent(request: Asked, channel_id: UUID, body: ConsentIn) -> Any:
    there = _channel(request, channel_id)
    return customers.set_consent(there.id, body.purpose, body.given, body.source, **door(request, body))


@router.post("/channels/{uuid:channel_id}/end", response=ChannelOut)
def end_channel(request: Asked, channel_id: UUID, body: Write) -> Any:
    """It is not theirs any more; its consents end with it."""
    return customers.end_channel(_channel(request, channel_id).id, **door(request, body))
