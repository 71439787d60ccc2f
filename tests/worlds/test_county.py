"""The invented county is drawn as the stories need it, and always the same."""

import hashlib
from collections import Counter
from itertools import pairwise

import osmium
import pytest

from goodword.worlds.county import BRIDGES, NAMED, draw, write_county
from goodword.worlds.county.net import Net, strong_groups
from goodword.worlds.county.open_land import OpenLand


@pytest.fixture(scope="module")
def county():
    return draw()


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("county") / "aldermere.osm.pbf"
    write_county(path)
    return path


def pieces(roads):
    """Sizes of the parts of the net that are joined for traffic both ways, largest first."""
    arrows = []
    for road in roads:
        for a, b in pairwise(road.points):
            arrows += [(a, b)] if road.one_way else [(a, b), (b, a)]
    used = {p for road in roads for p in road.points}
    groups = strong_groups(max(used) + 1, arrows)
    return [size for _, size in Counter(groups[p] for p in used).most_common()]


def hashed(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_seed_writes_the_same_bytes(file, tmp_path):
    again = tmp_path / "again.osm.pbf"

    write_county(again)

    assert hashed(again) == hashed(file)


def test_another_seed_draws_another_county_with_the_same_cast(county):
    other = draw(7)

    assert {house.name for house in other.houses if house.pinned and house.name} == set(NAMED)
    assert [h.middle for h in other.houses[:50]] != [h.middle for h in county.houses[:50]]
    assert pieces(other.net.roads) == [len({p for road in other.net.roads for p in road.points})]


def test_everybody_can_drive_to_everybody(county):
    assert pieces(county.net.roads) == [len({p for road in county.net.roads for p in road.points})]


def test_without_its_bridges_the_net_falls_apart(county):
    cut = pieces([road for road in county.net.roads if road.name not in BRIDGES])

    assert len(cut) == 2 and cut[1] > 300


def test_there_are_exactly_three_bridges_and_any_one_of_them_will_do(county):
    bridges = [road.name for road in county.net.roads if "bridge" in road.tags]

    assert sorted(bridges) == sorted(BRIDGES)
    for open_one in BRIDGES:
        closed = set(BRIDGES) - {open_one}
        assert len(pieces([road for road in county.net.roads if road.name not in closed])) == 1


def test_nothing_else_crosses_the_river(county):
    from goodword.worlds.county.plane import is_north

    crossing = {r.name for r in county.net.roads for a, b in pairwise(county.net.line(r)) if is_north(a) != is_north(b)}

    assert crossing == set(BRIDGES)


def test_it_is_as_large_as_the_world_says(county):
    per_town = Counter(house.town for house in county.houses)
    places = [county.net.at[p] for road in county.net.roads for p in road.points]

    assert 11_400 <= len(county.houses) <= 12_600
    assert per_town["Aldermere"] > 6_500 and 2_000 < per_town["Kilnsea"] < 3_000
    assert len(per_town) == 13
    assert all(abs(p.x) < 12_500 and abs(p.y) < 12_500 for p in places)
    assert max(p.x for p in places) - min(p.x for p in places) > 18_000


def test_both_old_towns_have_one_way_streets(county):
    assert {road.town for road in county.net.roads if road.one_way} == {"Aldermere", "Kilnsea"}
    assert sum(road.one_way for road in county.net.roads) >= 20


def test_exactly_three_houses_lie_more_than_150_m_from_a_road(county):
    land = OpenLand(county.net)

    far = [house.name for house in county.houses if land.road_m(house.middle) > 150]

    assert sorted(far) == ["Hollow Moor Barn", "Salt Point Lighthouse", "Wend Lock Cottage"]


def test_one_farm_is_reached_only_by_a_track(county):
    (farm,) = [house for house in county.houses if house.name == "Sedge Farm"]
    (track,) = [road for road in county.net.roads if road.kind == "track"]
    without = Net()
    without.at, without.roads = county.net.at, [road for road in county.net.roads if road is not track]

    assert OpenLand(county.net).road_m(farm.middle) < 40
    assert OpenLand(without).road_m(farm.middle) > 400


def test_one_village_is_spelled_in_three_ways(county):
    spellings = Counter(house.city for house in county.houses if house.town == "St Osyth" and house.city)

    assert set(spellings) == {"St Osyth", "Saint Osyth", "St. Osyth's"}
    assert min(spellings.values()) > 30


def test_the_odd_numbers_and_all_named_buildings_are_there(county):
    doors = {f"{house.number} {house.street}" for house in county.houses if house.town == "Aldermere"}

    assert {"12 a Kiln Lane", "4a Chapel Row", "3-5 Mill Row", "3 Tanner's Row", "14 Weir Lane", "2 Mill Row"} <= doors
    assert {"9 Chapel Row", "30 Ferry Road", "17 Sluice Road"} <= doors
    assert not {"3 Mill Row", "5 Mill Row"} & doors, "they are one house"
    assert {"Wendside Press", "Harbour School", "Kilnsea Laundry", "The Swan", "Tanner's Yard"} <= set(NAMED)


def test_no_number_stands_twice_in_a_street(county):
    doors = Counter((h.town, h.street, h.number) for h in county.houses if h.number and h.place == "")

    assert [door for door, count in doors.items() if count > 1] == []


def test_every_postcode_is_of_an_area_that_does_not_exist(county):
    outward = {house.postcode[:3] for house in county.houses if house.postcode}

    assert outward == {f"QA{n}" for n in range(1, 10)} - {"QA7"}


def test_the_file_says_who_drew_it_and_names_nobody(file):
    header = osmium.io.Reader(str(file)).header()

    assert header.get("generator") == "goodword-county"
    for thing in osmium.FileProcessor(str(file)):
        assert thing.user == "" and thing.changeset == 0
