"""Travel times know where they come from; an estimate is never mixed with roads."""

import numpy as np
import pytest

from goodword.territory.errors import MixedSources
from goodword.territory.providers import CrowFlight
from goodword.territory.providers.remembering import Remembering
from goodword.territory.rules.crow import CrowModel, fit
from goodword.territory.rules.geo import Point, crow_metres, crow_metres_between, why_not_a_place
from goodword.territory.rules.matrix import Matrix, Source, joined
from goodword.territory.rules.polyline import decode6, encode6

ROADS = Source("osrm-embedded", "26.10.0", "abc", "car", estimated=False)
PLACES = [Point(53.4, 1.9), Point(53.41, 1.93), Point(53.38, 1.86)]


def of(source, seconds):
    seconds = np.array(seconds, dtype=float)
    snaps = [np.zeros(n) for n in seconds.shape]
    return Matrix(seconds, seconds * 10, *snaps, source)


@pytest.mark.parametrize(
    "other",
    [
        Source("crow-flight", "1", "abc", "car", estimated=True),
        Source("osrm-embedded", "26.10.0", "another file", "car", estimated=False),
        Source("osrm-embedded", "26.11.0", "abc", "car", estimated=False),
        Source("osrm-embedded", "26.10.0", "abc", "bicycle", estimated=False),
        Source("osrm-embedded", "26.10.0", "abc", "car", estimated=True),
    ],
)
def test_two_sources_of_travel_times_cannot_be_joined(other):
    with pytest.raises(MixedSources):
        joined(of(ROADS, [[0, 1]]), of(other, [[1, 0]]))


def test_matrices_of_one_source_are_joined_row_under_row():
    both = joined(of(ROADS, [[0, 1]]), of(ROADS, [[2, 0]]))

    assert both.seconds_s.tolist() == [[0, 1], [2, 0]]
    assert both.source == ROADS


def test_nobody_can_fill_an_estimate_into_a_road_matrix():
    matrix = of(ROADS, [[0, np.nan], [5, 0]])

    with pytest.raises(ValueError, match="read-only"):
        matrix.seconds_s[0, 1] = 300.0


def test_the_crow_says_that_it_estimates():
    crow = CrowFlight(CrowModel())

    assert crow.matrix(PLACES).estimated
    assert crow.info().estimated
    assert "estimate" in str(crow.source)


def test_the_crow_needs_no_time_to_stay_and_longer_for_farther():
    seconds, metres = CrowFlight(CrowModel(start_s=142.0, seconds_per_metre=0.09)).matrix(PLACES)

    assert np.diag(seconds).tolist() == [0, 0, 0]
    assert seconds[0, 1] > 142 and metres[0, 1] == pytest.approx(1.3 * crow_metres_between(*PLACES[:2]))


def test_the_estimate_is_fitted_to_the_roads_it_stands_for():
    rng = np.random.default_rng(1)
    crow_m = rng.uniform(300, 20_000, (20, 20))

    model = fit(crow_m, 140 + 0.09 * crow_m + rng.normal(0, 5, crow_m.shape), crow_m * 1.24)

    assert model.start_s == pytest.approx(140, abs=3)
    assert 1 / model.seconds_per_metre * 3.6 == pytest.approx(40, abs=0.5)
    assert model.detour == pytest.approx(1.24)


def test_too_few_drives_leave_the_textbook_values():
    nothing = np.full((3, 3), np.nan)

    assert fit(nothing, nothing, nothing) == CrowModel()


class Counting:
    """A provider that counts the drives it is asked for."""

    def __init__(self):
        self.inside, self.asked = CrowFlight(CrowModel()), 0
        self.source = self.inside.source

    def matrix(self, points, sources=None, targets=None, depart_at=None):
        answer = self.inside.matrix(points, sources, targets, depart_at)
        self.asked += answer.seconds_s.size
        return answer


def test_known_drives_are_not_asked_for_again():
    inside = Counting()
    remembering = Remembering(inside)
    first = remembering.matrix(PLACES[:2])
    asked = inside.asked

    again = remembering.matrix(PLACES[:2])
    one_more = remembering.matrix(PLACES)

    assert asked == 4 and np.array_equal(first.seconds_s, again.seconds_s)
    assert inside.asked - asked == 6, "the new place's row and column, no more"
    assert np.array_equal(one_more.seconds_s, inside.inside.matrix(PLACES).seconds_s)


def test_the_memory_gives_what_the_provider_gives_for_any_rows_and_columns():
    rng = np.random.default_rng(7)
    places = [Point(53.3 + a, 1.8 + b) for a, b in rng.uniform(0, 0.2, (40, 2))]
    remembering = Remembering(Counting(), places=64)

    for _ in range(60):
        some = [places[i] for i in rng.integers(0, 40, rng.integers(1, 30))]
        rows = rng.integers(0, len(some), rng.integers(1, 9)).tolist()
        columns = rng.integers(0, len(some), rng.integers(1, 9)).tolist()
        got = remembering.matrix(some, rows, columns)
        plain = CrowFlight(CrowModel()).matrix(some, rows, columns)
        assert np.array_equal(got.seconds_s, plain.seconds_s)
        assert np.array_equal(got.metres_m, plain.metres_m)


@pytest.mark.parametrize(
    ("lat", "lon", "why"),
    [
        (float("nan"), 1.0, "not-a-number"), (1.0, float("inf"), "not-a-number"), (91.0, 0.0, "out-of-range"),
        (0.0, 181.0, "out-of-range"), (0.0, 0.0, "null-island"), (53.4, 1.9, None),
    ],
)  # fmt: skip
def test_some_numbers_are_no_place(lat, lon, why):
    assert why_not_a_place(lat, lon) == why


def test_distances_agree_one_by_one_and_all_at_once():
    together = crow_metres(PLACES, PLACES)

    assert together[0, 1] == pytest.approx(crow_metres_between(PLACES[0], PLACES[1]))
    assert crow_metres([], PLACES).shape == (0, 3)


def test_a_line_survives_its_polyline():
    assert decode6(encode6(PLACES)) == PLACES
