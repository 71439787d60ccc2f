"""Who works here, what they may do where, and that it ends the moment they leave."""

import pytest
from django.contrib.auth import authenticate, get_user
from django.test import Client, RequestFactory
from tests.cast import HOURS, door

from goodword.crew import actions as crew
from goodword.crew.errors import BranchNameTaken, CompanyFounded, EmailTaken, LastOwner, NoSuchPerson
from goodword.crew.models import Person
from goodword.crew.queries import device_by_secret, person, roles_of, viewer_of
from goodword.crew.rules import new_secret, sha256_of
from goodword.kit.actions import CommandReused
from goodword.kit.models import Command, Event
from goodword.kit.refusals import BadInput

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "hedge-lantern-42"


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who, backend=BACKEND)
    return client


def who_is(client: Client) -> object:
    request = RequestFactory().get("/")
    request.session = client.session
    return get_user(request)


def let_in(email: str, password: str) -> object:
    return authenticate(RequestFactory().post("/"), email=email, password=password)


# Sign-in


def test_a_person_signs_in_with_their_password_in_any_case_of_the_address(cast):
    crew.set_password(cast.sam.id, PASSWORD, **door())

    assert let_in("SAM@wend.example", PASSWORD) == cast.sam
    assert let_in("sam@wend.example", PASSWORD + "!") is None
    assert person(cast.sam.id).password.startswith("argon2")


def test_every_session_ends_when_a_person_is_disabled(cast):
    crew.set_password(cast.sam.id, PASSWORD, **door())
    phone, desk = signed_in(person(cast.sam.id)), signed_in(person(cast.sam.id))
    assert who_is(phone) == who_is(desk) == cast.sam

    crew.disable_person(cast.sam.id, **door(cast.colm))

    assert who_is(phone).is_anonymous
    assert who_is(desk).is_anonymous
    assert let_in("sam@wend.example", PASSWORD) is None


def test_a_session_that_was_stolen_does_not_come_back_with_the_person(cast):
    stolen = signed_in(person(cast.sam.id))
    crew.disable_person(cast.sam.id, **door())

    again = person(cast.sam.id)
    again.is_active = True

    assert stolen.session["_auth_user_hash"] != again.get_session_auth_hash()


def test_a_lost_phone_is_signed_out_and_the_person_goes_on(cast):
    lost = signed_in(person(cast.sam.id))

    crew.end_sessions(cast.sam.id, **door(cast.sam))

    assert who_is(lost).is_anonymous
    assert who_is(signed_in(person(cast.sam.id))) == cast.sam


def test_a_new_password_ends_the_sessions_of_the_old_one(cast):
    before = signed_in(person(cast.sam.id))

    crew.set_password(cast.sam.id, PASSWORD, **door())

    assert who_is(before).is_anonymous


@pytest.mark.parametrize("weak", ["", "short", "password123", "1234567890", "sam@wend.example"])
def test_a_weak_password_is_refused_in_words(cast, weak):
    with pytest.raises(BadInput) as refused:
        crew.set_password(cast.sam.id, weak, **door())

    assert refused.value.facts["field"] == "password"


def test_a_password_leaves_no_quick_hash_behind(cast):
    """The command's digest is a plain SHA-256: the password must not be in it, or it could be guessed from there."""
    one, two = door(), door()
    crew.set_password(cast.sam.id, PASSWORD, **one)
    crew.set_password(cast.sam.id, "another-lantern-7", **two)

    digests = set(Command.objects.filter(id__in=[one["command"], two["command"]]).values_list("digest", flat=True))
    assert len(digests) == 1


# Adding and changing


def test_what_is_typed_is_kept_and_the_event_holds_codes_only(cast):
    roles, skills = [("technician", cast.aldermere.id)], [("plumbing", 3)]
    made = crew.add_person(
        "Lucy@Wend.Example", " Lucy  Brandt ", None, roles, skills, "01632 960400", "", (52.4, -1.7), **door(cast.ruth)
    )

    event = Event.objects.get(about_id=made.id)
    assert (made.email, made.name, made.base_lat) == ("lucy@wend.example", "Lucy Brandt", 52.4)
    assert event.facts == {"roles": [["technician", str(cast.aldermere.id)]], "skills": [["plumbing", 3]]}
    assert (event.name, event.scope, event.by_id) == ("person.added", cast.aldermere.id, cast.ruth.id)


