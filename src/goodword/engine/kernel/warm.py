"""Compile every kernel by asking one small question of each kind: `python -m goodword.engine.kernel.warm`.

Most of a minute on a new machine, a second or two where the cache is. Run it before somebody waits for an answer. With
`--today` only what a running day asks: half of the time goes into the evening's plan.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np

from goodword.engine import (
    Absence,
    Break,
    Duration,
    PlanEffort,
    Problem,
    Progress,
    Request,
    Route,
    Technician,
    Travel,
    Visit,
    Window,
    forecast,
    offers,
    plan,
    repair,
)


def warm(*, evening: bool = True) -> None:
    """Return once everything is compiled; `evening`: the plan for tomorrow too."""
    rest, away = Break(earliest_s=100.0, latest_s=900.0, length_s=10.0), Absence(from_s=5_000.0, to_s=5_100.0)
    sam = Technician(
        key="sam", shift_start_s=0.0, shift_end_s=9_000.0, start_site=0, end_site=0, breaks=(rest,), absences=(away,)
    )
    some = Duration(mean_s=600.0, cv=0.4)
    window = Window(opens_s=0.0, closes_s=9_000.0)
    running = Visit(
        key="running", site=1, duration=some, window=window, progress=Progress(arrived_s=1.0, started_s=2.0)
    )
    later = Visit(key="later", site=1, duration=some, window=window)
    problem = Problem(
        technicians=(sam,), visits=(running, later), routes=(Route(technician="sam", visits=("running", "later")),),
        travel=Travel(seconds=np.full((2, 2), 60.0)), now_s=10.0, scenarios=64,
    )  # fmt: skip
    forecast(problem)
    offers(problem, Request(visit=Visit(key="new", site=1, duration=some), windows=(window,)))
    repair(problem)
    if not evening:
        return
    never = Visit(key="never", site=1, duration=Duration(mean_s=8_900.0), window=window)
    plan(
        replace(problem, visits=(*problem.visits, never)), seed=0, stop=lambda: False,
        effort=PlanEffort(rounds=1, fresh_scenarios=64),
    )  # fmt: skip


if __name__ == "__main__":
    warm(evening="--today" not in sys.argv)
