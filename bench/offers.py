"""How long an offer takes: all technicians, positions and windows of a branch, for one request after another.

    python bench/offers.py [--requests 200] [--scenarios 64] [--seed 2]

"First": the branch has changed and nothing is known of it (base line and offer). "Next": it has changed, and what was
prepared for it before the change is at hand. "Following": one request after another about the same prepared branch.
Durations cv 0.45, travel cv 0.15 with a shared day factor, two-hour windows, lunch
breaks. Towns, visits and requests follow from the seed. Ends with one line of JSON; times in milliseconds
of one core (processor time, so that what else runs on the machine is not counted). Memory in MB: the most that the
process had after its imports, with the engine loaded (much more where it had to be compiled first), and what offers
about one branch of the smaller size add to that.
"""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import process_time

import numpy as np
from numpy.typing import NDArray

from goodword.engine import (
    Break,
    Duration,
    Offers,
    Problem,
    Ready,
    Request,
    Route,
    Technician,
    Travel,
    Visit,
    Window,
    consequence,
    forecast,
    offers,
    prepare,
)
from goodword.engine.kernel.warm import warm
from goodword.engine.types import Move

HOUR = 3600.0
SKILLS = ("gas", "plumbing", "cooling")
WARM_UP = 3
SIZES = ((50, 400), (200, 1500))


