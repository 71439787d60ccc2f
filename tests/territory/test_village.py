"""Roads that are refused rather than guessed, on a village drawn by hand."""

import math

import pytest

from goodword.territory.errors import NotAPlace, TooFarFromRoad
from goodword.territory.queries import find_addresses, matrix, nearest, provider, route
from goodword.territory.queries.travel import CROW
from goodword.territory.rules.geo import Point
from goodword.territory.rules.polyline import decode6

HERE, THERE = Point(53.4001, 1.901), Point(53.4079, 1.911)
ZURICH = Point(47.37, 8.54)
FIELD = Point(53.404, 1.906)


def test_a_place_in_another_country_is_unreachable_and_says_how_far_it_is(village):
    answer = matrix([HERE, ZURICH, THERE])

    assert math.isnan(answer.seconds_s[0, 1]) and math.isnan(answer.metres_m[1, 2])
    assert answer.seconds_s[0, 2] > 0
    assert math.isnan(answer.source_snap_m[1])
    assert nearest(ZURICH).snap_m > 500_000 and not nearest(ZURICH).reachable
    with pytest.raises(TooFarFromRoad, match="m from the nearest road"):
        route([HERE, ZURICH])


def test_a_place_in_a_field_is_reached_and_pointed_out(village):
    snap = nearest(FIELD)

    assert 150 < snap.snap_m < 600 and snap.reachable and snap.worth_a_look
    assert not nearest(HERE).worth_a_look
    assert matrix([HERE, FIELD]).target_snap_m[1] == snap.snap_m


@pytest.mark.parametrize("point", [Point(0.0, 0.0), Point(float("nan"), 1.9), Point(95.0, 1.9)])
def test_what_is_no_place_is_refused(village, point):
    with pytest.raises(NotAPlace):
        matrix([HERE, point])


def test_some_rows_and_columns_are_those_of_the_whole(village):
    places = [HERE, THERE, FIELD]
    whole = matrix(places)

    part = matrix(places, sources=[2, 0], targets=[1])

    assert part.seconds_s.tolist() == whole.seconds_s[[2, 0]][:, [1]].tolist()
    assert matrix([]).seconds_s.shape == (0, 0)
    assert matrix([HERE]).seconds_s.tolist() == [[0.0]]
    assert math.isnan(matrix([ZURICH]).seconds_s[0, 0])


def test_plain_pairs_of_numbers_will_do_for_places(village):
    assert matrix([tuple(HERE), tuple(THERE)]).seconds_s[0, 1] == matrix([HERE, THERE]).seconds_s[0, 1]
    assert nearest((53.4001, 1.901)).street == "South Side"


def test_a_route_is_as_long_as_the_matrix_says_and_ends_where_it_should(village):
    (leg,) = route([HERE, THERE])

    assert leg.seconds_s == matrix([HERE, THERE]).seconds_s[0, 1]
    line = decode6(leg.polyline6)
    assert line[0].lat == pytest.approx(53.4, abs=1e-3) and line[-1].lat == pytest.approx(53.408, abs=1e-3)


def test_roads_and_estimates_carry_different_marks_on_the_same_territory(village):
    by_road, by_crow = matrix([HERE, THERE]), matrix([HERE, THERE], by=CROW)

    assert by_road.source != by_crow.source
    assert by_road.source.dataset_hash == by_crow.source.dataset_hash == village.dataset_hash
    assert (by_road.estimated, by_crow.estimated) == (False, True)


def test_the_provider_says_what_it_rests_on(village):
    info = provider().info()

    assert info.attribution == "© OpenStreetMap contributors"
    assert info.dataset_hash == village.dataset_hash and info.bbox is not None
    assert info.bbox.holds(53.404, 1.906) and not info.day_parts


def test_every_answer_carries_what_must_be_shown(village):
    answer = find_addresses("south side")

    assert answer["attribution"] == "© OpenStreetMap contributors"
    assert all(f["properties"]["attribution"] == answer["attribution"] for f in answer["features"])


@pytest.mark.parametrize("text", ["", "   ", "'; DROP TABLE territory_street; --", "\0", "!&|<->:*", "a" * 5_000, "½"])
def test_no_text_breaks_the_search(village, text):
    assert find_addresses(text)["type"] == "FeatureCollection"


def test_a_number_that_is_not_there_offers_the_street_and_does_not_pretend(village):
    best = find_addresses("South Side 77")["features"][0]["properties"]

    assert (best["type"], best["accuracy"], best["name"]) == ("street", "street", "South Side")
    assert "housenumber" not in best
