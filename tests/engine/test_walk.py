"""The vectorised walk against a plain loop that knows only the words of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.engine import Absence, Break, Planned, Problem, Technician
from goodword.engine.day import simulated

if TYPE_CHECKING:
    from tests.engine.conftest import Cast

HOUR = 3600.0


def gone_until(technician: Technician, at_s: float) -> float | None:
    """End of the absence that holds `at_s`; inf when it reaches the shift's end."""
    for each in technician.absences:
        if each.from_s <= at_s < each.to_s:
            return float("inf") if each.to_s >= technician.shift_end_s else each.to_s
    return None


def doing(technician: Technician, begin_s: float, length_s: float) -> tuple[float, float]:
    """Begin and end of driving or work that pauses while its technician is gone."""
    back_s = gone_until(technician, begin_s)
    begin_s = begin_s if back_s is None else back_s
    end_s = begin_s + length_s
    for each in sorted(technician.absences, key=lambda absence: absence.from_s):
        if begin_s < each.from_s < end_s:
            back_s = float("inf") if each.to_s >= technician.shift_end_s else each.to_s
            end_s += back_s - each.from_s
    return begin_s, end_s


def plain_day(problem: Problem, scenario: int, t: int = 0) -> list[tuple[float, float]]:
    """Arrival and finish of each stop of one technician in one scenario, walked by hand."""
    day, technician = simulated(problem), problem.technicians[t]
    ready_s, walked, waiting = technician.shift_start_s, [], sorted(technician.breaks, key=lambda b: b.earliest_s)
    for row in day.layout.rows_of(t):
        visit = problem.visits[day.layout.visit[row]]
        for rest in list(waiting):
            if max(ready_s, problem.now_s) >= rest.earliest_s and ready_s != float("inf"):
                ready_s = max(ready_s, rest.earliest_s) + rest.length_s
                waiting.remove(rest)
        travel_s = float(day.layout.leg[row] * day.luck.road[row, scenario])
        _, reach_s = doing(technician, max(ready_s, problem.now_s), travel_s)
        open_s = max(reach_s, visit.window.opens_s if visit.window else reach_s, visit.not_before_s or reach_s)
        for rest in list(waiting):
            if max(reach_s, rest.earliest_s) + rest.length_s <= open_s:
                reach_s = max(reach_s, rest.earliest_s) + rest.length_s
                waiting.remove(rest)
        arrive_s, ready_s = doing(technician, open_s, float(day.luck.work[row, scenario]))
        walked.append((arrive_s, ready_s))
    return walked


spans = st.tuples(st.floats(7.5, 17.0), st.floats(0.1, 3.0))
windows = st.one_of(st.none(), st.tuples(st.integers(8, 15), st.integers(1, 4)))


@given(
    stops=st.lists(st.tuples(st.integers(0, 11), st.integers(10, 120), windows), min_size=1, max_size=7),
    absences=st.lists(spans, max_size=2),
    breaks=st.lists(st.floats(9.0, 15.0), max_size=2),
    now=st.floats(6.0, 14.0),
    seed=st.integers(0, 99),
)
@settings(max_examples=80, deadline=None)
def test_the_walk_equals_a_plain_loop_scenario_by_scenario(
    cast: Cast,
    stops: list[tuple[int, int, Any]],
    absences: list[tuple[float, float]],
    breaks: list[float],
    now: float,
    seed: int,
) -> None:
    apart = [span for i, span in enumerate(sorted(absences)) if i == 0 or span[0] > sum(sorted(absences)[i - 1])]
    technician = cast.technician(
        absences=tuple(Absence(from_s=a * HOUR, to_s=(a + b) * HOUR) for a, b in apart),
        breaks=tuple(Break(earliest_s=b * HOUR, latest_s=(b + 2) * HOUR, length_s=1800.0) for b in breaks),
        duration_factor=1.1,
    )
    visits = [
        cast.visit(f"v{i}", site=site, minutes=minutes, cv=0.5, window=None if w is None else (w[0], sum(w)))
        for i, (site, minutes, w) in enumerate(stops)
    ]
    travel = cast.travel(day_cv=0.1, leg_cv=0.2)
    problem = cast.problem([technician], visits, now=now, travel=travel, seed=seed, scenarios=8)

    day = simulated(problem)

    rows = list(day.layout.rows_of(0))
    for scenario in range(8):
        plain = plain_day(problem, scenario)
        assert day.arrive[rows, scenario] == pytest.approx([arrive for arrive, _ in plain])
        assert day.finish[rows, scenario] == pytest.approx([finish for _, finish in plain])


def test_a_break_is_taken_while_waiting_for_a_door_to_open(cast: Cast) -> None:
    rest = Break(earliest_s=12 * HOUR, latest_s=13 * HOUR, length_s=1800.0)
    visits = [cast.visit("early", site=0, minutes=150), cast.visit("late", site=0, window=(13, 15))]

    day = simulated(cast.problem([cast.technician(start=9, breaks=(rest,))], visits, now=8))

    assert (day.arrive[2] == 13 * HOUR).all()
    assert (day.end_rested[0] == 12 * HOUR).all()


def test_a_break_that_is_due_is_taken_before_driving_on(cast: Cast) -> None:
    rest = Break(earliest_s=10 * HOUR, latest_s=13 * HOUR, length_s=1800.0)
    visits = [cast.visit("one", site=0, minutes=150), cast.visit("two", site=0)]

    day = simulated(cast.problem([cast.technician(breaks=(rest,))], visits))

    assert (day.arrive[2] == 11 * HOUR).all()


def test_somebody_idle_over_lunch_has_had_lunch(cast: Cast) -> None:
    rest = Break(earliest_s=12 * HOUR, latest_s=13 * HOUR, length_s=1800.0)
    done = cast.visit("done", site=0, progress=cast.progress(arrived=10, finished=11))

    problem = cast.problem([cast.technician(breaks=(rest,))], [done, cast.visit("next", site=1)], now=14)

    assert (simulated(problem).arrive[2] == 14 * HOUR + 300).all()


def test_a_helper_is_not_free_while_helping(cast: Cast) -> None:
    planned = Planned(start_s=9 * HOUR, end_s=11 * HOUR)
    heavy = cast.visit("boiler", planned=planned, helpers=frozenset({"ade"}))
    people = [cast.technician("sam"), cast.technician("ade")]
    problem = cast.problem(people, [heavy, cast.visit("tap", site=0, minutes=120)], {"sam": ["boiler"], "ade": ["tap"]})

    arrive, finish = (times[simulated(problem).layout.rows_of(1)[0]] for times in _times(problem))

    assert (arrive == 8 * HOUR).all()
    assert (finish == 12 * HOUR).all()


def _times(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    day = simulated(problem)
    return day.arrive, day.finish
