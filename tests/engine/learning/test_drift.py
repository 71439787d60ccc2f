"""A world that moves is noticed within days; travel is learned from finished drives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from goodword.engine.learning import drift_of, learn_durations, learn_travel, shift_of_labels
from goodword.engine.learning.records import DAY_S
from goodword.engine.simulator.history import Truth, finished_drives, finished_visits
from goodword.engine.types import Duration

WORK = {"boiler": (60.0, 0.35), "leak": (45.0, 0.5)}
TRUTH = Truth(work=WORK, technicians={f"t{i}": 1.0 for i in range(12)}, asset_kinds={"any": 1.0}, forgotten=0.02)
BEFORE = 30 * DAY_S


def model():
    records = finished_visits(TRUTH, days=30, each=6, seed=1)
    return learn_durations(records, {key: Duration(mean_s=3600.0, cv=0.5) for key in WORK}, as_of_s=BEFORE)


@pytest.mark.parametrize(("longer", "wider"), [(1.0, 1.0), (1.15, 1.0), (1.0, 1.25)])
def test_a_week_shows_what_has_changed(longer, wider):
    changed = {key: (median * longer, sd * wider) for key, (median, sd) in WORK.items()}
    week = finished_visits(replace(TRUTH, work=changed), days=7, each=6, seed=2, first_day=30)

    drift = drift_of(model(), week, as_of_s=BEFORE + 7 * DAY_S)

    assert drift.longer == pytest.approx(longer, abs=0.05)
    assert drift.wider == pytest.approx(wider, abs=0.09)


def test_the_correction_is_made_to_the_inputs():
    """15 % longer means a mean 15 % longer; without news a duration stays as it was."""
    calm = drift_of(model(), [], as_of_s=BEFORE)
    usual = Duration(mean_s=3600.0, cv=0.5)

    assert calm.corrected(usual).mean_s == 3600.0
    assert calm.corrected(usual).cv == pytest.approx(0.5)
    assert replace(calm, longer=1.15).corrected(usual).mean_s == pytest.approx(4140.0)
    assert replace(calm, wider=1.25).corrected(usual).cv > 0.6


def test_records_that_the_model_has_seen_are_no_news():
    seen = finished_visits(TRUTH, days=30, each=6, seed=1)

    assert drift_of(model(), seen, as_of_s=BEFORE).weight == 0.0


def test_what_comes_out_is_shifted_only_by_what_is_left():
    stated = np.full(4_000, 0.95)
    kept = (np.arange(4_000) % 100 < 90).astype(np.float64)
    days = np.zeros(4_000)

    shift = shift_of_labels(stated, kept, days)

    assert 1.0 / (1.0 + np.exp(-(np.log(0.95 / 0.05) + shift))) == pytest.approx(0.90, abs=0.005)
    assert shift_of_labels(stated[:0], kept[:0], days[:0]) == 0.0


def test_travel_factors_are_recovered_with_their_spread():
    covered = []
    for seed in range(16):
        learned = learn_travel(finished_drives(TRUTH, days=60, each=60, seed=seed), as_of_s=1e9)
        for part, slow in TRUTH.parts.items():
            for road, rough in TRUTH.roads.items():
                found = learned.factor(part, road)
                covered.append(found.low <= slow * rough <= found.high)
        assert learned.day_cv == pytest.approx(TRUTH.day_sd, abs=0.04)
        assert learned.leg_cv == pytest.approx(TRUTH.leg_sd, abs=0.005)

    assert np.mean(covered) >= 0.85


def test_no_drive_no_factor():
    found = learn_travel([], as_of_s=0.0).factor("rush", "town")

    assert (found.factor, found.n, found.assumed) == (1.0, 0, True)
    assert found.low < 0.8 < 1.3 < found.high
