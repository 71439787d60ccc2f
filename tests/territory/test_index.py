"""Addresses are completed, merged and sorted into streets."""

import pytest

from goodword.territory.rules.fill import Nearby, fill
from goodword.territory.rules.geo import Point, crow_metres_between
from goodword.territory.rules.index import index, spellings_joined
from goodword.territory.rules.merge import merged
from goodword.territory.rules.rows import Boundary, Door, NamedRoad, Place, Reading
from goodword.territory.rules.typos import typos_between


def door(ref, lat=53.4, lon=1.9, **more):
    return Door(ref, lat, lon, **{"street": "Mill Row", "number": "1", "city": "Aldermere", **more})


def test_a_door_without_town_and_postcode_gets_those_of_its_neighbours():
    reading = Reading(doors=[door("a", postcode="QA1 1AA"), door("b", lat=53.401, city="", number="2")])

    completed = fill(reading)

    assert completed == 1
    assert (reading.doors[1].city, reading.doors[1].postcode) == ("Aldermere", "QA1 1AA")
    assert reading.doors[1].filled == "postcode:nearest city:nearest"


def test_an_outline_is_believed_only_under_a_name_that_people_use():
    ring = (Point(53.3, 1.8), Point(53.3, 2.0), Point(53.5, 2.0), Point(53.5, 1.8), Point(53.3, 1.8))
    reading = Reading(
        doors=[door("far", lat=53.49, city="")],
        places=[Place("Kilnsea", "town", 53.31, 1.81)],
        boundaries=[Boundary("District 7", (ring,)), Boundary("Kilnsea", (ring,))],
    )

    fill(reading)

    assert reading.doors[0].city == "Kilnsea"


def test_one_village_in_three_spellings_is_one_place_under_the_name_on_the_map():
    ways = ["Saint Osyth", "St. Osyth's", "Saint Osyth"]
    reading = Reading(
        doors=[door(str(n), number=str(n), city=city) for n, city in enumerate(ways)],
        places=[Place("St Osyth", "village", 53.4, 1.9)],
    )

    rows = index(reading)

    assert [(r.kind, r.name, r.city, len(r.doors)) for r in rows] == [
        ("street", "Mill Row", "St Osyth", 3),
        ("town", "St Osyth", "St Osyth", 0),
    ]
    assert spellings_joined(reading) == {"St Osyth": ["Saint Osyth", "St Osyth", "St. Osyth's"]}


def test_a_street_without_numbers_is_known_once_and_not_where_it_has_some():
    reading = Reading(
        doors=[door("a")],
        places=[Place("Aldermere", "town", 53.4, 1.9)],
        roads=[NamedRoad(*road, 1.9) for road in [("Mill Row", 53.4005), ("Ring Road", 53.41), ("Ring Road", 53.42)]],
    )

    names = [row.name for row in index(reading) if row.kind == "street"]

    assert names == ["Mill Row", "Ring Road"]


def test_a_house_and_its_shops_are_one_door_and_as_many_names():
    same = [door("node/1"), door("way/1"), door("node/2", name="Bakery"), door("node/3", name="Bakery")]

    kept = merged([*same, door("way/9", lat=53.41)])

    assert sorted(d.ref for d in kept) == ["node/1", "node/2", "way/9"]


def test_the_nearest_is_the_nearest():
    points = [Point(53.4 + n % 7 * 0.013, 1.9 + n * 0.0071) for n in range(60)]
    near = Nearby(points)

    for n in range(40):
        here = Point(53.39 + n * 0.003, 1.95 + n * 0.004)
        best = min(range(60), key=lambda i: crow_metres_between(here, points[i]))
        found = near.nearest(here, 50_000)
        assert found is not None
        assert crow_metres_between(here, points[found]) == crow_metres_between(here, points[best])


@pytest.mark.parametrize(
    ("typed", "meant", "mistakes"),
    [
        ("kiln", "kiln", 0),
        ("klin", "kiln", 1),
        ("kil", "kiln", 1),
        ("kilnn", "kiln", 1),
        ("kiln", "mill", 2),
        ("", "abc", 3),
    ],
)
def test_mistakes_in_typing_are_counted(typed, meant, mistakes):
    assert typos_between(typed, meant) == mistakes
