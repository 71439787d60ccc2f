from collections.abc import Iterable, Mapping
from datetime import datetime
from types import EllipsisType
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.customers.actions.channels import add_channel
from goodword.customers.actions.finding import gathering, reindex
from goodword.customers.errors import CustomerErased
from goodword.customers.models import Contact, Customer
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.kit.text import clean


@action("contact.add")
def add_contact(
    customer_id: UUID,
    name: str,
    preferred_name: str = "",
    say_it: str = "",
    role: str = "customer",
    channels: Iterable[Mapping[str, Any]] = (),
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Contact:
    """Somebody to talk to, with ways to reach them (``channels``: arguments of ``add_channel``)."""
    customer = Customer.objects.locked(customer_id)
    if customer.erased_at is not None:
        raise CustomerErased
    contact = Contact.objects.create(
        customer=customer,
        name=clean(name, "name", needed=True),
        preferred_name=clean(preferred_name, "preferred_name"),
        say_it=clean(say_it, "say_it"),
        role=_role(role),
    )
    facts = {"customer": str(customer.id), "role": role}
    record("contact.added", about=contact, by=by, at=at, command=command, scope=customer.branch_id, facts=facts)
    with gathering(customer):
        for channel in channels:
            add_channel(contact.id, **channel, by=by, at=at, command=command)
    return contact


def _role(role: str) -> str:
    if role not in Contact.Role.values:
        raise BadInput(
            "role", _("Choose who this is: customer, occupant, landlord, manager, site contact, payer, other.")
        )
    return role


@action("contact.change")
def change_contact(
    contact_id: UUID,
    name: str | EllipsisType = ...,
    preferred_name: str | EllipsisType = ...,
    say_it: str | EllipsisType = ...,
    role: str | EllipsisType = ...,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Contact:
    """Change what is given; what is left out stays."""
    contact = Contact.objects.locked(contact_id)
    if contact.customer.erased_at is not None:
        raise CustomerErased
    if not isinstance(name, EllipsisType):
        contact.name = clean(name, "name", needed=True)
    if not isinstance(preferred_name, EllipsisType):
        contact.preferred_name = clean(preferred_name, "preferred_name")
    if not isinstance(say_it, EllipsisType):
        contact.say_it = clean(say_it, "say_it")
    if not isinstance(role, EllipsisType):
        contact.role = _role(role)
    contact.save(update_fields=["name", "preferred_name", "say_it", "role"])
    reindex(contact.customer)
    scope = contact.customer.branch_id
    facts = {"customer": str(contact.customer_id), "role": contact.role}
    record("contact.changed", about=contact, by=by, at=at, command=command, scope=scope, facts=facts)
    return contact


@action("contact.end")
def end_contact(contact_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Contact:
    """They are no longer to be talked to about this customer. What they said and signed stays."""
    contact = Contact.objects.locked(contact_id)
    contact.ended_at = contact.ended_at or at
    contact.save(update_fields=["ended_at"])
    reindex(contact.customer)
    facts = {"customer": str(contact.customer_id)}
    scope = contact.customer.branch_id
    record("contact.ended", about=contact, by=by, at=at, command=command, scope=scope, facts=facts)
    return contact
