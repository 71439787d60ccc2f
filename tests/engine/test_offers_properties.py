"""Laws that hold for every town: offers against brute force, pruning, luck and company."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.engine import Move, Planned, Problem, Request, Window, consequence, forecast, offers, prepare
from goodword.engine.consequence import moved
from goodword.engine.kernel import entry
from goodword.engine.kernel.tables import Fault, Pairs, Verdicts
from goodword.engine.offers.pairing import paired
from goodword.engine.offers.people import who_can
from goodword.engine.offers.places import ask_about, places_for

if TYPE_CHECKING:
    from tests.engine.conftest import Cast

HOUR = 3600.0
WINDOWS = [(h, h + 2) for h in range(8, 16, 2)]
seeds = st.integers(0, 10_000)


def newcomer(cast: Cast, seed: int, *, site: int = 20, **odd: object) -> Request:
    rng = np.random.default_rng(seed)
    visit = cast.visit("new", site=site, minutes=float(rng.choice([30, 60, 90])), cv=0.45, window=None)
    return cast.request(visit, WINDOWS, **odd)


def with_newcomer(problem: Problem, request: Request) -> Problem:
    """The same problem with the new visit in it, on nobody's route."""
    return replace(problem, visits=(*problem.visits, request.visit))


@given(seed=seeds)
@settings(max_examples=25, deadline=None)
def test_an_option_promises_exactly_what_the_forecast_says_once_it_is_taken(cast: Cast, seed: int) -> None:
    """Same luck in both: the fast suffix and the whole simulation must agree to the last scenario."""
    problem, request = cast.town(seed), newcomer(cast, seed)
    made = offers(problem, request)

    for option in (*made.options, *made.further):
        move = Move(visit="new", technician=option.technician, position=option.position, window=option.window)
        taken = forecast(moved(with_newcomer(problem, request), move))
        mine, before = taken.visits["new"], forecast(problem)
        assert mine.p_kept == pytest.approx(option.p_kept)
        assert mine.arrival == option.arrival
        worse = {
            key: each.p_kept
            for key, each in taken.visits.items()
            if key != "new" and (each.p_kept or 0.0) < (before.visits[key].p_kept or 0.0) - 1e-12
        }
        assert worse == pytest.approx({change.visit: change.p_after for change in option.endangered})


@given(seed=seeds)
@settings(max_examples=8, deadline=None)
def test_a_window_is_offered_exactly_when_brute_force_finds_somebody_who_can_keep_it(cast: Cast, seed: int) -> None:
    """Brute force: every technician, position and window through the whole simulation and `consequence`."""
    problem, request = cast.town(seed, technicians=3, each=3), newcomer(cast, seed, site=12)
    everything = with_newcomer(problem, request)
    kept: set[float] = set()
    for window in request.windows:
        for technician in problem.technicians:
            for position in range(len(problem.route_of(technician.key)) + 1):
                move = Move(visit="new", technician=technician.key, position=position, window=window)
                if not consequence(everything, move).objections:
                    kept.add(window.opens_s)

    made = offers(problem, request)

    assert {option.window.opens_s for option in (*made.options, *made.further)} == kept


@given(seed=seeds)
@settings(max_examples=15, deadline=None)
def test_pruning_changes_the_time_taken_and_never_the_answer(cast: Cast, seed: int) -> None:
    """With a group of its own no pair is ever left out."""
    problem, request = cast.town(seed), newcomer(cast, seed)
    ask = ask_about(problem, request.visit)
    places = places_for(ask, who_can(problem, request.visit))
    pairs = paired(ask, places, list(request.windows))
    pairs = pairs.take(np.argsort(pairs.lower, kind="stable"))

    def judged(asked: Pairs, groups: int) -> tuple[Verdicts, np.ndarray, np.ndarray]:
        return entry.search(ask.day.facts, ask.day.base, ask.new, ask.rules, places, asked, groups)

    pruned, best, _ = judged(pairs, len(request.windows))
    alone = np.arange(len(pairs.place))
    every, _, _ = judged(pairs._replace(group=alone), len(alone))

    assert not (every.fault == Fault.PRUNED).any()
    for group in range(len(request.windows)):
        fit = np.flatnonzero((pairs.group == group) & (every.fault == Fault.NONE))
        assert best[group] == (fit[every.cost[fit].argmin()] if len(fit) else -1)
    same = pruned.fault != Fault.PRUNED
    assert (pruned.fault[same] == every.fault[same]).all()


@given(seed=seeds)
@settings(max_examples=20, deadline=None)
def test_one_more_technician_never_makes_the_best_option_worse(cast: Cast, seed: int) -> None:
    problem, request = cast.town(seed), newcomer(cast, seed)
    fewer = offers(problem, request)
    extra = cast.technician("extra", start=7.5, end=17.5, site=5)

    more = offers(cast.problem([*problem.technicians, extra], problem.visits,
                               {route.technician: route.visits for route in problem.routes},
                               travel=problem.travel, now=7, seed=problem.seed), request)  # fmt: skip

    assert len(more.misses) <= len(fewer.misses)
    if fewer.options:
        assert more.options[0].cost <= fewer.options[0].cost + 1e-9


