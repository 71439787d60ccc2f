"""What will happen to each promise from here."""

from __future__ import annotations

import random
from math import log, sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from goodword.engine import Absence, Break, Code, Duration, Quantiles, Stage, Travel, Visit, forecast

if TYPE_CHECKING:
    from tests.engine.conftest import Cast

HOUR = 3600.0


def test_without_noise_every_promise_that_can_be_kept_is_kept_for_certain(cast: Cast) -> None:
    visits = [cast.visit("adeyemi", window=(8, 10)), cast.visit("finch", window=(9, 11)), cast.visit("petrov")]

    made = forecast(cast.problem(visits=visits))

    assert [made.visits[key].p_kept for key in ("adeyemi", "finch", "petrov")] == [1.0, 1.0, 1.0]
    assert made.visits["finch"].arrival == Quantiles(p10_s=32_700.0, p50_s=32_700.0, p90_s=32_700.0)


def test_without_noise_a_promise_that_cannot_be_kept_is_missed_for_certain(cast: Cast) -> None:
    visits = [cast.visit("adeyemi", minutes=240), cast.visit("finch", window=(9, 11))]

    made = forecast(cast.problem(visits=visits)).visits["finch"]

    assert (made.p_kept, made.p_miss) == (0.0, 1.0)


@pytest.mark.parametrize(("late_s", "kept"), [(0, 1.0), (60, 1.0), (61, 0.0)])
def test_p14_an_arrival_up_to_sixty_seconds_after_the_window_counts_as_inside(
    cast: Cast, late_s: float, kept: float
) -> None:
    arrival = cast.visit("finch", site=0, window=(8, 9), progress=cast.progress(arrived=9 + late_s / HOUR))
    coming = cast.visit("petrov", site=0, window=(8, 9))

    fact = forecast(cast.problem(visits=[arrival], now=10)).visits["finch"]
    ahead = forecast(cast.problem(visits=[coming], now=9 + late_s / HOUR)).visits["petrov"]

    assert fact.p_kept == ahead.p_kept == kept


def test_p14_arriving_early_without_agreement_is_a_miss_and_with_agreement_is_none(cast: Cast) -> None:
    early = cast.progress(arrived=8.5)
    visit = cast.visit("finch", window=(9, 11), progress=early)
    agreed = cast.visit("petrov", window=None, progress=early)
    object.__setattr__(agreed, "window", cast.window(9, 11, early_agreed=True))

    made = forecast(cast.problem(visits=[visit, agreed], routes={"sam": ["finch", "petrov"]}, now=9)).visits

    assert made["finch"].p_kept == 0.0
    assert made["petrov"].p_kept == 1.0


def test_who_comes_early_waits_until_the_window_opens(cast: Cast) -> None:
    made = forecast(cast.problem(visits=[cast.visit("finch", window=(11, 13))])).visits["finch"]

    assert made.arrival is not None and made.arrival.p50_s == 11 * HOUR
    assert made.departure is not None and made.departure.p50_s == 8 * HOUR


def test_an_idle_technician_waits_where_he_is_and_leaves_now(cast: Cast) -> None:
    done = cast.visit("adeyemi", site=5, progress=cast.progress(arrived=8, finished=9))

    made = forecast(cast.problem(visits=[done, cast.visit("finch", site=6)], now=10)).visits["finch"]

    assert made.departure is not None and made.departure.p50_s == 10 * HOUR
    assert made.arrival is not None and made.arrival.p50_s == 10 * HOUR + 300
    assert made.travel_s == 300.0


def test_what_is_done_is_a_fact_and_needs_no_assumption(cast: Cast) -> None:
    done = cast.visit("adeyemi", window=(8, 9), progress=cast.progress(on_the_way=8, arrived=8.25, finished=9.5))

    made = forecast(cast.problem(visits=[done], now=10)).visits["adeyemi"]

    assert made.happened and not made.assumed and made.p_kept == 1.0
    assert made.arrival == Quantiles(p10_s=8.25 * HOUR, p50_s=8.25 * HOUR, p90_s=8.25 * HOUR)


def test_an_assumed_duration_marks_what_comes_after_it_and_a_learned_one_does_not(cast: Cast) -> None:
    def chain(assumed: bool) -> bool:
        travel = Travel(seconds=np.zeros((2, 2)), day_cv=0, leg_cv=0, assumed=False)
        first = Visit(key="first", site=0, duration=Duration(mean_s=HOUR, assumed=assumed))
        second = cast.visit("second", site=1)
        return forecast(cast.problem(visits=[first, second], travel=travel)).visits["second"].assumed

    assert chain(True)
    assert not chain(False)


