"""What one day of one branch costs to think about, and the sum for many branches: jobs that know nothing of each other.

    python bench/branch_day.py [--technicians 50] [--visits 400] [--scenarios 128] [--rounds 8000] [--seed 2]

Counted as the product asks it: an offer for every visit, and one more question in three for those that come to nothing,
each after a change; a forecast after every step of a visit that the watch follows (six a visit) and once a minute for
ten hours; a repair at every tenth forecast of the minutes; the plan of the evening before. CPU seconds of one core,
every part measured on the same town and multiplied by its number. Ends with one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Callable
from dataclasses import replace
from time import process_time

import numpy as np

from goodword.engine import PlanEffort, forecast, offers, plan, prepare, repair
from goodword.engine.kernel.warm import warm
from offers import a_request, a_town
from repair import HOUR, WRONG, played

STEPS, MINUTES, ASKED_MORE, EACH_REPAIR = 6, 600, 4 / 3, 10
COMPANY_TECHNICIANS, COMPANY_VISITS = 10_000, 50_000
SAMPLE = 40


def main() -> None:
    """Measure the parts, then multiply."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("technicians", 50), ("visits", 400), ("scenarios", 128), ("rounds", 8_000), ("seed", 2)):
        wanted.add_argument(f"--{name}", type=int, default=default)
    asked = wanted.parse_args()
    warm()
    dice = np.random.default_rng(asked.seed)
    town = a_town(dice, asked.technicians, asked.visits, asked.scenarios)
    ready = prepare(town)
    parts = {
        "offers": (_mean(lambda n: offers(prepare(replace(town, now_s=town.now_s + n), ready), _asks(dice, asked, n))),
                   asked.visits * ASKED_MORE),
        "forecasts": (_mean(lambda n: forecast(replace(town, seed=n))), asked.visits * STEPS + MINUTES),
        "repairs": (_repairs(dice, town, ready), MINUTES / EACH_REPAIR),
        "evening plan": (_evening(town, asked), 1),
    }  # fmt: skip
    table = {name: {"each_s": round(each, 4), "times": round(times), "s": round(each * times, 1)}
             for name, (each, times) in parts.items()}  # fmt: skip
    day_s = sum(each * times for each, times in parts.values())
    branches = max(COMPANY_TECHNICIANS / asked.technicians, COMPANY_VISITS / asked.visits)
    for name, row in table.items():
        print(f"{name:<14} {row}")
    print(json.dumps({
        "bench": "branch_day", **vars(asked), "parts": table, "branch_day_cpu_s": round(day_s, 1),
        "company_technicians": COMPANY_TECHNICIANS, "branch_days": branches,
        "company_cpu_hours_a_day": round(branches * day_s / 3600.0, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }))  # fmt: skip


def _asks(dice: np.random.Generator, asked: argparse.Namespace, number: int):  # type: ignore[no-untyped-def]
    return a_request(dice, number, site=asked.visits + asked.technicians + number % 50)


def _mean(run: Callable[[int], object]) -> float:
    """Seconds of one, after one that is not counted."""
    run(0)
    begun = process_time()
    for number in range(1, SAMPLE + 1):
        run(number)
    return (process_time() - begun) / SAMPLE


def _repairs(dice: np.random.Generator, town, morning) -> float:  # type: ignore[no-untyped-def]
    """The mean over the seven disruptions, at three hours of the day."""
    spent = []
    for number, hour in enumerate((8.75, 10.5, 12.5)):
        before = prepare(played(town, morning, number, hour * HOUR))
        for happens in WRONG.values():
            problem = happens(dice, before.problem)
            begun = process_time()
            repair(prepare(problem, before), earlier=before)
            spent.append(process_time() - begun)
    return float(np.mean(spent))


def _evening(town, asked: argparse.Namespace) -> float:  # type: ignore[no-untyped-def]
    begun = process_time()
    plan(town, seed=asked.seed, stop=lambda: False, effort=PlanEffort(rounds=asked.rounds))
    return process_time() - begun


if __name__ == "__main__":
    main()
