from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from goodword.crew.queries import Viewer
from goodword.customers.errors import NoSuchCustomer, NoSuchSite
from goodword.customers.models import Channel, Consent, Contact, Customer, Site

Named = QuerySet[Any] | Iterable[UUID] | None


def visible_to(viewer: Viewer, named: Named = None) -> QuerySet[Customer]:
    """The customers of the branches that the viewer reads, and those in ``named`` (whom their own visits name)."""
    return Customer.objects.filter(seen_by(viewer, named)).select_related("branch")


def seen_by(viewer: Viewer, named: Named = None, to: str = "") -> Q:
    """The condition behind :func:`visible_to`, for a row that leads to its customer by the path ``to``."""
    if viewer.branches is None:
        return Q()
    by_branch = Q(**{f"{to}branch__in": viewer.branches})
    return by_branch if named is None else by_branch | Q(**{f"{to}id__in": named})


def listed(viewer: Viewer, named: Named = None) -> QuerySet[Customer]:
    """Who stands in a list: neither merged away nor erased, by name alike on every server."""
    return visible_to(viewer, named).filter(merged_into=None, erased_at=None).order_by("sort_key", "id")


def customer(customer_id: UUID) -> Customer:
    there = Customer.objects.select_related("branch").filter(id=customer_id).first()
    if there is None:
        raise NoSuchCustomer
    return there


_ROOTS = """
WITH RECURSIVE up AS (
    SELECT id AS start, id, merged_into_id FROM customers_customer WHERE id = ANY(%s)
    UNION ALL
    SELECT up.start, c.id, c.merged_into_id FROM up JOIN customers_customer c ON c.id = up.merged_into_id
)
SELECT start, id FROM up WHERE merged_into_id IS NULL
"""


def roots(ids: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """For each customer the one they are read with: themselves, or whom they were merged into at last."""
    with connection.cursor() as cursor:
        cursor.execute(_ROOTS, [list(ids)])
        return dict(cursor.fetchall())


_FAMILY = """
WITH RECURSIVE up AS (
    SELECT id, merged_into_id FROM customers_customer WHERE id = %s
    UNION
    SELECT c.id, c.merged_into_id FROM up JOIN customers_customer c ON c.id = up.merged_into_id
), down AS (
    SELECT id FROM up WHERE merged_into_id IS NULL
    UNION
    SELECT c.id FROM down JOIN customers_customer c ON c.merged_into_id = down.id
)
SELECT id FROM down ORDER BY id
"""


def family(customer_id: UUID) -> list[UUID]:
    """Every id under which this customer's matters stand, whichever of them one asks with. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_FAMILY, [customer_id])
        return [row[0] for row in cursor.fetchall()] or [customer_id]


def site(site_id: UUID) -> Site:
    there = Site.objects.select_related("customer__branch").filter(id=site_id).first()
    if there is None:
        raise NoSuchSite
    return there


def sites_of(customer_id: UUID) -> list[Site]:
    """The sites of a customer's whole family that are still theirs, in the order they were added."""
    return list(Site.objects.filter(customer__in=family(customer_id), ended_at=None).order_by("added_at", "id"))


def open_sites(customer_ids: Iterable[UUID]) -> list[Site]:
    """The sites of many customers that are still theirs, in the order they were added. One query."""
    rows = Site.objects.filter(customer__in=list(customer_ids), ended_at=None).select_related("customer")
    return list(rows.order_by("added_at", "id"))


def contacts_of(customer_id: UUID) -> list[Contact]:
    """The contacts of the whole family with channels and consents, in three queries and one for the family."""
    return _contacts(family(customer_id))


def _contacts(ids: list[UUID]) -> list[Contact]:
    consents = Prefetch("consents", Consent.objects.order_by("at", "id"))
    channels = Prefetch("channels", Channel.objects.filter(ended_at=None).order_by("id").prefetch_related(consents))
    rows = Contact.objects.filter(customer__in=ids, ended_at=None).select_related("customer")
    return list(rows.order_by("id").prefetch_related(channels))


@dataclass(frozen=True)
class Card:
    """A customer as one looks at them: read with their whole family."""

    customer: Customer
    family: list[UUID]
    contacts: list[Contact]
    sites: list[Site]


def card(viewer: Viewer, customer_id: UUID, named: Named = None) -> Card:
    """Whoever a customer is read with; 404 when not visible. Seven queries, whatever there is."""
    if not visible_to(viewer, named).filter(id=customer_id).exists():
        raise NoSuchCustomer
    ids = family(customer_id)
    root = roots([customer_id])[customer_id]
    shown = visible_to(viewer, named).select_related("payer").filter(id__in=[root, customer_id])
    rows = {row.id: row for row in shown}
    sites = list(Site.objects.filter(customer__in=ids, ended_at=None).order_by("added_at", "id"))
    return Card(rows.get(root, rows[customer_id]), ids, _contacts(ids), sites)