def main() -> None:
    """Measure both sizes and print a table and the line of JSON."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--requests", type=int, default=200)
    wanted.add_argument("--scenarios", type=int, default=64)
    wanted.add_argument("--seed", type=int, default=2)
    asked = wanted.parse_args()
    result: dict[str, object] = {"bench": "offers", "seed": asked.seed, "scenarios": asked.scenarios}
    result |= memory(asked)
    print(f"{asked.requests} requests each, {asked.scenarios} scenarios, seed {asked.seed}; p50 / p99 in ms")
    for technicians, visits in SIZES:
        figures = measure(technicians, visits, asked)
        result[f"{technicians}x{visits}"] = figures
        for name, value in figures.items():
            print(f"{technicians:>4} x {visits:<5} {name:<22} {value}")
    result["peak_mb"] = _peak_mb()
    print(json.dumps(result))


def memory(asked: argparse.Namespace) -> dict[str, int]:
    """What the imports, the loaded engine and offers alone need, one after the other."""
    imports = _peak_mb()
    warm()
    loaded = _peak_mb()
    town = a_town(np.random.default_rng(asked.seed), *SIZES[0], asked.scenarios)
    ready, sites = prepare(town), sum(SIZES[0])
    for number in range(asked.requests):
        offers(ready, a_request(np.random.default_rng(number), number, site=sites + number % 50))
    return {"imports_mb": imports, "loaded_mb": loaded, "offers_add_mb": _peak_mb() - loaded}


def _peak_mb() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure(technicians: int, visits: int, asked: argparse.Namespace) -> dict[str, object]:
    """Times of forecasts, offers and consequences in one town."""
    dice = np.random.default_rng(asked.seed)
    town = a_town(dice, technicians, visits, asked.scenarios)
    names = ("first", "next", "following", "forecast", "consequence")
    times: dict[str, list[float]] = {name: [] for name in names}
    ready, offered, judged = prepare(town), 0, 0
    for number in range(asked.requests + WARM_UP):
        request = a_request(dice, number, site=visits + technicians + number % 50)
        made = _timed(times["following"], partial(offers, ready, request))
        offered, judged = offered + bool(made.options), judged + made.looked_at
        new, changed = replace(town, seed=number), replace(town, now_s=town.now_s + number)
        _timed(times["first"], partial(_offer, new, None, request))
        _timed(times["next"], partial(_offer, changed, ready, request))
        if number % 4 == 0:
            move = Move(visit=f"v{number % visits}", technician=f"t{(number * 7) % technicians}", position=2)
            again = replace(town, seed=number)
            _timed(times["forecast"], partial(forecast, again))
            _timed(times["consequence"], partial(consequence, again, move))
    figures: dict[str, object] = {
        f"{name}_ms": [round(float(np.percentile(kept[WARM_UP:], share)), 2) for share in (50, 99)]
        for name, kept in times.items()
    }
    figures["pairs_judged"] = round(judged / (asked.requests + WARM_UP))
    figures["share_with_offer"] = round(offered / (asked.requests + WARM_UP), 3)
    return figures


def _offer(town: Problem, earlier: Ready | None, request: Request) -> Offers:
    return offers(prepare(town, earlier), request)


def _timed[T](into: list[float], run: Callable[[], T]) -> T:
    begun = process_time()
    made = run()
    into.append((process_time() - begun) * 1000.0)
    return made


def a_town(dice: np.random.Generator, technicians: int, visits: int, scenarios: int) -> Problem:
    """Random places in 25 km, routes in the order of nearness, promises of two hours around the planned time."""
    spare = 50
    metres = _metres(dice.uniform(0.0, 25_000.0, (visits + technicians + spare, 2)))
    homes = metres[visits : visits + technicians, :visits]
    people = tuple(_technician(dice, t, visits + t) for t in range(technicians))
    share = -(-visits // technicians)
    free = set(range(visits))
    made: list[Visit] = []
    routes: list[Route] = []
    for t in range(technicians):
        near = sorted(free, key=homes[t].tolist().__getitem__)[:share]
        free -= set(near)
        keys = [f"v{site}" for site in near]
        routes.append(Route(technician=f"t{t}", visits=tuple(keys)))
        made += _promised(dice, near)
    travel = Travel(seconds=metres / 13.0, metres=metres, label="random square")
    return Problem(
        technicians=people, visits=tuple(made), routes=tuple(routes), travel=travel, now_s=7 * HOUR,
        scenarios=scenarios,
    )  # fmt: skip


def _metres(places: NDArray[np.float64]) -> NDArray[np.float64]:
    away = places[:, None] - places[None]
    metres: NDArray[np.float64] = np.hypot(away[..., 0], away[..., 1]) * 1.3
    return metres


def _technician(dice: np.random.Generator, t: int, site: int) -> Technician:
    rest = Break(earliest_s=11.5 * HOUR, latest_s=14 * HOUR, length_s=1800.0)
    return Technician(
        key=f"t{t}", shift_start_s=7.5 * HOUR, shift_end_s=17.5 * HOUR, start_site=site, end_site=site,
        skills={skill: 1 for skill in SKILLS if dice.uniform() < 0.7}, breaks=(rest,),
    )  # fmt: skip


def _promised(dice: np.random.Generator, sites: list[int]) -> list[Visit]:
    at_s, made = 8.0 * HOUR, []
    for site in sites:
        mean_s = float(dice.choice([35, 45, 60, 75])) * 60.0
        opens_s = float(np.floor(at_s / HOUR)) * HOUR
        window = Window(opens_s=opens_s, closes_s=opens_s + 2 * HOUR)
        made.append(Visit(key=f"v{site}", site=site, duration=Duration(mean_s=mean_s, cv=0.45), window=window))
        at_s += mean_s + float(dice.uniform(600.0, 2400.0))
    return made


def a_request(dice: np.random.Generator, number: int, *, site: int) -> Request:
    """One visit that needs one skill, and the nine two-hour windows of the day."""
    windows = tuple(Window(opens_s=h * HOUR, closes_s=(h + 2) * HOUR) for h in range(8, 17))
    duration = Duration(mean_s=float(dice.choice([45, 60, 90])) * 60.0, cv=0.45)
    skill = str(dice.choice(SKILLS))
    return Request(visit=Visit(key=f"new{number}", site=site, duration=duration, skills={skill: 1}), windows=windows)


if __name__ == "__main__":
    main()
