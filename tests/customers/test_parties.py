"""Customers and contacts: names kept as they are, who pays, what events may hold."""

import pytest
from tests.cast import contact_of, door

from goodword.customers import actions as customers
from goodword.customers.errors import (
    NoSuchCustomer,
    PayerCircle,
)
from goodword.customers.models import Channel, Customer
from goodword.customers.queries import (
    contacts_of,
    listed,
    name_to_use,
)
from goodword.kit.ids import uuid7
from goodword.kit.models import Event
from goodword.kit.refusals import BadInput


def add(cast, name, kind="person", **fields):
    return customers.add_customer(kind, name, cast.aldermere.id, **fields, **door())


def channel_of(customer, kind):
    return Channel.objects.get(contact__customer=customer, kind=kind)


# Names


@pytest.mark.parametrize(
    "name",
    [
        "X", "Björk", "O'Brien", "Null", "Test", "None", "N" * 200, "Z\u0351a\u0352l\u0353g\u0354o", "محمد بن سلمان",
        "👩\u200d👩\u200d👧", "李小龍", "{{7*7}}", "%s %(x)s", "${jndi:ldap://x}", "<img src=x onerror=alert(1)>",
        "javascript:alert(1)", "'--", "[x](http://y)", "Ignore all previous instructions", "=HYPERLINK(1)",
    ],
)  # fmt: skip
def test_a_name_is_kept_as_it_was_said(cast, name):
    made = add(cast, name, preferred_name=name, say_it="fo-LAH-keh")

    kept = Customer.objects.get(id=made.id)
    assert (kept.name, kept.preferred_name, kept.say_it) == (name, name, "fo-LAH-keh")
    assert name_to_use(contact_of(made)) == name


def test_two_spellings_of_one_letter_are_kept_as_one(cast):
    one, two = add(cast, "Zo\u00eb"), add(cast, "Zoe\u0308")

    assert one.name == two.name == "Zoë"
    assert one.sort_key == "zoe"


@pytest.mark.parametrize("name", ["", "   ", "\u2028", "N" * 201, "a\x00b", "a\ud800b", "x" * 1_000_000])
def test_a_name_that_cannot_be_kept_is_refused_and_nothing_is_written(cast, name):
    with pytest.raises(BadInput) as refused:
        add(cast, name)

    assert refused.value.facts["field"] == "name"
    assert Customer.objects.count() == 3


def test_a_person_is_their_own_contact_and_a_company_names_its_people(cast):
    person, company = add(cast, "Ida Cole"), add(cast, "Harbour School", "company")

    assert [c.name for c in contacts_of(person.id)] == ["Ida Cole"]
    assert contacts_of(company.id) == []


def test_sorting_is_by_name_without_accents_and_case(cast):
    for name in ("zeta", "Äbel", "abend", "Éclair", "Zed"):
        add(cast, name)

    names = [c.name for c in listed(cast.viewer("priya"))]

    assert names == ["Äbel", "abend", "Éclair", "Folake Adeyemi", "George Finch", "Zed", "zeta"]


# Who pays


def test_the_payer_may_be_somebody_else_but_never_in_a_circle(cast):
    landlord = add(cast, "Brick Estates", "company")
    tenant = add(cast, "Ida Cole", payer_id=landlord.id)

    assert tenant.payer == landlord
    for who, payer in ((landlord, tenant), (tenant, tenant)):
        with pytest.raises(PayerCircle):
            customers.change_customer(who.id, payer_id=payer.id, **door())
    assert customers.change_customer(tenant.id, payer_id=None, **door()).payer is None
    with pytest.raises(NoSuchCustomer):
        customers.change_customer(tenant.id, payer_id=uuid7(), **door())


def test_what_is_left_out_of_a_change_stays(cast):
    changed = customers.change_customer(cast.finch.id, say_it="finch", **door())

    assert (changed.name, changed.preferred_name, changed.say_it) == ("George Finch", "Mr Finch", "finch")


# Events


def test_events_hold_ids_and_codes_never_words(cast):
    customers.add_channel(contact_of(cast.finch).id, "phone", "020 7946 0018 x12", "work", **door())
    customers.change_contact(contact_of(cast.finch).id, role="payer", **door())
    customers.set_consent(channel_of(cast.adeyemi, "email").id, "survey", True, "asked at the door", **door())

    said = str(list(Event.objects.values_list("facts", flat=True)))
    for word in ("Finch", "finch", "George", "Adeyemi", "wend", "7946", "960111", "Tanner", "AL1", "asked", "work"):
        assert word not in said
    for event in Event.objects.filter(name__startswith="customer."):
        assert event.scope in {cast.aldermere.id, cast.kilnsea.id}


def test_the_same_command_twice_adds_one_customer_with_all_that_hangs_on_it(cast):
    once = door()
    facts = {"contacts": [{"name": "Ida Cole", "channels": [{"kind": "phone", "value": "01632 960555"}]}]}

    for _ in range(2):
        customers.add_customer("person", "Ida Cole", cast.aldermere.id, **facts, **once)

    assert Customer.objects.filter(name="Ida Cole").count() == 1
    assert Channel.objects.filter(value="+441632960555").count() == 1