def test_work_that_has_overrun_is_judged_by_what_is_left_of_its_distribution(cast: Cast) -> None:
    """A 60-minute visit that has run 90 minutes will not end now: the rest of its distribution remains.

    By hand: sigma 0.472, 90 min is 1.095 sigma out, 13.7 % are longer, half of these end after 1,102 s more.
    """
    running = cast.visit("adeyemi", cv=0.5, progress=cast.progress(arrived=8, started=8))
    after = cast.visit("finch", window=(9, 10))

    made = forecast(cast.problem(visits=[running, after], now=9.5, scenarios=2000)).visits

    finish = made["adeyemi"].finish
    assert finish is not None and finish.p10_s > 9.5 * HOUR
    assert finish.p50_s == pytest.approx(9.5 * HOUR + 1102, abs=30)
    assert made["finch"].p_kept is not None and made["finch"].p_kept < 0.75


def test_the_longer_a_drive_has_lasted_the_later_it_ends_and_never_before_now(cast: Cast) -> None:
    driving = cast.visit("finch", site=6, progress=cast.progress(on_the_way=8))
    travel = cast.travel(day_cv=0.1, leg_cv=0.2)

    arrivals = [
        forecast(cast.problem(visits=[driving], travel=travel, now=now)).visits["finch"].arrival
        for now in (8.0, 8.4, 8.6, 9.5)
    ]

    p10 = [each.p10_s for each in arrivals if each is not None]
    assert p10 == sorted(p10)
    assert all(at > now * HOUR for at, now in zip(p10, (8.0, 8.4, 8.6, 9.5), strict=True))


def test_somebody_who_arrived_and_has_not_begun_still_has_the_whole_work_before_him(cast: Cast) -> None:
    waiting = cast.visit("finch", window=(8, 10), progress=cast.progress(arrived=9))

    made = forecast(cast.problem(visits=[waiting], now=9.5)).visits["finch"]

    assert made.happened and made.p_kept == 1.0
    assert made.finish is not None and made.finish.p50_s == 10.5 * HOUR


def test_an_unassigned_visit_has_no_forecast_and_says_so(cast: Cast) -> None:
    made = forecast(cast.problem(visits=[cast.visit("finch")], routes={})).visits["finch"]

    assert (made.arrival, made.p_kept, made.p_miss, made.technician) == (None, None, None, None)
    assert made.reason is not None and made.reason.code is Code.UNASSIGNED


def test_behind_an_unreachable_leg_nothing_is_guessed_and_the_reason_names_it(cast: Cast) -> None:
    seconds = cast.travel().seconds.copy()
    seconds[1, 2] = np.nan
    visits = [cast.visit("adeyemi", site=1), cast.visit("finch", site=2), cast.visit("petrov", site=3)]

    made = forecast(cast.problem(visits=visits, travel=Travel(seconds=seconds, day_cv=0, leg_cv=0)))

    assert made.visits["adeyemi"].p_kept == 1.0
    for key in ("finch", "petrov"):
        reason = made.visits[key].reason
        assert (made.visits[key].arrival, made.visits[key].p_kept) == (None, None)
        assert reason is not None and reason.code is Code.UNREACHABLE
        assert (reason.facts["visit"], reason.facts["from_site"], reason.facts["to_site"]) == ("finch", 1, 2)
    assert made.technicians["sam"].end is None


def test_a_matrix_of_nothing_but_nan_gives_reasons_not_numbers(cast: Cast) -> None:
    travel = Travel(seconds=np.full((3, 3), np.nan))

    made = forecast(cast.problem(visits=[cast.visit("finch")], travel=travel)).visits["finch"]

    assert made.arrival is None and made.reason is not None and made.reason.code is Code.UNREACHABLE


def test_arrived_behind_an_unreachable_leg_is_reached_after_all(cast: Cast) -> None:
    travel = Travel(seconds=np.full((3, 3), np.nan))
    there = cast.visit("finch", progress=cast.progress(arrived=9))

    made = forecast(cast.problem(visits=[there], travel=travel, now=9)).visits["finch"]

    assert made.reason is None and made.p_kept == 1.0


def test_p47_when_a_technician_falls_sick_all_promises_still_open_are_lost_and_say_why(cast: Cast) -> None:
    sick = cast.technician(absences=(Absence(from_s=7 * HOUR, to_s=17 * HOUR),))

    made = forecast(cast.problem([sick], [cast.visit("adeyemi"), cast.visit("finch")])).visits

    for each in made.values():
        assert each.p_kept == 0.0 and each.arrival is None
        assert each.reason is not None and each.reason.code is Code.ABSENT


def test_an_hour_at_the_dentist_makes_later_visits_an_hour_later(cast: Cast) -> None:
    away = cast.technician(absences=(Absence(from_s=8.5 * HOUR, to_s=9.5 * HOUR),))
    visits = [cast.visit("adeyemi", site=0), cast.visit("finch", site=0)]

    made = forecast(cast.problem([away], visits)).visits["finch"]

    assert made.arrival is not None and made.arrival.p50_s == 10 * HOUR


