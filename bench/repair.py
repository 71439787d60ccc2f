"""How long a repair takes and how many customers it moves, after each of seven disruptions.

    python bench/repair.py [--times 12] [--scenarios 64] [--seed 5]

Towns as in bench/offers.py, 8 and 7.5 requests a technician. A day is played up to a moment between 8:30 and 13:00;
then one thing goes wrong. Times are milliseconds of one core (processor time): `repair` with the base line at hand,
`whole` with the base line too. Ends with one line of JSON.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from time import process_time

import numpy as np

from goodword.engine import (
    Duration,
    Problem,
    Progress,
    Ready,
    Repair,
    Repairs,
    Severity,
    Stage,
    Trade,
    Visit,
    Window,
    prepare,
    repair,
)
from goodword.engine.repair import disruptions
from offers import HOUR, a_town

SIZES = ((50, 400), (200, 1500))
Disruption = Callable[[np.random.Generator, Problem], Problem]


def main() -> None:
    """Measure both sizes and print a table and the line of JSON."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--times", type=int, default=12)
    wanted.add_argument("--scenarios", type=int, default=64)
    wanted.add_argument("--seed", type=int, default=5)
    asked = wanted.parse_args()
    result: dict[str, object] = {"bench": "repair", "seed": asked.seed, "scenarios": asked.scenarios}
    for technicians, visits in SIZES:
        figures = measure(technicians, visits, asked)
        result[f"{technicians}x{visits}"] = figures
        for name, value in figures.items():
            print(f"{technicians:>4} x {visits:<5} {name:<14} {value}")
    print(json.dumps(result))


def measure(technicians: int, visits: int, asked: argparse.Namespace) -> dict[str, object]:
    """Times, customers moved and promises saved in one town."""
    dice = np.random.default_rng(asked.seed)
    town = a_town(dice, technicians, visits, asked.scenarios)
    morning = prepare(town)
    repair(morning)
    rows: list[tuple[str, float, float, Repairs]] = []
    for number in range(asked.times):
        now_s = float(dice.uniform(8.5, 13.0)) * HOUR
        before = prepare(played(town, morning, number % asked.scenarios, now_s))
        for name, happens in WRONG.items():
            problem = happens(dice, before.problem)
            begun = process_time()
            ready = prepare(problem, before)
            simulated = process_time()
            made = repair(ready, earlier=before)
            ended = process_time()
            rows.append((name, (ended - simulated) * 1000.0, (ended - begun) * 1000.0, made))
    return summed(rows)


def summed(rows: list[tuple[str, float, float, Repairs]]) -> dict[str, object]:
    """p50 / p99 of the times, and per disruption the medians of what the cheapest alternative does."""
    figures: dict[str, object] = {
        "repair_ms": _shares([row[1] for row in rows]), "whole_ms": _shares([row[2] for row in rows]),
        "moved": _median([_first(row[3]).told for row in rows]),
        "moved_fewest": _median([_fewest(row[3]) for row in rows]),
        "alternatives": _median([len(row[3].alternatives) for row in rows]),
        "stopped": sum(row[3].stopped for row in rows),
    }  # fmt: skip
    for name in WRONG:
        mine = [row for row in rows if row[0] == name]
        figures[name] = {
            "ms": _shares([row[1] for row in mine]),
            "moved": _median([_first(row[3]).told for row in mine]),
            "broken": [
                round(float(np.mean([_first(row[3]).broken_before for row in mine])), 2),
                round(float(np.mean([_first(row[3]).broken_after for row in mine])), 2),
            ],
        }
    return figures


def _first(made: Repairs) -> Repair:
    return made.alternatives[0]


def _fewest(made: Repairs) -> int:
    return next((each.told for each in made.alternatives if Trade.FEWEST_TOLD in each.trades), 0)


def _shares(times: list[float]) -> list[float]:
    return [round(float(np.percentile(times, share)), 2) for share in (50, 99)]


def _median(counts: list[int]) -> float:
    return float(np.median(counts))


def played(town: Problem, morning: Ready, scenario: int, now_s: float) -> Problem:
    """The town at `now_s`, its day having gone as one scenario of the morning said."""
    layout, base, made = morning.day.layout, morning.day.base, {}
    for row, index in enumerate(layout.visit.tolist()):
        if index < 0:
            continue
        left, came, done = (float(each[row, scenario]) for each in (base.depart, base.arrive, base.finish))
        progress = Progress(
            on_the_way_s=left if left <= now_s else None, arrived_s=came if came <= now_s else None,
            started_s=came if came <= now_s else None, finished_s=done if done <= now_s else None,
        )  # fmt: skip
        made[index] = replace(town.visits[index], progress=progress)
    visits = tuple(made.get(index, each) for index, each in enumerate(town.visits))
    return replace(town, visits=visits, now_s=now_s)


def _someone(dice: np.random.Generator, problem: Problem) -> str:
    return problem.technicians[int(dice.integers(len(problem.technicians)))].key


def _visit(dice: np.random.Generator, problem: Problem, *stages: Stage) -> Visit:
    found = [each for each in problem.visits if each.stage in stages]
    return found[int(dice.integers(len(found)))]


def late(dice: np.random.Generator, problem: Problem) -> Problem:
    """Something takes 45 to 120 minutes longer."""
    return disruptions.late(problem, _someone(dice, problem), float(dice.uniform(45, 120)) * 60.0)


def sick(dice: np.random.Generator, problem: Problem) -> Problem:
    """Somebody goes home now."""
    return disruptions.sick(problem, _someone(dice, problem), problem.now_s)


def emergency(dice: np.random.Generator, problem: Problem) -> Problem:
    """A visit within two hours."""
    window = Window(opens_s=problem.now_s, closes_s=problem.now_s + 2 * HOUR)
    site = problem.travel.sites - 1 - int(dice.integers(50))
    duration = Duration(mean_s=3600.0, cv=0.45)
    return disruptions.emergency(
        problem, Visit(key="new", site=site, duration=duration, window=window, severity=Severity.URGENT)
    )


def no_access(dice: np.random.Generator, problem: Problem) -> Problem:
    """Nobody opens; the work is still to be done."""
    return disruptions.no_access(problem, _visit(dice, problem, Stage.ARRIVED, Stage.STARTED).key, "again")


def missing_part(dice: np.random.Generator, problem: Problem) -> Problem:
    """A part that one technician in five has in the van."""
    people = tuple(
        replace(each, parts=frozenset({"valve"}) if i % 5 == 0 else frozenset())
        for i, each in enumerate(problem.technicians)
    )
    visit = _visit(dice, problem, Stage.PLANNED)
    return disruptions.missing_part(replace(problem, technicians=people), visit.key, "valve")


def closed_road(dice: np.random.Generator, problem: Problem) -> Problem:
    """Every way to one site takes an hour longer."""
    site = _visit(dice, problem, Stage.PLANNED).site
    others = [(site, other) for other in range(problem.travel.sites) if other != site]
    return disruptions.closed_road(problem, others, HOUR)


def late_start(dice: np.random.Generator, problem: Problem) -> Problem:
    """Nobody has set out yet, and somebody begins two hours late."""
    fresh = tuple(replace(each, progress=Progress()) for each in problem.visits)
    early = replace(problem, visits=fresh, now_s=7 * HOUR)
    return disruptions.late_start(early, _someone(dice, early), 9.5 * HOUR)


WRONG: dict[str, Disruption] = {
    "late": late, "sick": sick, "emergency": emergency, "no_access": no_access, "missing_part": missing_part,
    "closed_road": closed_road, "late_start": late_start,
}  # fmt: skip


if __name__ == "__main__":
    main()
