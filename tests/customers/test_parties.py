"""Customers, contacts, channels and consent; one person under two names; names kept as they are."""

import pytest
from tests.cast import NOW, contact_of, door, minutes, queries

from goodword.customers import actions as customers
from goodword.customers.errors import (
    AlreadyMerged,
    ChannelKnown,
    CustomerErased,
    MergedWithItself,
    NoSuchContact,
    NoSuchCustomer,
    NotMerged,
    PayerCircle,
)
from goodword.customers.models import Channel, Consent, Contact, Customer, Site
from goodword.customers.queries import (
    alike,
    card,
    contact_to_write,
    contacts_of,
    family,
    listed,
    may_write,
    name_to_use,
    roots,
    sites_of,
)
from goodword.kit.ids import uuid7
from goodword.kit.models import Event
from goodword.kit.refusals import BadInput, NotFound


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


# Channels


def test_a_channel_keeps_what_was_typed_beside_what_is_dialled(cast):
    made = customers.add_channel(contact_of(cast.finch).id, "phone", " (020) 7946-0018 ext 12 ", **door())

    assert (made.raw, made.value, made.line) == ("(020) 7946-0018 ext 12", "+442079460018;ext=12", "landline")


def test_one_contact_has_a_number_once_and_others_may_share_it(cast):
    finch = contact_of(cast.finch)
    with pytest.raises(ChannelKnown, match="George Finch"):
        customers.add_channel(finch.id, "phone", "07700 900222", **door())

    customers.add_channel(contact_of(cast.adeyemi).id, "phone", "07700 900222", **door())


def test_an_ended_number_can_be_given_again(cast):
    customers.end_channel(channel_of(cast.finch, "phone").id, **door())

    customers.add_channel(contact_of(cast.finch).id, "phone", "07700 900222", **door())


@pytest.mark.parametrize(
    ("kind", "value"), [("fax", "1"), ("phone", "none"), ("email", "none"), ("post", " "), ("", "")]
)
def test_a_channel_that_cannot_be_is_refused_and_nothing_is_written(cast, kind, value):
    before = Channel.objects.count(), Event.objects.count()

    with pytest.raises(BadInput):
        customers.add_channel(contact_of(cast.finch).id, kind, value, **door())

    assert (Channel.objects.count(), Event.objects.count()) == before


# Consent and whom to write to


def test_one_is_written_to_by_mail_first(cast):
    contact, channel = contact_to_write(cast.adeyemi.id, "service")

    assert (contact.name, channel.value) == ("Folake Adeyemi", "folake@adeyemi.example")
    assert name_to_use(contact) == "Mrs Adeyemi"


def test_without_a_yes_for_a_purpose_there_is_nobody_to_write_to_only_to_call(cast):
    assert contact_to_write(cast.adeyemi.id, "marketing") == (contact_of(cast.adeyemi), None)


def test_the_next_allowed_channel_is_used_when_a_consent_is_withdrawn(cast):
    mobile = customers.add_channel(contact_of(cast.adeyemi).id, "phone", "07400 123456", **door())
    mail = channel_of(cast.adeyemi, "email")

    customers.set_consent(mail.id, "service", False, "by phone", **door())

    assert contact_to_write(cast.adeyemi.id, "service")[1] == mobile
    assert contact_to_write(cast.adeyemi.id, "service", kinds=["email"])[1] is None
    assert not may_write(mail.id, "service")
    assert may_write(mobile.id, "service")


def test_the_latest_word_counts_and_every_word_is_kept(cast):
    mail = channel_of(cast.adeyemi, "email")
    for n, given in enumerate((False, True, False, True)):
        customers.set_consent(mail.id, "service", given, "by phone", **door(when=NOW + minutes(n)))

    assert may_write(mail.id, "service")
    assert Consent.objects.filter(channel=mail).count() == 5
    assert [e.name for e in Event.objects.filter(about_id=mail.id).order_by("id")][-2:] == [
        "consent.withdrawn",
        "consent.given",
    ]


def test_a_word_that_arrives_late_does_not_override_a_later_one(cast):
    mail = channel_of(cast.adeyemi, "email")
    customers.set_consent(mail.id, "survey", False, "by phone", **door(when=NOW + minutes(10)))

    customers.set_consent(mail.id, "survey", True, "at the door, synced later", **door(when=NOW + minutes(5)))

    assert not may_write(mail.id, "survey")


def test_mail_that_came_back_is_passed_over_until_it_works_again(cast):
    mail = channel_of(cast.adeyemi, "email")
    customers.bounce_channel(mail.id, **door())
    assert contact_to_write(cast.adeyemi.id, "service")[1] is None

    customers.bounce_channel(mail.id, False, **door())

    assert contact_to_write(cast.adeyemi.id, "service")[1] == mail


def test_a_landline_is_never_written_to(cast):
    made = add(cast, "Ida Cole", contacts=[{"name": "Ida", "channels": [{"kind": "phone", "value": "020 7946 0018"}]}])

    assert contact_to_write(made.id, "service")[1] is None


def test_a_number_that_somebody_else_had_starts_without_their_consents(cast):
    old = channel_of(cast.finch, "phone")
    customers.set_consent(old.id, "marketing", True, "on paper", **door())
    customers.end_channel(old.id, **door())

    new = customers.add_channel(contact_of(cast.adeyemi).id, "phone", "07700 900222", **door())

    assert not may_write(old.id, "marketing")
    assert not may_write(new.id, "marketing")


def test_the_contact_who_was_asked_for_comes_first(cast):
    head, care = ([{"kind": "email", "value": f"{who}@school.example"}] for who in ("head", "care"))
    people = [{"name": "Head", "channels": head}, {"name": "Caretaker", "role": "site_contact", "channels": care}]
    school = add(cast, "Harbour School", "company", contacts=people)
    caretaker = Contact.objects.get(name="Caretaker")

    assert contact_to_write(school.id, "service")[0].name == "Head"
    assert contact_to_write(school.id, "service", caretaker.id)[0] == caretaker
    customers.end_contact(caretaker.id, **door())
    assert contact_to_write(school.id, "service", caretaker.id)[0].name == "Head"


@pytest.mark.parametrize("purpose", ["", "spam", "Service"])
def test_a_purpose_that_does_not_exist_is_refused(cast, purpose):
    with pytest.raises(BadInput):
        customers.set_consent(channel_of(cast.finch, "email").id, purpose, True, "by phone", **door())


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
