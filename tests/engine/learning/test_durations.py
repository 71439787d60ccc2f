"""Durations are learned from what was recorded, as far as it goes, and say how far that is."""

from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np
import pytest

from goodword.engine.learning import Cell, DurationRecord, learn_durations
from goodword.engine.simulator.history import Truth, finished_visits
from goodword.engine.types import Duration

WORK = {"boiler": (60.0, 0.35), "install": (120.0, 0.4), "leak": (45.0, 0.5), "service": (35.0, 0.25)}
PEOPLE = {f"t{i}": float(np.exp(0.15 * z)) for i, z in enumerate(np.linspace(-1.5, 1.5, 12))}
TRUTH = Truth(work=WORK, technicians=PEOPLE, asset_kinds={"combi": 0.9, "heat pump": 1.15, "old": 1.0})
ASSUMED = {key: Duration(mean_s=3600.0, cv=0.5) for key in WORK}
LATER = 1e9


def learn(records, *, as_of_s=LATER):
    return learn_durations(records, ASSUMED, as_of_s=as_of_s)


def cells():
    for work, (median, _sd) in WORK.items():
        for technician, factor in PEOPLE.items():
            for kind, slower in TRUTH.asset_kinds.items():
                yield Cell(work_type=work, technician=technician, asset_kind=kind), median * factor * slower


def record(**odd):
    plain = {"work_type": "leak", "technician": "t1", "asset_kind": "old", "customer": "c1", "minutes": 50.0}
    return DurationRecord(**{**plain, **odd})


@pytest.mark.parametrize(("heaped", "forgotten"), [(0.0, 0.0), (0.7, 0.0), (0.45, 0.03)])
def test_sixty_days_recover_the_truth_within_the_intervals(heaped, forgotten):
    """Also where a third is written as exactly 60 or 90 minutes, and where three in a hundred taps were forgotten."""
    covered, off, width = [], [], []
    for seed in (1, 2):
        records = finished_visits(replace(TRUTH, heaped=heaped, forgotten=forgotten), days=60, each=6, seed=seed)
        model = learn(records)
        for cell, truth in cells():
            seen = model.learned(cell)
            covered.append(seen.low_min <= truth <= seen.high_min)
            off.append(log(seen.median_min / truth))
            width.append(log(seen.high_min / seen.low_min))
        noise = dict(zip(sorted(WORK), np.sqrt(model.found.noise), strict=True))
        assert noise == pytest.approx({key: sd for key, (_, sd) in WORK.items()}, rel=0.10)
        assert model.slips == pytest.approx(forgotten, abs=0.012)

    assert np.mean(covered) > 0.95
    assert np.mean(width) < 4.0 * (TRUTH.customer_sd + 0.03)  # whose it is stays open
    assert abs(np.mean(off)) < 0.02
    assert np.std(off) < 0.04


def test_forgotten_taps_would_bias_a_plain_mean():
    records = finished_visits(replace(TRUTH, forgotten=0.03), days=60, each=6, seed=1)
    plain = np.mean([log(each.minutes) for each in records if each.work_type == "service"])
    clean = finished_visits(TRUTH, days=60, each=6, seed=1)
    honest = np.mean([log(each.minutes) for each in clean if each.work_type == "service"])

    assert plain - honest > 0.03  # so the test above does test something


def test_without_records_the_assumption_stands_and_says_so():
    seen = learn([]).learned(Cell(work_type="boiler"))

    assert seen.assumed and seen.duration.assumed
    assert (seen.n, seen.n_cell) == (0, 0)
    assert (seen.mean_min, seen.cv) == pytest.approx((60.0, 0.5))


def test_a_handful_is_still_assumed_and_ten_are_learned():
    few, enough = ([record(customer=f"c{n}") for n in range(count)] for count in (9, 10))

    assert learn(few).learned(Cell(work_type="leak")).assumed
    assert not learn(enough).learned(Cell(work_type="leak")).assumed
    assert learn(enough).learned(Cell(work_type="boiler")).assumed


def test_more_records_never_widen_the_interval_in_expectation():
    def width(days):
        found = []
        for seed in range(4):
            model = learn(finished_visits(TRUTH, days=days, each=3, seed=seed))
            seen = [model.learned(cell) for cell, _ in cells()]
            found.append(np.mean([log(each.high_min / each.low_min) for each in seen]))
        return float(np.mean(found))

    widths = [width(days) for days in (0, 1, 4, 16)]

    assert widths == sorted(widths, reverse=True)


def test_a_model_is_the_same_as_of_any_past_moment():
    """Records that came in later, of whatever day, change nothing; nor does their order."""
    records = finished_visits(TRUTH, days=6, each=3, seed=1)
    moment = 3 * 86_400.0
    late = record(done_s=moment - 86_400.0, recorded_s=moment + 1.0)

    then = learn([each for each in records if each.recorded_s <= moment], as_of_s=moment)
    now = learn([late, *reversed(records)], as_of_s=moment)

    cell = Cell(work_type="leak", technician="t1", asset_kind="old", customer="c1")
    assert then.version == now.version
    assert then.learned(cell) == now.learned(cell)
    assert learn([late, *records]).version != then.version


def test_one_slow_day_is_pulled_towards_the_others():
    records = [record(customer=f"c{n}", technician=f"t{n % 5}") for n in range(40)]
    slow = [*records, record(technician="new", customer="c99", minutes=150.0)]

    assert 1.0 < learn(slow).factor("new") < 1.5
    assert learn(slow).factor("nobody") == 1.0


def test_quantiles_rise_and_the_median_is_in_the_middle():
    seen = learn(finished_visits(TRUTH, days=10, each=4, seed=1)).learned(Cell(work_type="leak"))

    assert seen.quantile_min(0.1) < seen.median_min < seen.quantile_min(0.9)
    assert seen.quantile_min(0.5) == pytest.approx(seen.median_min)


def test_a_record_without_a_name_is_learned_from_like_any_other():
    """An empty key is somebody; only None is nobody yet."""
    model = learn([record(technician="", customer=f"c{n % 7}") for n in range(60)])

    named = model.learned(Cell(work_type="leak", technician="", asset_kind="old", customer="c1"))
    open_still = model.learned(Cell(work_type="leak", asset_kind="old", customer="c1"))

    assert named.high_min / named.low_min < open_still.high_min / open_still.low_min
