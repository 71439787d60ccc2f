"""The search entries: written anew whenever what they are made from changes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

import phonenumbers
from django.db import connection
from django.db.models import Prefetch

from goodword.customers.models import Channel, Contact, Customer, SearchEntry, SearchWord, Site
from goodword.customers.rules import number_key, word_list
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.doors import machinery
from goodword.kit.text import clean

Kind = SearchEntry.Kind
OWN = (Kind.NAME, Kind.ADDRESS, Kind.EMAIL, Kind.PHONE, Kind.ALL)
NUMBERS = {Kind.ORDER, Kind.SERIAL}


_gathering: ContextVar[frozenset[UUID]] = ContextVar("gathering", default=frozenset())


@contextmanager
def gathering(customer: Customer) -> Iterator[None]:
    """Inside, nothing of this customer is written to the index; once, when the block ends."""
    token = _gathering.set(_gathering.get() | {customer.id})
    try:
        yield
    finally:
        _gathering.reset(token)
    reindex(customer)


def entry(customer: Customer, kind: str, about: Customer | Contact | Channel | Site, *texts: str) -> SearchEntry:
    shown = ", ".join(t for t in texts if t)
    key = " ".join(word_list(*texts))[:2000]
    return SearchEntry(
        customer=customer, branch_id=customer.branch_id, kind=kind, about_kind=about._meta.model_name or "",
        about_id=about.pk, text=shown[:600], key=key,
    )  # fmt: skip


def entries_of(
    customer: Customer, contacts: Iterable[Contact], channels: Iterable[Channel], sites: Iterable[Site]
) -> list[SearchEntry]:
    """Everything by which a customer can be found; what has ended is left out."""
    found = [entry(customer, Kind.NAME, customer, customer.name, customer.preferred_name)]
    for contact in contacts:
        if contact.ended_at is None and (contact.name, contact.preferred_name) != (
            customer.name,
            customer.preferred_name,
        ):
            found.append(entry(customer, Kind.NAME, contact, contact.name, contact.preferred_name))
    for site in sites:
        if site.ended_at is None:
            found.append(entry(customer, Kind.ADDRESS, site, site.address, site.label))
    whole = entry(customer, Kind.ALL, customer)
    whole.key = " ".join(dict.fromkeys(" ".join(e.key for e in found).split()))[:2000]
    for channel in channels:
        if channel.ended_at is None and channel.kind == Channel.Kind.EMAIL:
            found.append(entry(customer, Kind.EMAIL, channel, channel.value))
        elif channel.ended_at is None and channel.kind == Channel.Kind.PHONE:
            found.append(_phone(customer, channel))
    return [*found, whole]


def _phone(customer: Customer, channel: Channel) -> SearchEntry:
    number = phonenumbers.parse(channel.value.split(";")[0])
    digits = phonenumbers.national_significant_number(number).lstrip("0")
    made = entry(customer, Kind.PHONE, channel)
    made.text, made.key, made.tail = channel.raw, digits, digits[::-1]
    return made


def reindex(customer: Customer) -> None:
    """Write a customer's own entries anew. Orders and serial numbers are written by their rooms."""
    if customer.id in _gathering.get():
        return
    before = _words(customer)
    SearchEntry.objects.filter(customer=customer, kind__in=OWN).delete()
    fresh = entries_of(
        customer,
        Contact.objects.filter(customer=customer).order_by("id"),
        Channel.objects.filter(contact__customer=customer, contact__ended_at=None).order_by("id"),
        Site.objects.filter(customer=customer).order_by("id"),
    )
    SearchEntry.objects.bulk_create(fresh)
    _learn(fresh)
    _unlearn(before - {w for e in fresh for w in e.key.split()})


def _words(customer: Customer) -> set[str]:
    keys = SearchEntry.objects.filter(customer=customer, kind=Kind.ALL).values_list("key", flat=True)
    return {word for key in keys for word in key.split()}


def _learn(entries: Iterable[SearchEntry]) -> None:
    words = {w for e in entries if e.kind == Kind.ALL for w in e.key.split()}
    known = set(SearchWord.objects.filter(word__in=words).values_list("word", flat=True))
    missing = [SearchWord(word=w) for w in sorted(words - known)]
    SearchWord.objects.bulk_create(missing, ignore_conflicts=True)


_UNLEARN = """
DELETE FROM customers_searchword w WHERE w.word = ANY(%s) AND NOT EXISTS (
    SELECT 1 FROM customers_searchentry e WHERE e.kind = 'all' AND e.words @@ quote_literal(w.word)::tsquery
)
"""


def _unlearn(words: set[str]) -> None:
    """Forget words that find nobody any more: a name must not outlive its owner here (G-9)."""
    if words:
        with connection.cursor() as cursor:
            cursor.execute(_UNLEARN, [sorted(words)])


def forget(customer: Customer) -> None:
    before = _words(customer)
    SearchEntry.objects.filter(customer=customer).delete()
    _unlearn(before)


@action("search.index")
def index_words(
    customer_id: UUID,
    branch_id: UUID,
    kind: str,
    about_kind: str,
    about_id: UUID,
    text: str,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> None:
    """Let a room above be found through its customer: an order number, a serial number. Empty text takes it away."""
    SearchEntry.objects.filter(about_id=about_id, kind=kind).delete()
    key = number_key(text)
    if kind not in NUMBERS or not key:
        return
    SearchEntry.objects.create(
        customer_id=customer_id, branch_id=branch_id, kind=kind, about_kind=about_kind, about_id=about_id,
        text=clean(text, "text"), key=key, tail=key[::-1],
    )  # fmt: skip


@machinery("customers.search")
def rebuild_search(batch: int = 500) -> int:
    """Write every customer's own entries anew, after an import or a change of the rules; how many customers."""
    count = 0
    for customers in _batches(batch):
        fresh = [e for c in customers for e in _entries(c)]
        SearchEntry.objects.filter(customer__in=customers, kind__in=OWN).delete()
        SearchEntry.objects.bulk_create(fresh)
        _learn(fresh)
        count += len(customers)
    return count


def _entries(customer: Customer) -> list[SearchEntry]:
    contacts = list(customer.contacts.all())
    channels = [ch for c in contacts if c.ended_at is None for ch in c.channels.all()]
    return entries_of(customer, contacts, channels, customer.sites.all())


def _batches(size: int) -> Iterator[list[Customer]]:
    rows = Customer.objects.filter(erased_at=None).order_by("id")
    rows = rows.prefetch_related(Prefetch("contacts", Contact.objects.order_by("id")), "contacts__channels", "sites")
    last: list[Customer] = list(rows[:size])
    while last:
        yield last
        last = list(rows.filter(id__gt=last[-1].id)[:size])
