"""The number shown is learned under one frozen filter, speaks for it alone, and is judged by days never seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from goodword.engine.errors import Contradiction
from goodword.engine.learning import Features, Filter, Judged, clustered, learn_labels, reliability, stated

FILTER = Filter(offer_at_least=0.9, floor=0.9)
TRUTH = (0.3, 0.7, 0.4, -0.8, -0.3, 0.2)  # weights of Features.row


def outcomes(n, *, seed, branch="north", truth=TRUTH, under=FILTER):
    """Promises of ten a day; the raw number tells only part of it."""
    dice = np.random.default_rng(seed)
    made = []
    for number in range(n):
        features = Features(
            raw=float(dice.uniform(0.85, 1.0)),
            lead_s=float(dice.uniform(0.0, 48.0)) * 3600.0,
            load=float(dice.uniform(0.2, 1.0)),
            position=int(dice.integers(0, 8)),
            demand=float(dice.uniform(0.0, 3.0)),
        )
        p = 1.0 / (1.0 + np.exp(-np.dot(truth, features.row)))
        kept = bool(dice.uniform() < p)
        made.append(Judged(features=features, kept=kept, branch=branch, under=under.version, day=number // 10))
    return made


def learned(judged, branch="north"):
    return learn_labels(judged, FILTER, branch=branch, as_of_s=0.0)


def table(labels, judged):
    kept = np.array([each.kept for each in judged], dtype=np.float64)
    return reliability(stated(labels, FILTER, judged), kept, np.array([each.day for each in judged]))


def test_known_truth_is_recovered_and_every_tier_holds_on_days_never_seen():
    labels = learned(outcomes(12_000, seed=1))
    fresh = outcomes(12_000, seed=2)

    judged = table(labels, fresh)

    assert labels.weights == pytest.approx(TRUTH, abs=0.2)
    for tier in judged.tiers:
        if tier.kept.n >= 500:
            assert tier.kept.low - 0.005 <= tier.stated <= tier.kept.high + 0.005
    assert judged.error < 0.01
    assert judged.brier < judged.brier_constant


def test_the_raw_number_alone_is_out_where_it_knows_only_a_part():
    """So the test above does test something."""
    assert table(learned([]), outcomes(12_000, seed=2)).error > 0.03


def test_before_any_outcome_the_raw_number_stands_and_is_assumed():
    features = Features(raw=0.93, lead_s=7200.0, load=0.5, position=2, demand=1.0)

    assert learned([]).label(features, FILTER) == pytest.approx(0.93)
    assert learned([]).assumed


@pytest.mark.parametrize(("own", "branch"), [(1_999, ""), (2_000, "north")])
def test_a_branch_has_its_own_map_from_two_thousand_outcomes_on(own, branch):
    judged = [*outcomes(own, seed=1), *outcomes(500, seed=2, branch="south")]

    labels = learned(judged)

    assert labels.branch == branch
    assert labels.n == (own if branch else own + 500)
    assert not labels.assumed


def test_a_map_never_feeds_its_own_filter():
    """A filter that reads a map is another filter, and that map does not speak for it."""
    labels = learned(outcomes(2_000, seed=1))
    reading = replace(FILTER, by=labels.version)
    features = Features(raw=0.93, lead_s=7200.0, load=0.5, position=2, demand=1.0)

    with pytest.raises(Contradiction):
        labels.label(features, reading)
    under_it = learn_labels(outcomes(2_000, seed=1), reading, branch="north", as_of_s=0.0)
    assert (under_it.n, under_it.assumed) == (0, True)


def test_a_map_is_the_same_as_of_any_past_moment():
    judged = outcomes(300, seed=1)
    late = [replace(each, recorded_s=5.0) for each in outcomes(50, seed=9)]

    assert learned([*late, *reversed(judged)]) == learned(judged)
    assert learn_labels([*late, *judged], FILTER, branch="north", as_of_s=5.0) != learned(judged)


def test_days_that_hang_together_widen_the_interval():
    day = np.repeat(np.arange(40), 25)
    apart = np.tile(np.arange(25) % 5 > 0, 40).astype(np.float64)  # every day 4 of 5
    together = (day % 5 > 0).astype(np.float64)  # every fifth day none

    alike, lumpy = clustered(apart, day), clustered(together, day)

    assert alike.estimate == lumpy.estimate == 0.8
    assert (lumpy.high - lumpy.low) > 3 * (alike.high - alike.low)
    assert (clustered(apart[:25], day[:25]).low, clustered(apart[:25], day[:25]).high) == (0.0, 1.0)


def test_clustered_intervals_cover_about_nineteen_in_twenty():
    dice, covered = np.random.default_rng(3), []
    day = np.repeat(np.arange(100), 20)
    for _ in range(400):
        kept = dice.uniform(size=2_000) < np.repeat(dice.beta(45.0, 5.0, 100), 20)
        found = clustered(kept.astype(np.float64), day)
        covered.append(found.low <= 0.9 <= found.high)

    assert 0.92 < np.mean(covered) < 0.98


def test_three_promises_by_hand():
    judged = reliability(np.array([0.9, 0.95, 1.0]), np.array([1.0, 0.0, 1.0]), np.array([1, 1, 2]))

    assert judged.brier == pytest.approx((0.01 + 0.9025 + 0.0) / 3)
    assert judged.error == pytest.approx((0.1 + 0.95 + 0.0) / 3)
    assert [tier.kept.n for tier in judged.tiers] == [0, 0, 0, 1, 1, 0, 0, 1]
    assert (judged.n, judged.days) == (3, 2)
    assert reliability(np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64)).error is None
