"""Tomorrow's plan: what it must never do, and what it must get better at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from goodword.engine import (
    Absence,
    Code,
    EngineError,
    Plan,
    PlanEffort,
    Problem,
    Route,
    Severity,
    Travel,
    explain,
    plan,
)

if TYPE_CHECKING:
    from tests.engine.conftest import Cast

QUICK = PlanEffort(start_iterations=30, rounds=40, fresh_scenarios=256)


def never() -> bool:
    return False


def planned(problem: Problem, *, seed: int = 1, effort: PlanEffort = QUICK) -> Plan:
    """A plan that has lost no visit: each is in one route or left out with a reason."""
    made = plan(problem, seed=seed, stop=never, effort=effort)
    routed = [key for route in made.routes for key in route.visits]
    assert sorted([*routed, *(each.visit for each in made.left_out)]) == sorted(v.key for v in problem.visits)
    return made


def emptied(problem: Problem) -> Problem:
    return replace(problem, routes=())


def where(made: Plan) -> dict[str, str]:
    return {key: route.technician for route in made.routes for key in route.visits}


def test_without_noise_and_with_room_every_promise_is_kept(cast: Cast) -> None:
    made = planned(emptied(cast.town(3, cv=0.0)))

    assert made.left_out == () and made.after.broken == 0.0 and made.after.lateness == 0.0
    assert made.optimism == pytest.approx(0.0, abs=1e-6)
    assert not [each for reasons in made.broken_rules.values() for each in reasons if each.code is Code.LATE_RISK]


def test_without_capacity_visits_are_left_out_with_reasons_and_the_graver_ones_stay(cast: Cast) -> None:
    crowd = [
        cast.visit(f"v{n}", minutes=120, severity=Severity.SAFETY if n < 2 else Severity.ROUTINE) for n in range(9)
    ]

    made = planned(cast.problem(visits=crowd, routes={}))

    assert 4 <= len(made.left_out) <= 6
    assert {"v0", "v1"} <= where(made).keys()
    assert {each.reason.code for each in made.left_out} <= {Code.SHIFT_OVER, Code.COSTS_MORE}
    assert all(each.reason.facts["technician"] == "sam" for each in made.left_out)


def test_a_plan_is_never_worse_than_the_one_it_was_given_even_on_fresh_scenarios(cast: Cast) -> None:
    for seed in (1, 2, 3):
        problem = cast.town(seed, scenarios=32)

        made = planned(problem, seed=seed)

        assert made.after.total <= made.before.total


def test_the_same_seed_gives_the_same_plan_and_another_hand_scores_it_alike(cast: Cast) -> None:
    problem = cast.town(4)

    one, other = planned(problem), planned(problem)
    by_hand = explain(replace(problem, seed=1), one.routes)

    assert one == other
    assert by_hand.value.total == pytest.approx(one.searched.total)


def test_more_scenarios_flatter_less(cast: Cast) -> None:
    """The search picks what is lucky in the scenarios it sees."""
    few = [planned(cast.town(s, scenarios=4), seed=s).optimism for s in range(1, 7)]
    many = [planned(cast.town(s, scenarios=128), seed=s).optimism for s in range(1, 7)]

    assert np.mean(many) < np.mean(few)


def test_another_technician_makes_it_no_worse_on_average(cast: Cast) -> None:
    alone, helped = [], []
    for seed in range(1, 5):
        problem = cast.town(seed, each=5)
        more = cast.technician("extra", start=7.5, end=17.5, site=0)
        alone.append(planned(problem, seed=seed).after.total)
        helped.append(planned(replace(problem, technicians=(*problem.technicians, more)), seed=seed).after.total)

    assert np.mean(helped) <= np.mean(alone)


@pytest.mark.parametrize("asked", [0, 1, 40])
def test_a_cancelled_search_returns_the_best_it_has(cast: Cast, asked: int) -> None:
    left = iter(range(asked))
    told: list[tuple[float, float]] = []

    made = plan(
        cast.town(2), seed=1, stop=lambda: next(left, None) is None, progress=lambda *each: told.append(each),
        effort=replace(QUICK, rounds=1_000_000),
    )  # fmt: skip

    assert made.stopped and made.after.total <= made.before.total
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert [value for _, value in told] == sorted((value for _, value in told), reverse=True)


def test_pinned_begun_and_wished_for_visits_stay_where_they_must(cast: Cast) -> None:
    people = [cast.technician("ade", site=0), cast.technician("sam", site=9), cast.technician("new", site=5)]
    visits = [
        cast.visit("begun", site=9, progress=cast.progress(arrived=7.9)),
        cast.visit("pinned", site=9, pinned=True),
        cast.visit("only", site=0, only=frozenset({"sam"})),
        cast.visit("never", site=5, never=frozenset({"new"})),
        cast.visit("liked", site=9, preferred=frozenset({"ade"})),
    ]
    problem = cast.problem(people, visits, {"ade": ["begun", "pinned"], "sam": ["never", "only", "liked"]})

    made = planned(problem)

    assert made.routes[0].visits[0] == "begun"
    assert (where(made)["pinned"], where(made)["only"]) == ("ade", "sam")
    assert where(made)["never"] != "new"
    assert made.after.technician_change == (0.0 if where(made)["liked"] == "ade" else problem.costs.technician_change)


def test_a_plan_made_by_hand_is_told_every_rule_it_breaks(cast: Cast) -> None:
    visits = [
        cast.visit("gas", skills={"gas": 2}),
        cast.visit("late", site=11, window=(8, 9)),
        *(cast.visit(f"more{n}", minutes=150) for n in range(4)),
        cast.visit("nobody", skills={"gas": 1}, window=(9, 10)),
    ]
    problem = cast.problem(visits=visits, routes={})
    by_hand = [Route(technician="sam", visits=("gas", "late", "more0", "more1", "more2", "more3"))]

    seen = explain(problem, by_hand)

    codes = {key: [each.code for each in reasons] for key, reasons in seen.broken_rules.items()}
    assert codes["gas"] == [Code.NOBODY_WITH_SKILL] and codes["late"] == [Code.LATE_RISK]
    assert codes["sam"] == [Code.SHIFT_OVER]
    assert [(each.visit, each.reason.code) for each in seen.left_out] == [("nobody", Code.NOBODY_WITH_SKILL)]
    costs = problem.costs
    assert seen.value.unserved == 2 * (costs.unserved + costs.broken_routine)
    assert seen.value.broken >= costs.broken_routine and seen.value.lateness > 0 and seen.value.overtime > 0


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        ({"skills": {"gas": 3}}, Code.NOBODY_WITH_SKILL),
        ({"parts": frozenset({"valve"})}, Code.NOBODY_WITH_PART),
        ({"minutes": 6_000}, Code.LONGER_THAN_SHIFT),
        ({"window": (20, 21)}, Code.NOBODY_ON_SHIFT),
        ({"site": 3}, Code.UNREACHABLE),
    ],
)
def test_a_visit_that_cannot_be_made_is_left_out_and_says_why(cast: Cast, odd: dict, code: Code) -> None:
    seconds = cast.travel().seconds.copy()
    seconds[3, :], seconds[:, 3] = np.nan, np.nan
    visits = [cast.visit("odd", **odd), cast.visit("fine", window=(9, 12))]

    made = planned(cast.problem(visits=visits, routes={}, travel=Travel(seconds=seconds)))

    assert {each.visit: each.reason.code for each in made.left_out} == {"odd": code}


@pytest.mark.parametrize("odd", [{"window": (5, 6)}, {"window": (9, 10), "not_before_s": 11 * 3600.0}])
def test_a_window_that_is_over_is_made_late_rather_than_never_and_is_told(cast: Cast, odd: dict) -> None:
    made = planned(cast.problem(visits=[cast.visit("odd", **odd)], routes={}))

    assert where(made) == {"odd": "sam"}
    assert made.broken_rules["odd"][0].facts["p_kept"] == 0.0


def test_a_window_that_is_over_and_a_day_that_is_full_says_that_it_is_over(cast: Cast) -> None:
    visits = [cast.visit("odd", window=(5, 6)), cast.visit("long", minutes=530, severity=Severity.SAFETY)]

    made = planned(cast.problem(visits=visits, routes={}))

    assert {each.visit: each.reason.code for each in made.left_out} == {"odd": Code.PAST}


def test_pins_that_contradict_each_other_stay_and_are_told(cast: Cast) -> None:
    """Two at the same hour in places hours apart, and one whom the customer does not want."""
    visits = [
        cast.visit("here", window=(9, 9.5), pinned=True),
        cast.visit("there", site=11, window=(9, 9.5), pinned=True),
        cast.visit("unwanted", pinned=True, never=frozenset({"sam"})),
    ]

    made = planned(cast.problem(visits=visits))

    assert set(where(made)) == {"here", "there", "unwanted"}
    assert Code.NOBODY_ALLOWED in {each.code for each in made.broken_rules["unwanted"]}
    assert "here" in made.broken_rules or "there" in made.broken_rules


def test_nobody_at_work_and_nothing_to_do_are_plans_too(cast: Cast) -> None:
    nobody = planned(cast.problem([], [cast.visit("v")], {}))
    nothing = planned(cast.problem(visits=[]))

    assert [each.reason.code for each in nobody.left_out] == [Code.NOBODY_WORKS]
    assert nothing.after.total == 0.0


def test_matrices_and_windows_that_make_no_sense_are_refused(cast: Cast) -> None:
    with pytest.raises(EngineError):
        Travel(seconds=np.array([[0.0, -1.0], [1.0, 0.0]]))
    with pytest.raises(EngineError):
        cast.window(11, 9)
    with pytest.raises(EngineError):
        explain(cast.problem(), [Route(technician="sam", visits=("unknown",))])


def test_somebody_who_goes_home_at_noon_is_given_nothing_for_the_afternoon(cast: Cast) -> None:
    gone = cast.technician(absences=(Absence(from_s=12 * 3600.0, to_s=17 * 3600.0),))
    visits = [cast.visit("morning", window=(9, 11)), cast.visit("noon", window=(13, 15))]

    made = planned(cast.problem([gone], visits, {}))

    assert where(made) == {"morning": "sam"} and made.left_out[0].reason.code in (Code.ABSENT, Code.SHIFT_OVER)


def test_thousands_of_identical_visits_end_by_the_stop_rule_and_are_all_accounted_for(cast: Cast) -> None:
    crowd = [cast.visit(f"v{n}", minutes=10, cv=0.5, window=None) for n in range(2_600)]
    left = iter(range(40))

    made = plan(
        cast.problem(visits=crowd, routes={}, scenarios=16), seed=1, stop=lambda: next(left, None) is None,
        effort=replace(QUICK, fresh_scenarios=16),
    )  # fmt: skip

    assert len(made.left_out) + len(made.routes[0].visits) == 2_600
    assert len(made.routes[0].visits) > 30


def test_a_night_in_which_the_clock_changes_is_seconds_like_any_other(cast: Cast) -> None:
    """An hour more or less lies in the caller's seconds: the same day an hour later is the same plan."""
    problem = cast.town(5)
    hour = 3_600.0
    later = replace(
        problem,
        now_s=problem.now_s + hour,
        technicians=tuple(
            replace(
                t, shift_start_s=t.shift_start_s + hour, shift_end_s=t.shift_end_s + hour,
                breaks=tuple(replace(b, earliest_s=b.earliest_s + hour, latest_s=b.latest_s + hour) for b in t.breaks),
            )
            for t in problem.technicians
        ),
        visits=tuple(
            replace(v, window=v.window and replace(v.window, opens_s=v.window.opens_s + hour,
                                                   closes_s=v.window.closes_s + hour))
            for v in problem.visits
        ),
    )  # fmt: skip

    assert planned(later).routes == planned(problem).routes