@given(seed=seeds)
@settings(max_examples=20, deadline=None)
def test_every_option_respects_every_floor_and_its_own_threshold(cast: Cast, seed: int) -> None:
    problem, request = cast.town(seed), newcomer(cast, seed)
    policy, made = problem.policy, offers(problem, request)

    for option in (*made.options, *made.further):
        assert option.p_kept >= policy.offer_at_least
        for change in option.endangered:
            assert change.p_before is not None and change.p_after is not None
            below_already = change.p_before < policy.floor
            assert change.p_after >= (change.p_before - policy.floor_loss if below_already else policy.floor) - 1e-9


@given(seed=seeds, wanted=st.integers(1, 6))
@settings(max_examples=20, deadline=None)
def test_every_window_asked_for_is_answered_exactly_once(cast: Cast, seed: int, wanted: int) -> None:
    problem, request = cast.town(seed), newcomer(cast, seed, wanted=wanted)

    made = offers(problem, request)

    answered = [each.window for each in (*made.options, *made.further)] + [each.window for each in made.misses]
    assert sorted(answered, key=lambda w: w.opens_s) == list(request.windows)
    assert len(made.options) <= wanted
    assert bool(made.options) != bool(made.reasons)


def test_too_few_scenarios_flatter_and_more_are_less_optimistic_on_average(cast: Cast) -> None:
    """The optimiser picks lucky draws: what it states, less what fresh scenarios keep (planning.md 2)."""

    def optimism(scenarios: int) -> float:
        gaps = []
        for seed in range(30):
            problem, request = cast.town(seed, scenarios=scenarios), newcomer(cast, seed)
            made = offers(problem, request)
            if not made.options:
                continue
            option = made.options[0]
            move = Move(visit="new", technician=option.technician, position=option.position, window=option.window)
            fresh = cast.town(seed, scenarios=1024)
            object.__setattr__(fresh, "seed", seed + 77_777)
            kept = forecast(moved(with_newcomer(fresh, request), move)).visits["new"].p_kept
            gaps.append(option.p_kept - (kept or 0.0))
        return float(np.mean(gaps))

    few, many = optimism(8), optimism(256)

    assert many < few
    assert abs(many) < 0.01


def test_without_capacity_there_are_no_offers_but_reasons(cast: Cast) -> None:
    full = [cast.visit(f"v{n}", site=1, minutes=58, window=(8 + n, 8.25 + n)) for n in range(9)]

    made = offers(cast.problem(visits=full), cast.request(windows=[(h, h + 2) for h in range(8, 17)]))

    assert made.options == () and made.further == ()
    assert made.reasons
    assert len(made.misses) == 9 and all(miss.reason for miss in made.misses)


def test_windows_given_twice_are_answered_once(cast: Cast) -> None:
    window = Window(opens_s=9 * HOUR, closes_s=11 * HOUR)

    made = offers(cast.problem(), Request(visit=cast.visit("finch", window=None), windows=(window, window)))

    assert len(made.options) == 1


@given(seed=seeds)
@settings(max_examples=20, deadline=None)
def test_planned_times_of_a_technician_never_overlap_whatever_option_is_taken(cast: Cast, seed: int) -> None:
    """What the database's exclusion constraint would refuse is never proposed."""
    town, request = cast.town(seed), newcomer(cast, seed)
    problem = planned_by_medians(town)

    for option in offers(problem, request).options:
        times = {each.visit: each.planned for each in option.shifted} | {"new": option.planned}
        stops = list(problem.route_of(option.technician))
        stops.insert(option.position, "new")
        spans = [times.get(key) or problem.visit(key).planned for key in stops]
        assert all(one and other and one.end_s <= other.start_s for one, other in pairwise(spans))


def planned_by_medians(problem: Problem) -> Problem:
    """The same problem with every visit planned where the forecast expects it."""
    seen = forecast(problem).visits
    planned = []
    for visit in problem.visits:
        arrival, finish = seen[visit.key].arrival, seen[visit.key].finish
        assert arrival is not None and finish is not None
        planned.append(replace(visit, planned=Planned(start_s=arrival.p50_s, end_s=finish.p50_s)))
    return replace(problem, visits=tuple(planned))


@given(seed=seeds)
@settings(max_examples=10, deadline=None)
def test_what_was_prepared_before_a_change_makes_the_next_question_quicker_and_never_different(
    cast: Cast, seed: int
) -> None:
    """Kept draws are the same draws: a visit goes, another takes longer, time passes."""
    before, request = cast.town(seed), newcomer(cast, seed)
    longer = replace(before.visits[1], duration=replace(before.visits[1].duration, mean_s=5000.0))
    routes = (replace(before.routes[0], visits=before.routes[0].visits[1:]), *before.routes[1:])
    alone = replace(before, visits=(longer, *before.visits[2:]), routes=routes, now_s=8.5 * HOUR)
    helped = replace(alone)

    seen = prepare(helped, prepare(before))

    assert forecast(helped) == forecast(alone)
    assert offers(seen, request) == offers(alone, request)
