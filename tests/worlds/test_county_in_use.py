"""The invented county as a territory: its roads are driven, its traps are found."""

import pytest
from tests.territory.ground import in_use

from goodword.territory.queries import find_addresses, matrix, nearest
from goodword.worlds.county import NAMED, draw, write_county


@pytest.fixture(scope="module")
def county(tmp_path_factory, django_db_setup, test_database, django_db_blocker):
    folder = tmp_path_factory.mktemp("aldermere")
    write_county(folder / "aldermere.osm.pbf")
    with in_use(folder / "aldermere.osm.pbf", folder / "territory", test_database, django_db_blocker) as report:
        yield report


def found(text):
    features = find_addresses(text)["features"]
    assert features, text
    return features[0]["properties"]


def place(text):
    lon, lat = find_addresses(text)["features"][0]["geometry"]["coordinates"]
    return (lat, lon)


@pytest.mark.parametrize("name", NAMED)
def test_every_named_building_is_found_by_its_name(county, name):
    best = found(name)

    assert name in (best.get("name"), best.get("street"))
    number, _, rest = NAMED[name].partition(" ")
    assert found(NAMED[name]).get("name") == name, f"{number} in {rest}"


@pytest.mark.parametrize(
    ("typed", "number", "street"),
    [
        ("12 a Kiln Lane", "12 a", "Kiln Lane"),
        ("Kiln Lane 12a, Aldermere", "12 a", "Kiln Lane"),
        ("12A kiln ln", "12 a", "Kiln Lane"),
        ("chapel row 4a", "4a", "Chapel Row"),
        ("3-5 Mill Row", "3-5", "Mill Row"),
        ("3 – 5 Mill Row", "3-5", "Mill Row"),
        ("5 Mill Row Aldermere", "3-5", "Mill Row"),
        ("3 tanners row", "3", "Tanner's Row"),
        ("Taner's Row 3", "3", "Tanner's Row"),
        ("14 weir la", "14", "Weir Lane"),
    ],
)
def test_odd_numbers_are_found_as_people_type_them(county, typed, number, street):
    best = found(typed)

    assert (best["housenumber"], best["street"], best["accuracy"]) == (number, street, "rooftop")


@pytest.mark.parametrize("spelling", ["St Osyth", "Saint Osyth", "St. Osyth's", "st osyths", "saint osyth's"])
def test_the_village_of_three_spellings_is_one_place(county, spelling):
    town = found(spelling)
    hall = found(f"Hall Lane 1, {spelling}")

    assert (town["type"], town["name"]) == ("city", "St Osyth")
    assert (hall["name"], hall["city"]) == ("St Osyth Hall", "St Osyth")
    assert county.spellings == {"St Osyth": ["Saint Osyth", "St Osyth", "St. Osyth's"]}


def test_the_three_houses_far_from_any_road_are_reported_by_name(county):
    assert county.counts["far"] == 3
    names = [line.partition(",")[0] for line, _ in county.far]
    assert sorted(names) == ["Hollow Moor Barn", "Salt Point Lighthouse", "Wend Lock Cottage"]
    for name in names:
        assert found(name)["snap_m"] > 150


def test_the_farm_on_the_track_is_found_and_reached_slowly(county):
    gate, farm = nearest(place("Sedge Farm")), place("Sedge Farm")

    assert gate.street == "Sedge Farm Track" and gate.snap_m < 60
    seconds, metres = matrix([farm, place("Hall Lane 1, St Osyth")])
    assert 600 < seconds[0, 1] < 3_600 and metres[0, 1] > 9_000


def test_farms_without_town_and_postcode_got_those_of_their_neighbours(county):
    assert 5 < county.counts["filled"] < 100


def test_a_one_way_street_is_longer_one_way_than_the_other(county):
    drawn = draw()
    one_way = [road for road in drawn.net.roads if road.one_way and drawn.net.length_m(road) > 150]
    ends = [(drawn.net.at[r.points[0]].latlon(), drawn.net.at[r.points[-1]].latlon()) for r in one_way]

    both = [matrix([a, b]).seconds_s for a, b in ends]

    assert all(times[1, 0] >= 1.1 * times[0, 1] for times in both)
    assert len(both) > 5


def test_drives_take_what_people_would_expect(county):
    places = [place(NAMED[name]) for name in ("Tanner's Yard", "Old Ropewalk", "Wendside Press")]

    seconds, metres = matrix(places)

    assert 15 * 60 < seconds[0, 1] < 35 * 60 and 14_000 < metres[0, 1] < 22_000
    assert 2 * 60 < seconds[0, 2] < 12 * 60
