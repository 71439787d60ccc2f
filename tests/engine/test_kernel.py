"""The compiled walk against the same rules in numpy, one array operation at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.reference.walk import go_home, step

from goodword.engine import Absence
from goodword.engine.day import simulated
from goodword.engine.lognormal import quantiles
from goodword.engine.scenarios import Stream, lognormals, uniforms

if TYPE_CHECKING:
    from tests.engine.conftest import Cast

HOUR = 3600.0


@given(seed=st.integers(0, 10_000), gone=st.floats(7.0, 17.0), lasts=st.floats(0.2, 4.0), now=st.floats(6.0, 15.0))
@settings(max_examples=60, deadline=None)
def test_the_compiled_day_equals_the_numpy_day(cast: Cast, seed: int, gone: float, lasts: float, now: float) -> None:
    problem = cast.town(seed)
    away = Absence(from_s=gone * HOUR, to_s=(gone + lasts) * HOUR)
    object.__setattr__(problem, "now_s", now * HOUR)
    for each in problem.technicians[::2]:
        object.__setattr__(each, "absences", (away,))

    day = simulated(problem)

    layout, luck, base = day.layout, day.luck, day.base
    for row in range(len(layout.tech)):
        if row in layout.first:
            continue
        made = step(
            layout.clocks, layout.tech[row : row + 1], base.finish[row - 1][None], base.rested[row - 1][None],
            travel=layout.leg[row] * luck.road[row][None], opens=layout.opens[row : row + 1],
            work=luck.work[row][None], now_s=problem.now_s,
        )  # fmt: skip
        for mine, theirs in ((made.depart, base.depart), (made.arrive, base.arrive), (made.finish, base.finish)):
            np.testing.assert_allclose(theirs[row], mine[0], rtol=1e-12)
        np.testing.assert_allclose(base.rested[row], made.rested[0], rtol=1e-12)
    last = layout.last
    end, rested = go_home(
        layout.clocks, np.arange(len(last)), base.finish[last], base.rested[last],
        travel=layout.home_leg[:, None] * luck.road_home, moves=layout.home,
    )  # fmt: skip
    np.testing.assert_allclose(base.end, end, rtol=1e-12)
    np.testing.assert_allclose(base.end_rested, rested, rtol=1e-12)


@given(seed=st.integers(0, 2**31), scenarios=st.sampled_from([1, 2, 63, 64, 128, 1000]))
@settings(max_examples=30, deadline=None)
def test_compiled_luck_equals_luck_by_numpy(seed: int, scenarios: int) -> None:
    keys = [f"v{n}" for n in range(5)]
    mu, sigma = np.linspace(6.0, 8.0, 5), np.linspace(0.0, 0.7, 5)

    drawn = lognormals(seed, Stream.WORK, keys, scenarios, mu, sigma)

    expected = quantiles(mu[:, None], sigma[:, None], uniforms(seed, Stream.WORK, keys, scenarios))
    np.testing.assert_allclose(drawn, expected, rtol=1e-12)