def test_a_visit_finished_without_a_recorded_arrival_is_unknown_not_kept(cast: Cast) -> None:
    """G-5: nothing defaults to good; whether it is unproven and broken is for `promises` to say."""
    visit = cast.visit("finch", progress=cast.progress(finished=9))

    made = forecast(cast.problem(visits=[visit], now=10)).visits["finch"]

    assert visit.stage is Stage.DONE and made.p_kept is None
    assert made.reason is not None and made.reason.code is Code.NO_ARRIVAL_RECORDED


def test_whoever_rests_at_a_door_that_is_still_closed_need_not_rest_again(cast: Cast) -> None:
    """He drove up early; the half hour until the door opens is his break, though the drive lay before it."""
    sam = cast.technician(breaks=(Break(earliest_s=11.5 * HOUR, latest_s=14 * HOUR, length_s=1800.0),))
    closed = cast.visit("finch", site=1, window=(12, 14), progress=cast.progress(on_the_way=11.3))
    behind = cast.visit("osei", site=1, window=(13, 13.25))

    made = forecast(cast.problem([sam], [closed, behind], now=11.75)).visits["osei"]

    assert made.arrival is not None and made.arrival.p50_s == 13 * HOUR


def test_overtime_is_told_per_technician_with_the_drive_home(cast: Cast) -> None:
    sam = cast.technician(end=9, site=0, end_site=11, overtime_limit_s=600.0)

    made = forecast(cast.problem([sam], [cast.visit("finch", site=0)])).technicians["sam"]

    assert made.end is not None and made.end.p50_s == 9 * HOUR + 3300
    assert (made.p_overtime, made.p_over_limit) == (1.0, 1.0)


def test_zero_technicians_and_zero_visits_give_an_empty_forecast(cast: Cast) -> None:
    made = forecast(cast.problem([], [], {}))

    assert (dict(made.visits), dict(made.technicians)) == ({}, {})


def test_a_problem_over_several_days_with_an_origin_long_ago_is_exact(cast: Cast) -> None:
    """Origin 1970: seconds of today are 1.8e9; float64 keeps them exact to the microsecond."""
    origin = 1_793_577_600.0 / HOUR
    people = [cast.technician(f"sam:{day}", person="sam", day=day, start=origin + 24 * day + 8,
                              end=origin + 24 * day + 17) for day in range(3)]  # fmt: skip
    visits = [cast.visit(f"v{day}", window=(origin + 24 * day + 8, origin + 24 * day + 9)) for day in range(3)]
    routes = {f"sam:{day}": [f"v{day}"] for day in range(3)}

    made = forecast(cast.problem(people, visits, routes, now=origin + 7))

    for day in range(3):
        arrival = made.visits[f"v{day}"].arrival
        assert arrival is not None
        assert arrival.p50_s == pytest.approx((origin + 24 * day + 8) * HOUR + 300, abs=1e-3)
        assert made.visits[f"v{day}"].p_kept == 1.0


def test_the_same_seed_gives_the_same_forecast_and_another_seed_another(cast: Cast) -> None:
    one, again, other = (forecast(cast.town(3, scenarios=64)) for _ in range(3))
    other = forecast(cast.town(4, scenarios=64))

    assert one == again
    assert one != other


def test_p_kept_equals_that_of_an_independent_simulation_in_plain_python(cast: Cast) -> None:
    """Other generator, other loop, other distribution code: only the rules are shared."""
    visits = [
        cast.visit("a", site=2, minutes=60, cv=0.5, window=(8, 10)),
        cast.visit("b", site=4, minutes=75, cv=0.6, window=(9, 10.5)),
        cast.visit("c", site=7, minutes=45, cv=0.4, window=(10, 11.5)),
        cast.visit("d", site=3, minutes=90, cv=0.35, window=(11, 13)),
    ]
    travel = cast.travel(day_cv=0.10, leg_cv=0.12)
    made = forecast(cast.problem(visits=visits, travel=travel, scenarios=4096)).visits

    kept = dict.fromkeys("abcd", 0)
    dice, runs = random.Random(20261102), 20_000

    def lognormal(mean: float, cv: float) -> float:
        sigma = sqrt(log(1 + cv * cv))
        return dice.lognormvariate(log(mean) - sigma * sigma / 2, sigma)

    for _ in range(runs):
        at_s, here, jam = 8 * HOUR, 0, lognormal(1.0, 0.10)
        for visit in visits:
            at_s += abs(visit.site - here) * 300.0 * jam * lognormal(1.0, 0.12)
            assert visit.window is not None
            at_s, here = max(at_s, visit.window.opens_s), visit.site
            kept[visit.key] += at_s <= visit.window.closes_s + 60.0
            at_s += lognormal(visit.duration.mean_s, visit.duration.cv)

    for key in "abcd":
        share = kept[key] / runs
        error = 4 * sqrt(max(share * (1 - share), 0.001) * (1 / runs + 1 / 4096))
        assert made[key].p_kept == pytest.approx(share, abs=error)