def test_the_same_command_twice_adds_one_person(cast):
    once = door()
    first = crew.add_person("lucy@wend.example", "Lucy Brandt", **once)

    assert crew.add_person("lucy@wend.example", "Lucy Brandt", **once) == first
    with pytest.raises(CommandReused):
        crew.add_person("lucy@wend.example", "Lucy Grant", **once)
    assert Event.objects.filter(about_id=first.id).count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "sam"}, "email"),
        ({"email": "a@b.example\r\nBcc: x"}, "email"),
        ({"name": " "}, "name"),
        ({"name": "x\x00"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"roles": [("king", None)]}, "roles"),
        ({"skills": ["juggling"]}, "skills"),
        ({"base": (0.0, 0.0)}, "lat"),
        ({"base": (95.0, 0.0)}, "lat"),
    ],
)
def test_what_cannot_be_is_refused_and_says_which_field(cast, fields, field):
    with pytest.raises(BadInput) as refused:
        crew.add_person(**{"email": "new@wend.example", "name": "New"} | fields, **door())

    assert refused.value.facts["field"] == field
    assert not Person.objects.filter(name="New").exists()


def test_an_address_belongs_to_one_person(cast):
    with pytest.raises(EmailTaken, match=r"sam@wend\.example"):
        crew.add_person("SAM@wend.example", "Another Sam", **door())


@pytest.mark.parametrize(
    "name", ["O'Brien", "Null", "X", "Žofie Dvořáková", "محمد", "李", "{{7*7}}", "<img onerror=x>", "%s"]
)
def test_names_are_kept_as_they_are(cast, name):
    assert crew.add_person("new@wend.example", name, **door()).name == name


def test_the_last_owner_stays(cast):
    with pytest.raises(LastOwner, match="Ruth Wend"):
        crew.disable_person(cast.ruth.id, **door())
    with pytest.raises(LastOwner):
        crew.set_roles(cast.ruth.id, [("office", None)], **door())

    crew.set_roles(cast.colm.id, [("owner", None)], **door())
    crew.disable_person(cast.ruth.id, **door())

    assert not person(cast.ruth.id).is_active


def test_roles_and_skills_are_replaced_as_a_whole(cast):
    crew.set_roles(cast.sam.id, [("technician", cast.kilnsea.id), ("office", cast.aldermere.id)], **door())
    crew.set_skills(cast.sam.id, ["cooling"], **door())

    assert roles_of(cast.sam.id) == [("office", cast.aldermere.id), ("technician", cast.kilnsea.id)]
    assert [s.skill_id for s in cast.sam.skills.all()] == ["cooling"]


def test_a_house_has_one_company_and_each_branch_its_own_name(cast):
    with pytest.raises(CompanyFounded, match="Wend & Daughters"):
        crew.found_company("Another", **door())
    with pytest.raises(BranchNameTaken):
        crew.add_branch("ALDERMERE", "x", 52.4, -1.7, "Europe/London", "", "", HOURS, **door())


@pytest.mark.parametrize(
    "fields", [{"currency": "pounds"}, {"phone_region": "UK"}, {"zone": "Europe/Atlantis"}, {"tax_percent": "NaN"},
               {"tax_percent": -1}, {"tax_percent": "1e99"}, {"locale": "English"}, {"name": ""}],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(cast, fields):
    good = {
        "name": "W",
        "locale": "de",
        "currency": "EUR",
        "tax_percent": "7.7",
        "phone_region": "DE",
        "zone": "Europe/Berlin",
    }
    crew.change_company(**good, **door())

    with pytest.raises(BadInput):
        crew.change_company(**good | fields, **door())


# Devices


def test_a_device_of_a_disabled_person_still_delivers_and_an_ended_one_does_not(cast):
    secret = new_secret()
    made = crew.pair_device(cast.sam.id, "Sam's phone", ["read", "stage"], sha256_of(secret), **door(cast.sam))
    crew.disable_person(cast.sam.id, **door())

    held = device_by_secret(secret)
    assert held == made
    assert (held.person.is_active, viewer_of(held.person, held.scopes).branches) == (False, frozenset())
    crew.end_device(made.id, **door())
    assert device_by_secret(secret) is None
    assert device_by_secret("guess") is None


def test_a_device_gets_only_rights_that_exist(cast):
    with pytest.raises(BadInput, match="no scope"):
        crew.pair_device(cast.sam.id, "phone", ["everything"], sha256_of("x"), **door())


def test_nobody_is_nobody(cast):
    for action in (crew.disable_person, crew.end_sessions):
        with pytest.raises(NoSuchPerson):
            action(cast.aldermere.id, **door())
