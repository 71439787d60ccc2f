"""Points on the map and addresses of the bad-input catalogue."""

from math import inf, nan

import pytest
from tests.cast import NOW, door, site_of

from goodword.customers import actions as customers
from goodword.customers.models import Site
from goodword.customers.rules import check_point, distance_m
from goodword.kit.models import Event
from goodword.kit.refusals import BadInput

ALDERMERE = (52.401, -1.702)


@pytest.mark.parametrize(("lat", "lon"), [(52.404, -1.705), (None, None), (-33.86, 151.2), (64.1, -21.9), (0.0, 9.45)])
def test_a_point_on_earth_or_none_yet_is_taken(lat, lon):
    assert check_point(lat, lon, ALDERMERE) is None  # nothing is refused


def test_an_exchanged_latitude_and_longitude_is_recognised_by_the_branch():
    with pytest.raises(BadInput, match="Exchange them"):
        check_point(-1.705, 52.404, ALDERMERE)
    with pytest.raises(BadInput, match="Exchange them"):
        check_point(151.2, -33.86, (-33.87, 151.2))


def test_null_island_is_an_address_that_was_not_found():
    with pytest.raises(BadInput, match="was not found"):
        check_point(0.0, 0.0, ALDERMERE)


@pytest.mark.parametrize(
    ("lat", "lon"), [(91, 0), (0, 181), (nan, 1), (1, inf), (52.4, None), (None, -1.7), (1e308, 1e308)]
)
def test_half_a_point_or_one_off_the_earth_is_refused(lat, lon):
    with pytest.raises(BadInput):
        check_point(lat, lon, ALDERMERE)


def test_the_date_line_is_no_wall():
    assert distance_m((-16.8, 179.99), (-16.8, -179.99)) < 2_200
    check_point(-16.8, -179.99, (-16.8, 179.99))


@pytest.mark.parametrize(
    "address",
    [
        {"street": "Weir Lane"},  # no number
        {"street": "PO Box 77", "city": "Aldermere"},
        {"street": "RR 2 Box 14", "city": "Kilnsea"},
        {"street": "Mill Street", "house_number": "12½"},
        {"unit": "Flat 3", "house_number": "12", "street": "Mill Street"},
        {"street": "Mill Street", "house_number": "3-5", "city": "St. Osyth's"},
        {"street": "Rue de l'Église", "city": "Basel", "country": "ch", "postcode": ""},
        {"label": "9C4W5JH2+QX"},  # a plus code
        {"city": "Aldermere", "postcode": "WRONG"},
    ],
)
def test_addresses_of_every_kind_are_kept_as_they_were_written(cast, address):
    site = customers.add_site(cast.finch.id, **address, **door())

    kept = Site.objects.get(id=site.id)
    assert {k: getattr(kept, k) for k in address} == address | ({"country": "CH"} if "country" in address else {})
    assert kept.zone == "Europe/London"
    assert (kept.lat, kept.accuracy) == (None, "unknown")


@pytest.mark.parametrize(
    "address", [{}, {"house_number": "3"}, {"street": " "}, {"street": "x" * 201}, {"street": "a\x00"}]
)
def test_an_address_that_nobody_could_find_is_refused(cast, address):
    with pytest.raises(BadInput):
        customers.add_site(cast.finch.id, **address, **door())


@pytest.mark.parametrize("fields", [{"country": "XX"}, {"country": "Great Britain"}, {"zone": "Europe/Atlantis"},
                                    {"zone": "+01:00"}, {"zone": "../etc/passwd"},
                                    {"accuracy": "perfect"}])  # fmt: skip
def test_a_country_a_zone_or_an_accuracy_that_does_not_exist_is_refused(cast, fields):
    with pytest.raises(BadInput):
        customers.add_site(cast.finch.id, "Weir Lane", **fields, **door())


def test_who_moves_house_keeps_the_old_site_with_its_past(cast):
    old = site_of(cast.finch)
    new = customers.add_site(cast.finch.id, "Quay Street", "1", city="Kilnsea", **door())

    customers.end_site(old.id, **door())

    assert Site.objects.get(id=old.id).street == "Weir Lane"
    assert [s.ended_at for s in Site.objects.filter(customer=cast.finch).order_by("id")] == [NOW, None]
    assert new.ended_at is None


def test_what_one_must_know_at_the_door_is_kept_and_confirmed_by_whom(cast):
    facts = {"pets": "dog “Biscuit”", "children": "a baby upstairs", "areas": {"work": "kitchen", "materials": "hall"}}

    site = customers.set_site_facts(site_of(cast.adeyemi).id, facts, True, **door(cast.sam))

    event = Event.objects.get(name="site_facts.confirmed")
    assert (site.pets, site.areas["work"], site.confirmed_at, site.confirmed_by) == (
        "dog “Biscuit”", "kitchen", NOW, cast.sam.id,
    )  # fmt: skip
    assert event.facts == {"customer": str(cast.adeyemi.id), "fields": ["areas", "children", "pets"]}
    assert site.parking == ""  # not asked yet: unknown, never "none"


def test_what_was_not_confirmed_does_not_say_so(cast):
    site = customers.set_site_facts(site_of(cast.adeyemi).id, {"parking": "on the hill"}, **door(cast.sam))

    assert site.confirmed_at is None
    assert not Event.objects.filter(name="site_facts.confirmed").exists()


def test_entering_without_anybody_there_needs_the_name_of_who_allowed_it(cast):
    where = site_of(cast.adeyemi).id
    with pytest.raises(BadInput, match="who allowed us in"):
        customers.set_site_facts(where, {"authorised_entry": "key at no. 5"}, True, **door())

    customers.set_site_facts(
        where, {"authorised_entry": "key at no. 5", "authorised_by": "Mrs Adeyemi"}, True, **door()
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"mood": "good"},
        {"areas": "kitchen"},
        {"areas": {"": "x"}},
        {"pets": "x" * 2001},
        {"areas": {str(n): "" for n in range(13)}},
    ],
)
def test_facts_without_a_place_are_refused(cast, facts):
    with pytest.raises(BadInput):
        customers.set_site_facts(site_of(cast.adeyemi).id, facts, **door())


def test_the_words_of_a_site_stand_in_no_event(cast):
    customers.set_site_facts(site_of(cast.adeyemi).id, {"key_safe": "4711"}, True, **door())

    assert not [e for e in Event.objects.all() if any(w in str(e.facts) for w in ("4711", "Tanner", "Adeyemi"))]
