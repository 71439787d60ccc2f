from collections.abc import Iterable, Mapping
from datetime import datetime
from types import EllipsisType
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.queries import branch as branch_by_id
from goodword.customers.actions.contacts import add_contact
from goodword.customers.actions.finding import forget, gathering, reindex
from goodword.customers.actions.sites import add_site
from goodword.customers.errors import CustomerErased, NoSuchCustomer, PayerCircle
from goodword.customers.models import Channel, Contact, Customer, Site
from goodword.customers.queries import family
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.kit.text import clean

PAYERS = 5  # ours: how long a chain of payers may be


@action("customer.add")
def add_customer(
    kind: str,
    name: str,
    branch_id: UUID,
    preferred_name: str = "",
    say_it: str = "",
    payer_id: UUID | None = None,
    contacts: Iterable[Mapping[str, Any]] = (),
    sites: Iterable[Mapping[str, Any]] = (),
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Customer:
    """Somebody we work for, with contacts (arguments of ``add_contact``) and sites (of ``add_site``) in one go.

    A person without any contact given is their own contact.
    """
    if kind not in Customer.Kind.values:
        raise BadInput("kind", _("A customer is a person or a company."))
    customer = Customer(kind=kind, branch=branch_by_id(branch_id), added_at=at)
    customer.call_it(clean(name, "name", needed=True))
    customer.preferred_name = clean(preferred_name, "preferred_name")
    customer.say_it = clean(say_it, "say_it")
    customer.payer = _payer(customer, payer_id)
    customer.save(force_insert=True)
    given = list(contacts)
    if not given and kind == Customer.Kind.PERSON:
        given = [{"name": name, "preferred_name": preferred_name, "say_it": say_it}]
    facts = {"kind": kind, "payer": str(payer_id) if payer_id else None}
    record("customer.added", about=customer, by=by, at=at, command=command, scope=branch_id, facts=facts)
    with gathering(customer):
        for contact in given:
            add_contact(customer.id, **contact, by=by, at=at, command=command)
        for site in sites:
            add_site(customer.id, **site, by=by, at=at, command=command)
    return customer


def _payer(customer: Customer, payer_id: UUID | None) -> Customer | None:
    """Whoever pays for them; refuses a circle (who pays for themselves needs no payer)."""
    if payer_id is None:
        return None
    payer = Customer.objects.filter(id=payer_id, erased_at=None).first()
    if payer is None:
        raise NoSuchCustomer
    link: Customer | None = payer
    for _step in range(PAYERS):
        if link is None:
            return payer
        if link.id == customer.id:
            break
        link = link.payer
    raise PayerCircle(name=customer.name)


@action("customer.change")
def change_customer(
    customer_id: UUID,
    name: str | EllipsisType = ...,
    preferred_name: str | EllipsisType = ...,
    say_it: str | EllipsisType = ...,
    payer_id: UUID | EllipsisType | None = ...,
    branch_id: UUID | EllipsisType = ...,
    kind: str | EllipsisType = ...,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Customer:
    """Change what is given; what is left out stays."""
    customer = present(customer_id)
    if not isinstance(name, EllipsisType):
        customer.call_it(clean(name, "name", needed=True))
    if not isinstance(preferred_name, EllipsisType):
        customer.preferred_name = clean(preferred_name, "preferred_name")
    if not isinstance(say_it, EllipsisType):
        customer.say_it = clean(say_it, "say_it")
    if not isinstance(payer_id, EllipsisType):
        customer.payer = _payer(customer, payer_id)
    if not isinstance(branch_id, EllipsisType):
        customer.branch = branch_by_id(branch_id)
    if not isinstance(kind, EllipsisType):
        if kind not in Customer.Kind.values:
            raise BadInput("kind", _("A customer is a person or a company."))
        customer.kind = kind
    customer.save(update_fields=["name", "sort_key", "preferred_name", "say_it", "payer", "branch", "kind"])
    reindex(customer)
    facts = {"payer": str(customer.payer_id) if customer.payer_id else None, "branch": str(customer.branch_id)}
    record("customer.changed", about=customer, by=by, at=at, command=command, scope=customer.branch_id, facts=facts)
    return customer


def present(customer_id: UUID) -> Customer:
    """The customer, locked; refuses one whose data was erased."""
    customer = Customer.objects.locked(customer_id)
    if customer.erased_at is not None:
        raise CustomerErased
    return customer


@action("customer.erase")
def erase_customer(customer_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Customer:
    """Take away words, names and ways to reach them; ids, branch, times and verdicts stay (P-57).

    Whoever they were merged with is the same person and goes too. Other rooms erase their own words when they hear of
    the event.
    """
    customer = present(customer_id)
    for one in family(customer_id):
        if one != customer_id and (row := Customer.objects.locked(one)).erased_at is None:
            _erase(row, by=by, at=at, command=command)
    return _erase(customer, by=by, at=at, command=command)


def _erase(customer: Customer, *, by: Actor, at: datetime, command: UUID) -> Customer:
    forget(customer)
    customer.name = customer.sort_key = customer.preferred_name = customer.say_it = ""
    customer.erased_at = at
    customer.save(update_fields=["name", "sort_key", "preferred_name", "say_it", "erased_at"])
    Contact.objects.filter(customer=customer).update(name="", preferred_name="", say_it="", ended_at=at)
    for channel in Channel.objects.filter(contact__customer=customer):
        channel.raw = channel.value = channel.label = ""
        channel.ended_at = channel.ended_at or at
        channel.save(update_fields=["raw", "value", "label", "ended_at"])
    blank = dict.fromkeys(
        ("label", "street", "house_number", "unit", "postcode", "access_notes", "parking", "pets", "children",
         "vulnerable", "key_safe", "authorised_entry", "authorised_by"), "",
    )  # fmt: skip
    Site.objects.filter(customer=customer).update(**blank, areas={}, lat=None, lon=None, snap_m=None, ended_at=at)
    record("customer.erased", about=customer, by=by, at=at, command=command, scope=customer.branch_id)
    return customer
