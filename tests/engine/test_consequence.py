"""What a move would do, before it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from goodword.engine import Code, EngineError, Move, Planned, Problem, Stage, consequence

if TYPE_CHECKING:
    from tests.engine.conftest import Cast

HOUR = 3600.0


def two_routes(cast: Cast, **odd: Any) -> Problem:
    people = [cast.technician("sam"), cast.technician("ade", site=5)]
    visits = [
        cast.visit("adeyemi", site=1, window=(8, 9), **odd),
        cast.visit("finch", site=5, minutes=90, window=(9, 10)),
        cast.visit("petrov", site=2, window=(9, 11)),
    ]
    return cast.problem(people, visits, {"sam": ["adeyemi", "finch"], "ade": ["petrov"]})


def test_a_move_shows_every_promise_that_changes_before_and_after_the_moved_one_first(cast: Cast) -> None:
    seen = consequence(two_routes(cast), Move(visit="finch", technician="ade", position=0))

    (finch, *others) = seen.promises
    assert (finch.visit, finch.p_before, finch.p_after) == ("finch", 1.0, 1.0)
    assert finch.arrival_before_s == 9 * HOUR + 300 + 1200
    assert finch.arrival_after_s == 9 * HOUR
    assert [(change.visit, change.p_before, change.p_after) for change in others] == [("petrov", 1.0, 1.0)]


def test_a_move_that_breaks_somebodys_floor_objects_and_leaves_it_to_a_person(cast: Cast) -> None:
    people = [cast.technician("sam"), cast.technician("ade")]
    visits = [cast.visit("finch", site=0, minutes=120), cast.visit("petrov", site=0, window=(8, 9))]
    problem = cast.problem(people, visits, {"sam": ["finch"], "ade": ["petrov"]})

    seen = consequence(problem, Move(visit="finch", technician="ade", position=0))

    (reason,) = seen.objections
    assert reason.code is Code.BREAKS_FLOOR
    assert (reason.facts["visit"], reason.facts["before"], reason.facts["after"]) == ("petrov", 1.0, 0.0)
    assert seen.allowed
    assert [change.visit for change in seen.promises] == ["finch", "petrov"]


def test_driving_is_counted_over_both_routes(cast: Cast) -> None:
    seen = consequence(two_routes(cast), Move(visit="finch", technician="ade", position=0))

    assert seen.added_travel_s == -1200.0
    assert seen.added_travel_m == -12_000.0
    assert [before.technician for before, _ in seen.technicians] == ["sam", "ade"]


def test_an_unassigned_visit_gets_its_first_forecast_by_a_move(cast: Cast) -> None:
    problem = cast.problem(visits=[cast.visit("finch", site=3)], routes={})

    seen = consequence(problem, Move(visit="finch", technician="sam"))

    (change,) = seen.promises
    assert (change.p_before, change.p_after) == (None, 1.0)
    assert change.arrival_before_s is None and change.arrival_after_s == 8 * HOUR + 900
    assert seen.allowed and seen.objections == ()
    assert seen.planned[0].planned == Planned(start_s=8 * HOUR + 900, end_s=9 * HOUR + 900)


def test_taking_a_visit_off_every_route_leaves_its_promise_without_a_forecast(cast: Cast) -> None:
    seen = consequence(two_routes(cast), Move(visit="adeyemi", technician=None))

    assert (seen.promises[0].visit, seen.promises[0].p_after) == ("adeyemi", None)
    assert seen.planned == ()
    assert seen.allowed


@pytest.mark.parametrize("stage", [Stage.ON_THE_WAY, Stage.ARRIVED, Stage.STARTED, Stage.DONE])
def test_what_has_begun_is_frozen(cast: Cast, stage: Stage) -> None:
    name = {1: "on_the_way", 2: "arrived", 3: "started", 4: "finished"}[stage]
    problem = two_routes(cast, progress=cast.progress(**{name: 8}))

    seen = consequence(problem, Move(visit="adeyemi", technician="ade"))

    assert not seen.allowed
    assert [reason.code for reason in seen.objections] == [Code.FROZEN]


def test_a_pinned_visit_stays_with_its_technician_and_may_change_its_place(cast: Cast) -> None:
    problem = two_routes(cast, pinned=True)

    away = consequence(problem, Move(visit="adeyemi", technician="ade"))
    within = consequence(problem, Move(visit="adeyemi", technician="sam", position=1))

    assert Code.PINNED in [reason.code for reason in away.objections] and not away.allowed
    assert Code.PINNED not in [reason.code for reason in within.objections]


def test_a_missing_skill_forbids_a_move(cast: Cast) -> None:
    seen = consequence(two_routes(cast, skills={"gas": 1}), Move(visit="adeyemi", technician="ade"))

    assert not seen.allowed
    assert seen.objections[0].facts["skill"] == "gas"


def test_a_visit_cannot_be_put_before_what_has_begun(cast: Cast) -> None:
    people = [cast.technician("sam"), cast.technician("ade")]
    driving = cast.visit("adeyemi", progress=cast.progress(on_the_way=8))
    problem = cast.problem(people, [driving, cast.visit("finch")], {"sam": ["adeyemi"], "ade": ["finch"]})

    seen = consequence(problem, Move(visit="finch", technician="sam", position=0))

    arrival_s = seen.promises[0].arrival_after_s
    assert arrival_s is not None and arrival_s >= 9 * HOUR


def test_a_move_with_a_new_window_is_judged_by_the_new_one(cast: Cast) -> None:
    late = consequence(two_routes(cast), Move(visit="finch", technician="sam", window=cast.window(8, 9)))

    assert late.promises[0].p_after == 0.0
    assert late.objections[0].code is Code.LATE_RISK


def test_planned_times_behind_the_moved_visit_make_room(cast: Cast) -> None:
    people = [cast.technician("sam"), cast.technician("ade")]
    visits = [
        cast.visit("finch", site=0, minutes=120),
        cast.visit("petrov", site=0, planned=Planned(start_s=9 * HOUR, end_s=10 * HOUR)),
    ]
    problem = cast.problem(people, visits, {"sam": ["finch"], "ade": ["petrov"]})

    seen = consequence(problem, Move(visit="finch", technician="ade", position=0))

    assert [(each.visit, each.planned.start_s / HOUR, each.planned.end_s / HOUR) for each in seen.planned] == [
        ("finch", 8, 10),
        ("petrov", 10, 11),
    ]


def test_a_move_to_where_it_is_changes_nothing(cast: Cast) -> None:
    seen = consequence(two_routes(cast), Move(visit="finch", technician="sam", position=1))

    assert [change.worse_by for change in seen.promises] == [0.0]
    assert seen.added_travel_s == 0.0


def test_unknown_visits_and_technicians_are_refused(cast: Cast) -> None:
    with pytest.raises(EngineError):
        consequence(two_routes(cast), Move(visit="nobody", technician="ade"))
    with pytest.raises(EngineError):
        consequence(two_routes(cast), Move(visit="finch", technician="nobody"))
