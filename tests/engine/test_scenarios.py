"""Luck: seeded, stratified, the same for every alternative."""

from __future__ import annotations

from math import log, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.engine.lognormal import normal_quantile, quantiles, quantiles_above, shape_of
from goodword.engine.scenarios import Stream, factors, uniforms


def test_normal_quantiles_equal_those_of_the_standard_library_into_the_far_tails() -> None:
    p = np.array([1e-300, 1e-20, 1e-5, 0.01, 0.0749, 0.0751, 0.3, 0.5, 0.8, 0.925, 0.95, 1 - 1e-9])

    assert normal_quantile(p) == pytest.approx([NormalDist().inv_cdf(each) for each in p], rel=1e-12)


def test_the_ends_of_the_scale_are_infinite() -> None:
    assert list(normal_quantile(np.array([0.0, 1.0]))) == [-np.inf, np.inf]


@given(seed=st.integers(0, 2**31), key=st.text(max_size=20), scenarios=st.integers(1, 300))
def test_each_row_holds_exactly_one_draw_from_each_slice(seed: int, key: str, scenarios: int) -> None:
    row = uniforms(seed, Stream.WORK, [key], scenarios)[0]

    assert (row > 0.0).all() and (row < 1.0).all()
    assert sorted((row * scenarios).astype(int)) == list(range(scenarios))


def test_the_same_seed_gives_the_same_luck_and_another_seed_another() -> None:
    one = uniforms(7, Stream.WORK, ["finch"], 64)

    assert (one == uniforms(7, Stream.WORK, ["finch"], 64)).all()
    assert (one != uniforms(8, Stream.WORK, ["finch"], 64)).any()
    assert (one != uniforms(7, Stream.LEG, ["finch"], 64)).any()


def test_the_luck_of_a_visit_does_not_depend_on_the_company_it_is_drawn_in() -> None:
    alone = uniforms(7, Stream.WORK, ["finch"], 64)[0]
    among = uniforms(7, Stream.WORK, ["adeyemi", "finch", "petrov"], 64)[1]

    assert (alone == among).all()


def test_visits_meet_independent_luck() -> None:
    rows = uniforms(1, Stream.WORK, [f"v{n}" for n in range(200)], 256)

    correlation = np.corrcoef(rows) - np.eye(200)

    assert abs(correlation.mean()) < 0.002
    assert correlation.std() == pytest.approx(1 / sqrt(256), rel=0.1)


def test_durations_have_the_mean_and_the_spread_that_were_asked_for() -> None:
    mu, sigma = shape_of(3600.0, 0.6)

    drawn = quantiles(mu, sigma, uniforms(1, Stream.WORK, ["finch"], 20_000))

    assert drawn.mean() == pytest.approx(3600.0, rel=0.01)
    assert drawn.std() / drawn.mean() == pytest.approx(0.6, rel=0.03)


def test_travel_factors_have_mean_one_and_are_exactly_one_without_spread() -> None:
    assert factors(1, Stream.DAY, ["0"], 5_000, cv=0.15).mean() == pytest.approx(1.0, abs=0.002)
    assert (factors(1, Stream.DAY, ["0"], 64, cv=0.0) == 1.0).all()


@given(
    mean=st.floats(60.0, 50_000.0),
    cv=st.floats(0.0, 1.5),
    elapsed=st.floats(-100.0, 500_000.0),
)
def test_what_has_run_so_long_and_is_not_over_never_ends_before_now(mean: float, cv: float, elapsed: float) -> None:
    u = np.linspace(0.001, 0.999, 101)

    total = quantiles_above(mean, cv, elapsed, u)

    assert np.isfinite(total).all()
    assert (total >= max(elapsed, 0.0)).all()
    assert (np.diff(total) >= -1e-6 * total[:-1]).all()


def test_the_truncated_distribution_is_what_is_left_of_many_plain_draws() -> None:
    u = (np.arange(200_000) + 0.5) / 200_000
    mu, sigma = shape_of(3600.0, 0.5)
    plain = quantiles(mu, sigma, u)
    left = plain[plain > 4500.0]

    shares = np.array([0.1, 0.5, 0.9])

    assert quantiles_above(3600.0, 0.5, 4500.0, shares) == pytest.approx(np.quantile(left, shares), rel=1e-3)


def test_a_tap_forgotten_for_ten_hours_gives_a_finite_rest() -> None:
    total = quantiles_above(1800.0, 0.05, 36_000.0, np.array([0.1, 0.5, 0.9]))

    assert (total >= 36_000.0).all()
    assert total[2] < 40_000.0


def test_without_spread_work_that_has_overrun_ends_now() -> None:
    assert list(quantiles_above(3600.0, 0.0, 4000.0, np.array([0.5]))) == [4000.0]
    assert list(quantiles_above(3600.0, 0.0, 1000.0, np.array([0.5]))) == [3600.0]


def test_the_shape_reproduces_the_mean() -> None:
    mu, sigma = shape_of(100.0, 0.5)

    assert mu + sigma**2 / 2 == pytest.approx(log(100.0))
