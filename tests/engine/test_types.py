"""What the types refuse, with facts that help to find the mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from goodword.engine import (
    Absence,
    Break,
    Costs,
    Duration,
    EngineError,
    Planned,
    Policy,
    Progress,
    Request,
    Route,
    Stage,
    Travel,
    Window,
    offers,
)
from goodword.engine.errors import BadMatrix, Contradiction, DuplicateKey, NotANumber, Reversed, UnknownKey

if TYPE_CHECKING:
    from tests.engine.conftest import Cast

BAD_NUMBERS = [float("nan"), float("inf"), float("-inf"), 1e12]


@pytest.mark.parametrize(("opens", "closes"), [(11, 9), (9, 9)])
def test_a_reversed_or_empty_window_is_refused_and_named(cast: Cast, opens: float, closes: float) -> None:
    with pytest.raises(Reversed) as refused:
        cast.window(opens, closes)

    assert refused.value.facts["from_s"] == opens * cast.hour
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize("kind", [Absence, Planned])
def test_reversed_absences_and_planned_times_are_refused(kind: Any) -> None:
    names = ("from_s", "to_s") if kind is Absence else ("start_s", "end_s")

    with pytest.raises(Reversed):
        kind(**dict(zip(names, (10.0, 5.0), strict=True)))


@pytest.mark.parametrize("bad", BAD_NUMBERS)
def test_times_that_are_not_finite_or_not_seconds_are_refused(cast: Cast, bad: float) -> None:
    with pytest.raises(NotANumber):
        Window(opens_s=0.0, closes_s=bad)
    with pytest.raises(NotANumber):
        Progress(arrived_s=bad)
    with pytest.raises(NotANumber):
        cast.visit("finch", not_before_s=bad)
    with pytest.raises(NotANumber):
        cast.problem(now=bad)


@pytest.mark.parametrize("mean_s", [0.0, -60.0, float("nan"), float("inf")])
def test_a_duration_that_is_not_positive_is_refused(mean_s: float) -> None:
    with pytest.raises(NotANumber):
        Duration(mean_s=mean_s)


def test_negative_spread_is_refused() -> None:
    with pytest.raises(NotANumber):
        Duration(mean_s=60.0, cv=-0.1)
    with pytest.raises(NotANumber):
        Travel(seconds=np.zeros((1, 1)), day_cv=-0.1)


@pytest.mark.parametrize(
    ("matrix", "why"),
    [
        ([[0.0, -1.0], [1.0, 0.0]], "negative"),
        ([[0.0, np.inf], [1.0, 0.0]], "infinite"),
        ([[0.0, 1.0]], "not square"),
        ([0.0, 1.0], "not square"),
        ([[0.0, 1.0], [2.0]], "rows of one length"),
        ([["here", "there"]], "does not hold numbers"),
    ],
)
def test_a_matrix_that_cannot_be_one_is_refused_saying_why(matrix: Any, why: str) -> None:
    with pytest.raises(BadMatrix, match=why):
        Travel(seconds=matrix)


def test_a_matrix_of_metres_has_the_shape_of_its_seconds() -> None:
    with pytest.raises(BadMatrix, match="beside seconds"):
        Travel(seconds=np.zeros((2, 2)), metres=np.zeros((3, 3)))


def test_nan_in_a_matrix_is_the_mark_for_unreachable_and_passes() -> None:
    assert Travel(seconds=np.array([[0.0, np.nan], [np.nan, 0.0]])).sites == 2


def test_a_matrix_cannot_be_changed_behind_the_engines_back() -> None:
    mine = np.zeros((2, 2))
    travel = Travel(seconds=mine)
    mine[0, 1] = 99.0

    assert travel.seconds[0, 1] == 0.0
    with pytest.raises(ValueError, match="read-only"):
        travel.seconds[0, 1] = 1.0


def test_unknown_sites_technicians_and_visits_are_refused(cast: Cast) -> None:
    with pytest.raises(UnknownKey):
        cast.problem(visits=[cast.visit("finch", site=12)])
    with pytest.raises(UnknownKey):
        cast.problem([cast.technician(site=-1)])
    with pytest.raises(UnknownKey):
        cast.problem(visits=[cast.visit("finch")], routes={"nobody": ["finch"]})
    with pytest.raises(UnknownKey):
        cast.problem(visits=[cast.visit("finch")], routes={"sam": ["petrov"]})
    with pytest.raises(UnknownKey):
        cast.problem(visits=[cast.visit("finch", helpers=frozenset({"nobody"}))])


def test_the_same_visit_in_two_places_is_refused(cast: Cast) -> None:
    people = [cast.technician("sam"), cast.technician("ade")]
    finch = cast.visit("finch")

    with pytest.raises(DuplicateKey):
        cast.problem(people, [finch, finch], {})
    with pytest.raises(DuplicateKey):
        cast.problem(people, [finch], {"sam": ["finch"], "ade": ["finch"]})
    with pytest.raises(DuplicateKey):
        cast.problem([people[0], people[0]])


def test_a_request_for_a_site_outside_the_matrix_or_a_visit_already_there_is_refused(cast: Cast) -> None:
    with pytest.raises(UnknownKey):
        offers(cast.problem(), cast.request(cast.visit("finch", site=12)))
    with pytest.raises(DuplicateKey):
        offers(cast.problem(visits=[cast.visit("finch")]), cast.request(cast.visit("finch")))


def test_nobody_is_helper_and_technician_of_one_visit(cast: Cast) -> None:
    with pytest.raises(Contradiction):
        cast.problem(visits=[cast.visit("finch", helpers=frozenset({"sam"}))])


def test_a_request_whose_visit_has_begun_is_refused(cast: Cast) -> None:
    with pytest.raises(Contradiction):
        Request(visit=cast.visit("finch", progress=cast.progress(arrived=9)))


def test_a_request_whose_deadline_lies_before_its_beginning_is_refused(cast: Cast) -> None:
    with pytest.raises(Reversed):
        cast.request(not_before_s=10.0, deadline_s=5.0)


@pytest.mark.parametrize("scenarios", [0, -1, 10_000_000])
def test_a_number_of_scenarios_that_makes_no_sense_is_refused(cast: Cast, scenarios: int) -> None:
    with pytest.raises(NotANumber):
        cast.problem(scenarios=scenarios)


def test_costs_and_policies_that_make_no_sense_are_refused() -> None:
    with pytest.raises(NotANumber):
        Costs(overtime=-1.0)
    with pytest.raises(NotANumber):
        Policy(floor=1.5)
    with pytest.raises(NotANumber):
        Policy(most_stops=0)


def test_a_skill_level_below_one_is_refused(cast: Cast) -> None:
    with pytest.raises(NotANumber):
        cast.technician(skills={"gas": 0})


def test_a_break_without_length_is_refused() -> None:
    with pytest.raises(EngineError):
        Break(earliest_s=0.0, latest_s=10.0, length_s=0.0)


@pytest.mark.parametrize(
    ("hours", "stage"),
    [
        ({}, Stage.PLANNED),
        ({"on_the_way": 8}, Stage.ON_THE_WAY),
        ({"on_the_way": 8, "arrived": 9}, Stage.ARRIVED),
        ({"started": 9}, Stage.STARTED),
        ({"arrived": 9, "finished": 8}, Stage.DONE),
    ],
)
def test_the_furthest_stage_recorded_counts_even_when_times_contradict(
    cast: Cast, hours: dict[str, float], stage: Stage
) -> None:
    assert cast.visit("finch", progress=cast.progress(**hours)).stage is stage


def test_a_route_is_put_into_the_order_in_which_things_happened(cast: Cast) -> None:
    visits = [
        cast.visit("planned"),
        cast.visit("driving", progress=cast.progress(on_the_way=10)),
        cast.visit("second", progress=cast.progress(arrived=9, finished=9.5)),
        cast.visit("first", progress=cast.progress(arrived=8, finished=8.5)),
    ]

    problem = cast.problem(visits=visits, now=10.1)

    assert problem.route_of("sam") == ("first", "second", "driving", "planned")


def test_a_technician_without_a_route_has_an_empty_day(cast: Cast) -> None:
    assert cast.problem(routes={}).route_of("sam") == ()
    assert Route(technician="sam").visits == ()
