"""What the storm does: a bridge is closed."""

import math

import pytest

from goodword.territory.actions.roads import prepare_roads
from goodword.territory.providers import OsrmEmbedded
from goodword.territory.rules.geo import Point
from goodword.worlds.county import BRIDGES, write_county


@pytest.fixture(scope="module")
def across(tmp_path_factory):
    """How long it takes from High Street, north of the river, to Bridge Street, south of it, by closed bridges."""

    def seconds(*closed):
        folder = tmp_path_factory.mktemp("storm")
        county = write_county(folder / "storm.osm.pbf", without=closed)
        base = prepare_roads(folder / "storm.osm.pbf", folder, len(county.net.roads), lambda step, done: None)
        doors = {(h.street, h.number): Point(*h.middle.latlon()) for h in county.houses if h.town == "Aldermere"}
        ends = [doors["High Street", "5"], doors["Bridge Street", "6"]]
        return OsrmEmbedded(base, dataset_hash="storm").matrix(ends).seconds_s[0, 1]

    return seconds


def test_closing_mill_bridge_costs_a_detour_over_the_ring_road(across):
    assert across("Mill Bridge") > across() + 120


def test_without_any_bridge_the_other_bank_is_unreachable_and_not_guessed(across):
    assert math.isnan(across(*BRIDGES))
