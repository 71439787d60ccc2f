"""Never worse than PyVRP alone: known days without noise, from the public sets beside the clone.

    python bench/static.py [--data ../shared/data/planning] [--seconds 30] [--only R104 RC105 C203 R211] [--peers]

Solomon's days, distances times 10 and floored (DIMACS), with one vehicle after another from one depot. A technician
carries no load, so capacities are left out for both: the costs stand beside each other and beside no best-known value.
Each gets the same CPU seconds of one core; ours spends four fifths of PyVRP's iterations on the start. The files are
measured with, never copied. With `--peers` VROOM and OR-Tools stand beside (see bench/peers.py): OR-Tools for as many
seconds, VROOM until it ends by itself. Ends with one line of JSON.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time

import numpy as np

from goodword.engine import (
    Costs,
    Duration,
    PlanEffort,
    Policy,
    Problem,
    Route,
    Technician,
    Travel,
    Visit,
    Window,
    explain,
    plan,
)
from goodword.engine.kernel.warm import warm
from goodword.engine.plans.start import started
from goodword.engine.plans.town import Open, drops, fixed_of, laid_town

HOUSE = Path(__file__).resolve().parent.parent
NEVER = 1e7  # a price that no driving can outweigh


def main() -> None:
    """Measure each instance in both ways."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--data", type=Path, default=HOUSE.parent / "shared" / "data" / "planning")
    wanted.add_argument("--seconds", type=float, default=30.0)
    wanted.add_argument("--only", nargs="*", default=["R104", "RC105", "C203", "R211"])
    wanted.add_argument("--peers", action="store_true", help="VROOM and OR-Tools too")
    asked = wanted.parse_args()
    if not asked.data.is_dir():
        print(json.dumps({"bench": "static", "skipped": f"no public sets at {asked.data}"}))
        return
    warm()
    found = {name: measured(asked.data / "vrptw" / f"{name}.txt", asked.seconds, asked.peers) for name in asked.only}
    for name, figures in found.items():
        print(name, figures)
    print(json.dumps({"bench": "static", "seconds": asked.seconds, "instances": found}))


def measured(path: Path, seconds: float, peers: bool) -> dict[str, object]:
    """Cost of each, and by how much ours is dearer than PyVRP's (negative: cheaper)."""
    day = read(path)
    wanted = Open.of(day)
    town = laid_town(wanted, near=False)
    begun, asked = process_time(), [0]

    def late() -> bool:
        asked[0] += 1
        return process_time() - begun > seconds

    effort = PlanEffort(start_iterations=10**9)
    alone = started(wanted, town.able, fixed_of(wanted), drops(town), seed=1, effort=effort, stop=late)
    begun = process_time()
    effort = PlanEffort(start_iterations=asked[0] * 4 // 5, rounds=10**6, fresh_scenarios=1)
    ours = plan(day, seed=1, stop=lambda: process_time() - begun > seconds, effort=effort)
    theirs = cost(day, wanted, alone or [])
    return {
        "pyvrp": round(theirs),
        "ours": round(ours.after.total),
        "dearer": round(ours.after.total / theirs - 1.0, 5),
        **({name: round(cost(day, wanted, solve(day))) for name, solve in others(seconds).items()} if peers else {}),
    }


def others(seconds: float) -> dict[str, Callable[[Problem], list[list[int]]]]:
    """The solvers that are not installed with Goodword."""
    from peers import ortools, vroom

    return {"vroom": vroom, "ortools": partial(ortools, seconds=seconds)}


def cost(day: Problem, wanted: Open, routes: list[list[int]]) -> float:
    """What routes of places in the problem's visits cost by our own count."""
    names = [each.key for each in wanted.visits]
    named = [
        Route(technician=t.key, visits=tuple(names[v] for v in route))
        for t, route in zip(day.technicians, routes or [[] for _ in day.technicians], strict=True)
    ]
    return explain(day, named).value.total


def read(path: Path) -> Problem:
    """A day of Solomon's format: rows of id, x, y, demand, ready, due, service after nine lines of head."""
    lines = [line.split() for line in path.read_text().splitlines()]
    vehicles = int(lines[4][0])
    rows = np.array([line for line in lines[9:] if len(line) == 7], dtype=np.float64)
    away = np.hypot(*(rows[:, None, column] - rows[None, :, column] for column in (1, 2)))
    end_s = float(rows[0, 5]) * 10.0
    people = tuple(
        Technician(key=f"t{n}", shift_start_s=0.0, shift_end_s=end_s, start_site=0, end_site=0, overtime_limit_s=0.0)
        for n in range(vehicles)
    )
    visits = tuple(
        Visit(
            key=str(int(row[0])), site=int(row[0]), duration=Duration(mean_s=max(row[6] * 10.0, 1e-3)),
            window=Window(opens_s=row[4] * 10.0, closes_s=row[5] * 10.0),
        )
        for row in rows[1:]
    )  # fmt: skip
    costs = Costs(waiting=0.0, overtime=NEVER, broken_routine=NEVER, unserved=NEVER)
    travel = Travel(seconds=np.floor(away * 10.0), day_cv=0.0, leg_cv=0.0, label="DIMACS")
    policy = Policy(grace_s=0.0, overtime_share=0.0)
    return Problem(
        technicians=people, visits=visits, routes=(), travel=travel, now_s=0.0, scenarios=1, costs=costs, policy=policy
    )


if __name__ == "__main__":
    main()
