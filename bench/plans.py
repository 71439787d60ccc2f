"""Tomorrow's plan for a branch: how long it takes, what it is worth, and what PyVRP alone on mean durations would give.

    python bench/plans.py [--technicians 50] [--visits 400] [--days 1] [--scenarios 64] [--rounds 8000] [--longer 24000]

Days follow from the seed: places in a square of 25 km, durations cv 0.45, travel cv 0.15 with a shared day factor,
two-hour windows, lunch breaks; the plan that is given is the one in which the promises were made. Seconds are CPU
seconds of one core, without compiling. Values are judged on fresh scenarios. Ends with one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
from dataclasses import replace
from math import log, sqrt
from statistics import NormalDist
from time import process_time

import numpy as np

from goodword.engine import Break, Duration, Plan, PlanEffort, Problem, Route, Value, Window, explain, plan
from goodword.engine.kernel.warm import warm
from goodword.engine.plans.start import started
from goodword.engine.plans.town import Open, drops, fixed_of, laid_town
from offers import HOUR, a_town

CV = 0.45
MEAN_QUANTILE = NormalDist().cdf(sqrt(log(1.0 + CV * CV)) / 2.0)  # where the mean of such a lognormal lies
FRESH_SEED, FRESH = 77_000, 1_000


def main() -> None:
    """Plan some days in three ways and print what came of it."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("technicians", 50), ("visits", 400), ("days", 1), ("seed", 1), ("scenarios", 64)):
        wanted.add_argument(f"--{name}", type=int, default=default)
    wanted.add_argument("--rounds", type=int, default=PlanEffort().rounds)
    wanted.add_argument("--longer", type=int, default=24_000, help="rounds of the longer run; 0: none")
    asked = wanted.parse_args()
    warm()
    days = [measured(asked, asked.seed + day) for day in range(asked.days)]
    for day in days:
        print(day)
    peak_mb = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps({"bench": "plans", **vars(asked), "days_measured": days, "peak_mb": peak_mb}))


def measured(asked: argparse.Namespace, seed: int) -> dict[str, object]:
    """One day."""
    day = a_day(np.random.default_rng(seed), asked.technicians, asked.visits, asked.scenarios)
    made, trace = timed(day, seed, asked.rounds)
    figures: dict[str, object] = {"seed": seed, "given": judged(day, day.routes), "ours": judged(day, made.routes)}
    figures["optimism"] = round(made.optimism)
    figures["left_out"] = len(made.left_out)
    figures["cpu_s"] = round(trace[-1][0], 1)
    if asked.longer:
        longer, long_trace = timed(day, seed, asked.longer)
        goal = long_trace[-1][1] / 0.99
        figures["longer"] = judged(day, longer.routes)
        figures["longer_cpu_s"] = round(long_trace[-1][0], 1)
        figures["searched_value"] = [round(trace[-1][1]), round(long_trace[-1][1])]
        figures["cpu_s_to_99"] = next((round(at, 1) for at, value in trace if value <= goal), None)
    begun = process_time()
    figures["pyvrp_on_means"] = judged(day, on_means(day, seed, seconds=trace[-1][0]))
    figures["pyvrp_cpu_s"] = round(process_time() - begun, 1)
    return figures


def a_day(dice: np.random.Generator, technicians: int, visits: int, scenarios: int) -> Problem:
    """A full day that can be kept: the town of bench/offers.py with shorter work, promised around the planned times."""
    town = a_town(dice, technicians, visits, scenarios)
    made = {}
    for route in town.routes:
        at_s = 8.0 * HOUR
        for key in route.visits:
            mean_s = float(dice.choice([30, 40, 45, 60])) * 60.0
            opens_s = float(np.floor(at_s / HOUR)) * HOUR
            window = Window(opens_s=opens_s, closes_s=opens_s + 2 * HOUR)
            made[key] = replace(town.visit(key), duration=Duration(mean_s=mean_s, cv=CV), window=window)
            at_s += mean_s + float(dice.uniform(600.0, 2400.0))
    rest = Break(earliest_s=11.5 * HOUR, latest_s=15 * HOUR, length_s=1800.0)
    people = tuple(replace(each, breaks=(rest,)) for each in town.technicians)
    visits_now = tuple(made[each.key] for each in town.visits)
    return replace(town, technicians=people, visits=visits_now, now_s=0.0)


def timed(day: Problem, seed: int, rounds: int) -> tuple[Plan, list[tuple[float, float]]]:
    """A plan, and (CPU seconds, best searched value) along the way."""
    trace: list[tuple[float, float]] = []
    begun = process_time()
    made = plan(
        day, seed=seed, stop=lambda: False, effort=PlanEffort(rounds=rounds),
        progress=lambda _, value: trace.append((process_time() - begun, value)),
    )  # fmt: skip
    trace.append((process_time() - begun, trace[-1][1]))
    return made, trace


def on_means(day: Problem, seed: int, *, seconds: float) -> tuple[Route, ...]:
    """PyVRP alone, durations at their means, for as many CPU seconds."""
    wanted = Open.of(replace(day, routes=()))
    town = laid_town(wanted, near=False)
    begun = process_time()
    routes = started(
        wanted, town.able, fixed_of(wanted), drops(town), seed=seed,
        effort=PlanEffort(start_iterations=10**9, start_quantile=MEAN_QUANTILE),
        stop=lambda: process_time() - begun > seconds,
    )  # fmt: skip
    people = day.technicians
    return tuple(
        Route(technician=t.key, visits=tuple(wanted.visits[v].key for v in route))
        for t, route in zip(people, routes or [[] for _ in people], strict=True)
    )


def judged(day: Problem, routes: tuple[Route, ...]) -> dict[str, float]:
    """What routes give on fresh scenarios: broken promises a day, visits left out, hours of overtime and driving."""
    fresh = replace(day, seed=FRESH_SEED, scenarios=FRESH)
    seen = explain(fresh, routes)
    value: Value = seen.value
    costs = day.costs
    return {
        "broken": round(value.broken / costs.broken_routine, 2), "left_out": len(seen.left_out),
        "overtime_h": round(value.overtime / costs.overtime / HOUR, 1),
        "driving_h": round(value.driving / costs.driving / HOUR, 1), "value": round(value.total),
    }  # fmt: skip


if __name__ == "__main__":
    main()
