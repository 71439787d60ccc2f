"""The day simulator is sane: certainty keeps every promise, luck is the same for everybody, more people help."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from goodword.engine.forecast import forecast
from goodword.engine.simulator import CALM, Chances, keeping, luck_of, means, padded, play, random_square
from goodword.engine.simulator.policies import reinsert_the_late
from goodword.engine.types import Duration


def town(technicians=4, requests=34.0, **odd):
    return random_square(technicians=technicians, requests=requests, seed=1, **odd)


def played(world, policy, days):
    return [play(world, luck_of(world, seed), policy) for seed in days]


@pytest.mark.parametrize("policy", [means(), keeping(0.95, scenarios=8)], ids=lambda each: each.name)
def test_without_noise_every_promise_is_kept(policy):
    world = town(spread=0.0, travel_spread=(0.0, 0.0), chances=replace(CALM, on_the_day=0.4))

    results = played(world, policy, range(3))

    assert sum(each.promised for each in results) > 60
    assert [each.broken for each in results] == [0, 0, 0]


def test_with_noise_means_break_promises():
    """So the test above does test something."""
    assert sum(each.broken for each in played(town(chances=CALM), means(), range(2))) > 0


def test_without_capacity_nothing_is_offered():
    world = town(technicians=2)
    nobody = replace(world, technicians=())
    away = replace(world, technicians=tuple(replace(t, skills={"none": 1}) for t in world.technicians))
    away = replace(away, kinds=tuple(replace(kind, skill="gas") for kind in away.kinds))

    for idle in (nobody, away):
        (result,) = played(idle, keeping(0.9, scenarios=8), [1])
        assert (result.offered, result.promised, result.served) == (0, 0, 0)
        assert result.asked > 10


def test_more_scenarios_flatter_less():
    """The best of few scenarios is partly luck: what is stated then is kept less often."""
    world = town(technicians=3, requests=24.0, chances=CALM, spread=0.6)

    def flattery(scenarios):
        results = played(world, keeping(0.9, scenarios=scenarios), range(5))
        promises = [each for result in results for each in result.outcomes]
        return np.mean([each.raw - each.kept for each in promises])

    assert flattery(4) > flattery(64) + 0.01


def test_another_technician_never_makes_it_worse_in_expectation():
    more = town(technicians=3, requests=24.0)
    fewer = replace(more, technicians=more.technicians[:-1])

    with_more = played(more, padded(), range(5))
    with_fewer = played(fewer, padded(), range(5))

    def done(results):
        return sum(each.served - each.broken for each in results)

    assert done(with_more) > done(with_fewer)


def test_a_seed_is_a_day_whoever_plays_it():
    world = town()
    luck, again = luck_of(world, 7), luck_of(world, 7)
    calmer = luck_of(replace(world, technicians=world.technicians[:-1]), 7)

    assert luck == again
    assert luck.asked == calmer.asked
    assert luck.sick_s[:-1] == calmer.sick_s
    assert luck_of(world, 8) != luck
    assert play(world, luck, padded()) == play(world, luck, padded())


def test_what_was_asked_for_happens_about_as_often():
    world = town(requests=40.0, chances=Chances(sick=0.2, bridge=0.5))
    days = [luck_of(world, seed) for seed in range(100)]
    asked = [each for day in days for each in day.asked]

    assert np.mean([each.at_s > 0 for each in asked]) == pytest.approx(0.30, abs=0.03)
    assert np.mean([each.emergency for each in asked]) == pytest.approx(0.08, abs=0.02)
    assert np.mean([each.work_s / each.believed.mean_s for each in asked]) == pytest.approx(1.0, abs=0.03)
    assert np.mean([sick is not None for day in days for sick in day.sick_s]) == pytest.approx(0.2, abs=0.06)
    assert np.mean([day.bridge_s is not None for day in days]) == pytest.approx(0.5, abs=0.15)


def test_whoever_falls_sick_leaves_nobody_forgotten():
    """Everything the sick one had is given to others or counts as broken; promises never vanish."""
    world = town(technicians=4, requests=24.0, chances=replace(CALM, sick=0.4))
    results = played(world, keeping(0.8, scenarios=16), range(3))

    assert sum(each.moves for each in results) > 0
    for each in results:
        assert each.promised == len(each.outcomes) + each.void
        assert each.broken == sum(not o.kept for o in each.outcomes)


def test_plain_repair_puts_a_late_visit_where_it_is_kept(cast):
    """Sam runs over until noon and would miss nine to eleven; Kim is free."""
    visits = [
        cast.visit("long", minutes=240, window=(8, 10), progress=cast.progress(started=8)),
        cast.visit("next", window=(9, 11)),
    ]
    sam, kim = cast.technician("sam"), cast.technician("kim")
    problem = cast.problem([sam, kim], visits, {"sam": ["long", "next"]})

    (move,) = reinsert_the_late(problem)

    assert (move.visit, move.technician) == ("next", "kim")
    homeless = problem.with_route("sam", ("long",))
    assert [each.technician for each in reinsert_the_late(homeless)] == ["kim"]
    calm = replace(visits[0], duration=Duration(mean_s=600.0))
    assert reinsert_the_late(replace(problem, visits=(calm, visits[1]))) == ()
    assert forecast(problem).visits["next"].p_kept == 0.0
