"""One person under two names, erasing, hints and the card of a whole family."""

import pytest
from tests.cast import door, queries

from goodword.customers import actions as customers
from goodword.customers.errors import (
    AlreadyMerged,
    CustomerErased,
    MergedWithItself,
    NoSuchContact,
    NoSuchCustomer,
    NotMerged,
)
from goodword.customers.models import Channel, Contact, Customer, Site
from goodword.customers.queries import (
    alike,
    card,
    contact_to_write,
    contacts_of,
    family,
    listed,
    roots,
    sites_of,
)
from goodword.kit.ids import uuid7
from goodword.kit.models import Event
from goodword.kit.refusals import NotFound


def add(cast, name, kind="person", **fields):
    return customers.add_customer(kind, name, cast.aldermere.id, **fields, **door())


def channel_of(customer, kind):
    return Channel.objects.get(contact__customer=customer, kind=kind)


# Merging


def test_a_merge_moves_nothing_and_an_unmerge_gives_each_their_own_again(cast):
    twin = add(cast, "G. Finch", sites=[{"street": "Quay Street", "house_number": "1"}])
    rows = list(Site.objects.order_by("id").values_list("id", "customer"))

    customers.merge(twin.id, cast.finch.id, **door(cast.hanna))

    assert family(twin.id) == family(cast.finch.id) == sorted([twin.id, cast.finch.id])
    assert {s.street for s in sites_of(cast.finch.id)} == {"Weir Lane", "Quay Street"}
    assert {c.name for c in contacts_of(twin.id)} == {"George Finch", "G. Finch"}
    assert list(Site.objects.order_by("id").values_list("id", "customer")) == rows
    assert twin.id not in {c.id for c in listed(cast.viewer("priya"))}

    customers.unmerge(twin.id, **door(cast.hanna))

    assert family(cast.finch.id) == [cast.finch.id]
    assert [s.street for s in sites_of(cast.finch.id)] == ["Weir Lane"]
    assert [e.name for e in Event.objects.filter(about_id=twin.id).order_by("id")][-2:] == [
        "customer.merged",
        "customer.unmerged",
    ]


def test_a_family_of_families_is_read_as_one(cast):
    a, b, c = (add(cast, name) for name in ("A Cole", "B Cole", "C Cole"))
    customers.merge(a.id, b.id, **door())
    customers.merge(b.id, c.id, **door())

    everybody = sorted([a.id, b.id, c.id])
    assert family(a.id) == family(b.id) == family(c.id) == everybody
    assert roots([a.id, b.id, c.id]) == dict.fromkeys([a.id, b.id, c.id], c.id)
    customers.unmerge(b.id, **door())
    assert family(a.id) == sorted([a.id, b.id])
    assert family(c.id) == [c.id]


def test_a_merge_that_cannot_be_is_refused(cast):
    a, b = add(cast, "A Cole"), add(cast, "B Cole")
    with pytest.raises(MergedWithItself):
        customers.merge(a.id, a.id, **door())
    with pytest.raises(NotMerged):
        customers.unmerge(a.id, **door())
    customers.merge(a.id, b.id, **door())

    for loser, winner in ((a, cast.finch), (b, a), (cast.finch, a)):
        with pytest.raises(AlreadyMerged):
            customers.merge(loser.id, winner.id, **door())
    with pytest.raises(NoSuchCustomer):
        customers.merge(b.id, uuid7(), **door())


# Erasing


def test_erasing_takes_every_word_and_leaves_the_bones(cast):
    customers.erase_customer(cast.adeyemi.id, **door(cast.ruth))

    rows = [
        *Customer.objects.filter(id=cast.adeyemi.id).values(),
        *Contact.objects.filter(customer=cast.adeyemi).values(),
        *Channel.objects.filter(contact__customer=cast.adeyemi).values(),
        *Site.objects.filter(customer=cast.adeyemi).values(),
    ]
    said = str(rows)
    assert not [w for w in ("Adeyemi", "adeyemi", "Folake", "Tanner", "960111", "52.404") if w in said]
    assert rows[0]["branch_id"] == cast.aldermere.id
    assert contact_to_write(cast.adeyemi.id, "service")[1] is None
    for late in (
        lambda: customers.change_customer(cast.adeyemi.id, name="x", **door()),
        lambda: customers.add_contact(cast.adeyemi.id, "x", **door()),
        lambda: customers.add_site(cast.adeyemi.id, "x", **door()),
        lambda: customers.merge(cast.adeyemi.id, cast.finch.id, **door()),
    ):
        with pytest.raises(CustomerErased):
            late()


# Hints and cards


def test_who_has_this_number_or_address_already_is_said_while_adding(cast):
    see = cast.viewer("priya")

    assert alike(see, [("phone", "0044 7700 900 222")]) == [cast.finch]
    assert alike(see, [("email", "FINCH@post.example"), ("phone", "01632 960111")]) == [cast.adeyemi, cast.finch]
    assert alike(see, [("phone", "nonsense"), ("email", "nonsense"), ("post", "x")]) == []
    assert alike(cast.viewer("tom"), [("phone", "07700 900222")]) == []


def test_a_card_shows_the_whole_family_and_costs_the_same_for_one_as_for_many(cast):
    for n in range(4):
        twin = add(cast, f"Twin {n}", contacts=[{"name": "T", "channels": [{"kind": "post", "value": f"Box {n}"}]}])
        customers.merge(twin.id, cast.finch.id, **door())
    see = cast.viewer("priya")

    with queries(at_most=8):
        shown = card(see, twin.id)
        assert len([c.consents.all() for who in shown.contacts for c in who.channels.all()]) == 6
    assert (shown.customer, len(shown.family), len(shown.contacts)) == (cast.finch, 5, 5)
    with pytest.raises(NotFound):
        card(cast.viewer("tom"), cast.finch.id)


def test_a_list_of_customers_costs_one_query(cast):
    see = cast.viewer("priya")
    with queries(at_most=1):
        assert {c.branch.name for c in listed(see)} == {"Aldermere"}


@pytest.mark.parametrize("action", [customers.change_contact, customers.end_contact])
def test_a_contact_who_is_not_there_is_said_to_be_not_there(cast, action):
    with pytest.raises(NoSuchContact):
        action(uuid7(), **door())
