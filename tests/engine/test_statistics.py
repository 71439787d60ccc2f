"""Intervals of shares and of the net score."""

from __future__ import annotations

import doctest
from math import comb

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goodword.engine import EngineError, net_score, wilson
from goodword.engine import statistics as module

counts = st.integers(min_value=0, max_value=5_000)


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("kept", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_p41_the_wilson_interval_equals_published_values(kept: int, n: int, low: float, high: float) -> None:
    """81 of 263 is the worked example of Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8."""
    interval = wilson(kept, n)

    assert interval.low == pytest.approx(low, abs=5e-5)
    assert interval.high == pytest.approx(high, abs=5e-5)


def test_p41_the_wilson_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    n, truth = 40, 0.9

    covered = sum(
        comb(n, k) * truth**k * (1 - truth) ** (n - k)
        for k in range(n + 1)
        if wilson(k, n).low <= truth <= wilson(k, n).high
    )

    assert 0.93 < covered < 0.98


def test_g5_with_nothing_observed_the_estimate_is_unknown_and_the_interval_is_everything() -> None:
    share, score = wilson(0, 0), net_score(0, 0, 0)

    assert (share.estimate, share.low, share.high) == (None, 0.0, 1.0)
    assert (score.estimate, score.low, score.high) == (None, -100.0, 100.0)


@given(kept=counts, missed=counts)
def test_the_share_lies_in_its_interval_and_the_interval_in_the_scale(kept: int, missed: int) -> None:
    interval = wilson(kept, kept + missed)

    assert 0.0 <= interval.low <= interval.high <= 1.0
    if interval.estimate is not None:
        assert interval.low <= interval.estimate <= interval.high


@example(promoters=0, passives=0, detractors=1)
@example(promoters=1, passives=0, detractors=0)
@given(promoters=counts, passives=counts, detractors=counts)
def test_n7_the_score_lies_in_its_interval_and_the_bounds_are_clipped(
    promoters: int, passives: int, detractors: int
) -> None:
    interval = net_score(promoters, passives, detractors)

    assert -100.0 <= interval.low <= interval.high <= 100.0
    if interval.estimate is not None:
        assert interval.low <= interval.estimate <= interval.high


def test_n7_three_answers_are_added_of_which_three_quarters_on_either_side() -> None:
    n, up, down = 103, 50.75 / 103, 20.75 / 103
    half = 1.959964 * ((up + down - (up - down) ** 2) / n) ** 0.5

    interval = net_score(50, 30, 20)

    assert interval.estimate == pytest.approx(30.0)
    assert interval.low == pytest.approx(100 * (up - down - half), abs=1e-4)
    assert interval.high == pytest.approx(100 * (up - down + half), abs=1e-4)


@pytest.mark.parametrize(("n", "half"), [(10, 41), (30, 26), (50, 21), (100, 15)])
def test_n7_the_half_widths_are_those_of_the_facts(n: int, half: float) -> None:
    """Facts 1 gives about 41, 26, 21 and 15 points; here for half promoters, a fifth detractors."""
    interval = net_score(n // 2, n - n // 2 - n // 5, n // 5)

    assert (interval.high - interval.low) / 2 == pytest.approx(half, abs=1.5)


def test_swapping_promoters_and_detractors_mirrors_the_interval() -> None:
    one, other = net_score(7, 3, 2), net_score(2, 3, 7)

    assert one.low == pytest.approx(-other.high)


@pytest.mark.parametrize("bad", [-1, 1.5, float("nan")])
def test_counts_that_cannot_be_counts_are_refused(bad: float) -> None:
    with pytest.raises(EngineError):
        wilson(bad, 10)  # type: ignore[arg-type]
    with pytest.raises(EngineError):
        net_score(1, bad, 1)  # type: ignore[arg-type]


def test_more_kept_than_there_were_is_a_contradiction() -> None:
    with pytest.raises(EngineError, match="11 kept of only 10"):
        wilson(11, 10)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95, float("nan")])
def test_a_confidence_outside_zero_and_one_is_refused(confidence: float) -> None:
    with pytest.raises(EngineError):
        wilson(5, 10, confidence=confidence)
