"""Shown on real input: the roads and every address of a country."""

import csv
import json
import random
import time

import numpy as np
import pytest
from tests.territory.ground import in_use, real_file
from tests.territory.questions import BLURRED, EXACT, ask, is_answered, share_found

from goodword.territory.queries import find_addresses, matrix, nearest, provider
from goodword.territory.queries.travel import CROW
from goodword.territory.rules.geo import Point, crow_metres_between

ROWS = 150
"""A kind; every row is asked for by bench/addresses.py."""


@pytest.fixture(scope="module")
def country(tmp_path_factory, django_db_setup, test_database, django_db_blocker):
    file = real_file("liechtenstein-20240303.osm.pbf")
    with in_use(file, tmp_path_factory.mktemp("li"), test_database, django_db_blocker) as report:
        yield report


@pytest.fixture(scope="module")
def rows():
    with real_file("addresses_liechtenstein.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def golden():
    return json.loads(real_file("golden_matrix_li_40.json").read_text())


def test_the_golden_matrix_reproduces_exactly(country, golden):
    places = [Point(p["lat"], p["lon"]) for p in golden["points"]]

    seconds, metres = matrix(places)

    assert np.array_equal(seconds, np.array(golden["osrm_durations_s"], dtype=float), equal_nan=True)
    assert np.array_equal(metres, np.array(golden["osrm_distances_m"], dtype=float), equal_nan=True)


@pytest.mark.parametrize("kind", EXACT)
def test_every_row_is_found_however_it_is_written(country, rows, kind):
    missed = [question for question, found in asked(kind, rows) if not found]

    assert missed == []


@pytest.mark.parametrize("kind", BLURRED)
def test_nearly_every_row_is_found_with_a_slip_or_half_typed(country, rows, kind):
    assert share_found(found for _, found in asked(kind, rows)) >= 0.98


def asked(kind, rows):
    dice = random.Random(kind)
    for row in dice.sample(rows, ROWS):
        if (question := ask(kind, row, dice)) is not None:
            yield question, is_answered(row, find_addresses(question))


@pytest.mark.parametrize(
    "typed",
    [
        "Landstrasse 15, 9494 Triesen",
        "Landstrasse 15 Triesen 9999",
        "Top 4, Landstrasse 15, Triesen",
        "landstrasse   15 ,triesen",
        "TRIESEN LANDSTRASSE 15",
    ],
)
def test_a_wrong_postcode_a_flat_and_careless_typing_are_forgiven(country, typed):
    best = find_addresses(typed)["features"][0]["properties"]

    assert (best["street"], best["housenumber"], best["city"]) == ("Landstrasse", "15", "Triesen")


@pytest.mark.parametrize("typed", ["PO Box 12", "Xyzzyallee 4 Plughausen", "8FVC9G8F+6X", "47.14, 9.52"])
def test_what_is_no_address_here_is_not_guessed(country, typed):
    assert find_addresses(typed)["features"] == []


def test_equally_good_answers_come_in_order_of_their_distance(country):
    vaduz, ruggell = (47.139, 9.522), (47.238, 9.526)

    near_vaduz = find_addresses("Landstrasse 15", near=vaduz)["features"]
    near_ruggell = find_addresses("Landstrasse 15", near=ruggell)["features"]

    assert distances(near_vaduz, vaduz) == sorted(distances(near_vaduz, vaduz))
    assert near_vaduz[0]["properties"]["city"] != near_ruggell[0]["properties"]["city"]


def distances(features, place):
    points = [Point(*reversed(f["geometry"]["coordinates"])) for f in features]
    return [crow_metres_between(point, Point(*place)) for point in points]


def test_huts_far_from_any_road_are_reported_and_found(country, rows):
    roads = provider()
    snaps = sorted(roads.nearest(Point(float(row["lat"]), float(row["lon"]))).snap_m for row in rows)

    assert sum(snap > 300 for snap in snaps) == 48
    assert 3_100 < snaps[-1] < 3_200
    assert country.counts["far"] >= sum(snap > 150 for snap in snaps)
    assert find_addresses("Valorschstrasse 15")["features"][0]["properties"]["snap_m"] == pytest.approx(3_150, abs=5)
    assert country.counts["unreachable"] > 0


def test_zurich_is_not_in_this_country(country):
    assert np.isnan(matrix([(47.14, 9.52), (47.37, 8.54)]).seconds_s[0, 1])
    assert 74_000 < nearest((47.37, 8.54)).snap_m < 75_000


def test_the_crow_was_fitted_to_these_roads(country, rows):
    places = [Point(float(row["lat"]), float(row["lon"])) for row in random.Random(3).sample(rows, 40)]

    by_road, by_crow = matrix(places).seconds_s, matrix(places, by=CROW).seconds_s

    ratio = np.nanmedian(by_crow[by_road > 60] / by_road[by_road > 60])
    assert 0.85 < ratio < 1.2
    assert provider(CROW).info().estimated


def test_sixty_known_places_cost_no_time(country, rows):
    places = [Point(float(row["lat"]), float(row["lon"])) for row in rows[:: len(rows) // 60][:60]]
    cold = matrix(places)

    began = time.perf_counter()
    warm = matrix(places)

    assert time.perf_counter() - began < 0.05
    assert np.array_equal(cold.seconds_s, warm.seconds_s, equal_nan=True)
