"""Channels and consent: whom one writes to, where, and whether one may."""

import pytest
from tests.cast import NOW, contact_of, door, minutes

from goodword.customers import actions as customers
from goodword.customers.errors import (
    ChannelKnown,
)
from goodword.customers.models import Channel, Consent, Contact
from goodword.customers.queries import (
    contact_to_write,
    may_write,
    name_to_use,
)
from goodword.kit.models import Event
from goodword.kit.refusals import BadInput


def add(cast, name, kind="person", **fields):
    return customers.add_customer(kind, name, cast.aldermere.id, **fields, **door())


def channel_of(customer, kind):
    return Channel.objects.get(contact__customer=customer, kind=kind)


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
    ended = channel_of(cast.finch, "phone")
    customers.end_channel(ended.id, **door())

    again = customers.add_channel(contact_of(cast.finch).id, "phone", "07700 900222", **door())
    assert (again.value, again.id == ended.id) == (ended.value, False)


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
