"""Shown on real input: roads without house numbers, and addresses from another file beside them."""

import csv
import random

import numpy as np
import pytest
from tests.territory.ground import in_use, real_file
from tests.territory.questions import ask, is_answered

from goodword.territory.queries import find_addresses, matrix

ROWS = 60


@pytest.fixture(scope="module")
def county(tmp_path_factory, django_db_setup, test_database, django_db_blocker):
    roads, table = real_file("autauga-county-al-20201227.osm.pbf"), real_file("addresses_autauga.csv")
    root = tmp_path_factory.mktemp("autauga")
    with in_use(roads, root, test_database, django_db_blocker, addresses_csv=table) as report:
        yield report


@pytest.fixture(scope="module")
def rows():
    with real_file("addresses_autauga.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_roads_of_one_file_and_the_addresses_of_another_are_one_territory(county):
    assert county.counts["roads"] == 3_369
    assert county.counts["addresses"] > 29_800
    assert county.counts["far"] > 100


@pytest.mark.parametrize("kind", ["full", "city first", "number first", "ascii"])
def test_interpolated_addresses_are_found_and_say_what_they_are(county, rows, kind):
    dice = random.Random(kind)

    for row in dice.sample([row for row in rows if row["city"]], ROWS):
        question = ask(kind, row, dice)
        answer = find_addresses(question)
        assert is_answered(row, answer), question
        assert answer["features"][0]["properties"]["accuracy"] in {"interpolated", "rooftop"}


def test_a_drive_across_the_county_takes_about_half_an_hour(county, rows):
    places = [(float(row["lat"]), float(row["lon"])) for row in random.Random(1).sample(rows, 30)]

    seconds, metres = matrix(places)

    assert np.isfinite(seconds).all()
    assert 300 < np.median(seconds[seconds > 0]) < 3_000
