"""Repair: what is frozen, what is kept, what is said, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.engine import (
    Code,
    EngineError,
    MovedOn,
    Planned,
    Problem,
    Progress,
    RepairEffort,
    Repairs,
    Stage,
    Trade,
    apply,
    forecast,
    prepare,
    repair,
)
from goodword.engine.repair import disruptions

if TYPE_CHECKING:
    from tests.engine.conftest import Cast

HOUR = 3600.0


def morning(cast: Cast, seed: int) -> Problem:
    """Half past nine in a town of six: some visits run, some technicians are on the way, the rest is open."""
    town = cast.town(seed, technicians=6, each=4)
    object.__setattr__(town, "now_s", 9.5 * HOUR)
    made = {}
    for t, route in enumerate(town.routes):
        first, second = route.visits[:2]
        began = Progress(on_the_way_s=8 * HOUR, arrived_s=8.5 * HOUR, started_s=8.5 * HOUR)
        made[first] = began if t % 2 else replace(began, finished_s=9.25 * HOUR)
        if t % 2 == 0:
            made[second] = Progress(on_the_way_s=9.25 * HOUR)
    visits = tuple(replace(each, progress=made.get(each.key, each.progress)) for each in town.visits)
    return replace(town, visits=visits)


def wrong(cast: Cast, name: str, day: Problem) -> Problem:
    """One of seven things goes wrong."""
    site = day.visit("v0-2").site
    return {
        "late": lambda: disruptions.late(day, "t1", 2 * HOUR),
        "sick": lambda: disruptions.sick(day, "t0", day.now_s),
        "emergency": lambda: disruptions.emergency(day, cast.visit("new", site=30, cv=0.4, window=(9.5, 12))),
        "no-access": lambda: disruptions.no_access(day, "v1-0", "again"),
        "missing-part": lambda: disruptions.missing_part(_with_valves(day), "v0-2", "valve"),
        "closed-road": lambda: disruptions.closed_road(day, [(site, day.visit("v0-1").site)], None),
        "late-start": lambda: disruptions.late_start(cast.town(3, technicians=6, each=4), "t1", 10.5 * HOUR),
    }[name]()


def _with_valves(day: Problem) -> Problem:
    parts = frozenset({"valve"})
    people = tuple(replace(each, parts=parts) if each.key == "t3" else each for each in day.technicians)
    return replace(day, technicians=people)


NAMES = ("late", "sick", "emergency", "no-access", "missing-part", "closed-road", "late-start")


def everything_holds(problem: Problem, made: Repairs) -> None:
    """What is frozen stays, nothing is lost, and an independent forecast says the same before and after."""
    before = forecast(problem)
    for each in made.alternatives:
        after_problem = apply(problem, each)
        after = forecast(after_problem)
        unserved = {key for key, _ in each.unserved}
        for visit in problem.visits:
            was, now = problem.technician_of.get(visit.key), after_problem.technician_of.get(visit.key)
            assert now is not None or visit.key in unserved
            if visit.stage > Stage.PLANNED or (visit.pinned and was):
                assert now == was
        for route in problem.routes:
            begun = sum(problem.visit(key).stage > Stage.PLANNED for key in route.visits)
            assert after_problem.route_of(route.technician)[:begun] == route.visits[:begun]
        for change in each.promises:
            assert change.p_before == before.visits[change.visit].p_kept
            assert change.p_after == after.visits[change.visit].p_kept
            dot = after.visits[change.visit].arrival
            assert change.arrival_after_s == (None if dot is None else dot.p50_s)
        told = {c.visit for c in each.promises}
        for key, seen in after.visits.items():
            if key not in told and problem.visit(key).window is not None:
                assert seen.p_kept == before.visits[key].p_kept
        for move in each.moves:
            assert after_problem.route_of(move.technician)[move.position] == move.visit and move.reasons


@pytest.mark.parametrize("name", NAMES)
def test_each_disruption_gets_alternatives_that_hold(cast: Cast, name: str) -> None:
    problem = wrong(cast, name, morning(cast, 3))

    made = repair(problem)

    assert 1 <= len(made.alternatives) <= 4
    assert made.alternatives[-1].trades == (Trade.AS_IT_IS,) and made.alternatives[-1].moves == ()
    assert all(each.cost < 0.0 for each in made.alternatives[:-1])
    assert repair(replace(problem)) == made
    everything_holds(problem, made)


@given(seed=st.integers(0, 10_000), name=st.sampled_from(NAMES[:6]))
@settings(max_examples=12, deadline=None)
def test_whatever_goes_wrong_frozen_is_frozen_and_before_and_after_are_true(cast: Cast, seed: int, name: str) -> None:
    problem = wrong(cast, name, morning(cast, seed))

    everything_holds(problem, repair(prepare(problem), RepairEffort(most_moves=6)))


def test_the_visits_of_somebody_who_fell_sick_go_to_others(cast: Cast) -> None:
    people = [cast.technician("sam"), cast.technician("ade")]
    visits = [cast.visit("finch", window=(9, 12)), cast.visit("petrov", site=2, window=(13, 16))]
    problem = disruptions.sick(cast.problem(people, visits, {"sam": ["finch", "petrov"]}), "sam", 8 * HOUR)

    best = repair(problem).alternatives[0]

    assert [(m.visit, m.technician, m.before_technician) for m in best.moves] == [
        ("finch", "ade", "sam"),
        ("petrov", "ade", "sam"),
    ]
    assert {m.reasons[0].code for m in best.moves} == {Code.NOBODY_COMES}
    assert (best.told, best.broken_before, best.broken_after) == (2, 2.0, 0.0)
    assert best.unserved == () and len(repair(problem).alternatives[-1].unserved) == 2


def test_a_part_that_is_missing_brings_who_has_it(cast: Cast) -> None:
    people = [cast.technician("sam"), cast.technician("ade", parts=frozenset({"valve"}))]
    problem = disruptions.missing_part(cast.problem(people, [cast.visit("finch")]), "finch", "valve")

    assert repair(problem).alternatives[0].moves[0].technician == "ade"


def test_a_small_gain_moves_nobody(cast: Cast) -> None:
    """A notice costs half an hour of driving: ten minutes less on the road are not worth a call."""
    people = [cast.technician("sam"), cast.technician("ade", site=3)]

    made = repair(cast.problem(people, [cast.visit("finch", site=2)], {"sam": ["finch"]}))

    assert [each.trades for each in made.alternatives] == [(Trade.AS_IT_IS,)]


def test_nobody_is_moved_for_what_was_in_trouble_before(cast: Cast) -> None:
    """The day before the disruption is at hand: only what has become worse since is relieved."""
    people = [cast.technician("sam"), cast.technician("ade")]
    visits = [cast.visit("finch", minutes=120, window=(8, 9)), cast.visit("petrov", window=(9, 9.5))]
    problem = cast.problem(people, visits, {"sam": ["finch", "petrov"]})

    assert repair(problem).alternatives[0].told == 1
    assert repair(problem, earlier=prepare(replace(problem))).alternatives[0].moves == ()


def test_a_visit_makes_room_for_another_where_no_single_move_can(cast: Cast) -> None:
    """Only Ade can do gas and is full; what she has goes to Sam, who cannot."""
    people = [cast.technician("sam", end=10), cast.technician("ade", end=10, skills={"gas": 1})]
    visits = [cast.visit("finch", minutes=90, window=(8, 9)),
              cast.visit("leak", minutes=90, window=(8, 9), skills={"gas": 1})]  # fmt: skip
    best = repair(cast.problem(people, visits, {"ade": ["finch"]})).alternatives[0]

    assert {(m.visit, m.technician) for m in best.moves} == {("leak", "ade"), ("finch", "sam")}
    assert best.broken_after == 0.0
    assert Code.MAKES_ROOM in {reason.code for move in best.moves for reason in move.reasons}


def test_a_repair_is_refused_once_the_world_has_moved_on(cast: Cast) -> None:
    problem = wrong(cast, "sick", morning(cast, 3))
    best = repair(problem).alternatives[0]
    moved = best.moves[0].visit
    begun = replace(problem.visit(moved), progress=Progress(on_the_way_s=9.4 * HOUR))
    visits = tuple(begun if each.key == moved else each for each in problem.visits)
    to, sites = problem.visit(moved).site, range(problem.travel.sites)

    assert apply(replace(problem, now_s=problem.now_s + 60.0), best).technician_of[moved] == best.moves[0].technician
    for changed in (
        replace(problem, visits=visits),
        disruptions.closed_road(problem, [(to, each) for each in sites if each != to], None),
        disruptions.sick(problem, best.moves[0].technician, 15 * HOUR),
        replace(problem, visits=tuple(each for each in problem.visits if each.key != moved),
                routes=tuple(replace(r, visits=tuple(k for k in r.visits if k != moved)) for r in problem.routes)),
    ):  # fmt: skip
        with pytest.raises(MovedOn):
            apply(changed, best)


def test_planned_times_never_overlap(cast: Cast) -> None:
    day = wrong(cast, "sick", morning(cast, 3))
    spans = {key: Planned(start_s=(10 + i) * HOUR, end_s=(10.9 + i) * HOUR)
             for route in day.routes for i, key in enumerate(route.visits)}  # fmt: skip
    problem = replace(day, visits=tuple(replace(v, planned=spans[v.key]) for v in day.visits))

    for each in repair(problem).alternatives[:-1]:
        new = {p.visit: p.planned for p in each.planned}
        for route in each.routes:
            times = [new.get(key, spans[key]) for key in route.visits if problem.visit(key).stage is Stage.PLANNED]
            assert all(a.end_s <= b.start_s for a, b in pairwise(times))


@pytest.mark.parametrize("seed", range(6))
def test_one_more_technician_never_makes_the_best_repair_worse(cast: Cast, seed: int) -> None:
    """A local search could lose its way; on these days it does not."""
    problem = wrong(cast, "sick", morning(cast, seed))
    more = replace(problem, technicians=(*problem.technicians, cast.technician("extra", site=30)))

    assert repair(more).alternatives[0].cost <= repair(problem).alternatives[0].cost + 1e-6
    assert repair(more).alternatives[0].broken_after <= repair(problem).alternatives[0].broken_after + 0.5


def test_the_stop_rule_ends_the_search_and_says_so(cast: Cast) -> None:
    problem = wrong(cast, "sick", morning(cast, 3))

    assert repair(problem, RepairEffort(most_walks=1)).stopped
    assert repair(problem, RepairEffort(most_moves=0)).alternatives[0].trades == (Trade.AS_IT_IS,)


def test_bad_input_gives_reasons_or_a_refusal_and_never_loses_a_visit(cast: Cast) -> None:
    """Nobody at all, a site without a road, a visit longer than any shift, a skill nobody has, contradictory pins."""
    sam, finch = cast.technician("sam"), cast.visit("finch")
    seconds = np.array(cast.travel().seconds)
    seconds[5, :], seconds[:, 5] = np.nan, np.nan
    island = replace(cast.travel(), seconds=seconds)
    for problem, code in (
        (cast.problem([], [finch], {}), Code.NOBODY_WORKS),
        (cast.problem([sam], [replace(finch, site=5)], {}, travel=island), Code.UNREACHABLE),
        (cast.problem([sam], [cast.visit("finch", minutes=1200)], {}), Code.LONGER_THAN_SHIFT),
        (cast.problem([sam], [replace(finch, skills={"gas": 2})], {}), Code.NOBODY_WITH_SKILL),
        (cast.problem([sam], [replace(finch, pinned=True, only=frozenset({"ade"}))]), Code.NOBODY_ALLOWED),
    ):
        made = repair(problem).alternatives
        assert [[(key, why.code) for key, why in each.unserved] for each in made] == [[("finch", code)]]
    for bad in (-1.0, np.inf):
        with pytest.raises(EngineError):
            replace(island, seconds=np.full((2, 2), bad))
    with pytest.raises(EngineError):
        cast.window(12, 9)


def test_thousands_of_identical_visits_end_and_none_is_lost(cast: Cast) -> None:
    crowd = [cast.visit(f"v{n}", minutes=10, cv=0.5) for n in range(1500)]
    people = [cast.technician("sam"), cast.technician("ade")]
    problem = cast.problem(people, crowd, {"sam": [each.key for each in crowd[:700]]}, scenarios=16)

    made = repair(problem, RepairEffort(most_walks=3000, most_moves=3))

    for each in made.alternatives:
        kept = set(apply(problem, each).technician_of) | {key for key, _ in each.unserved}
        assert kept == {visit.key for visit in crowd}
