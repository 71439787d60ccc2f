"""Promises broken against visits served: means, padded means, a quantile, and ours, on the same random days.

    python bench/frontier.py FOLDER [--days 100] [--first 1000] [--technicians 6] [--requests 54] [--matrix FILE]
                             [--plans 5] [--peers means=0.84 pyvrp=0.82 …]

A random square, or real roads from a file like golden_matrix_li_40.json; two-hour windows, cv 0.45, travel 0.15 with a
shared day factor, 30 % booked on the day, 8 % emergencies, cancellations, closed doors, sickness, a closed bridge; the
same plain repair for all. `--plans`: ours with the engine's plan of the evening before too, in so many seconds.
`--peers`: means, and the plans of PyVRP, VROOM and OR-Tools (5 s each) driven without repair (`peers.py`), for this
share of the requests, so that they can be compared where they serve as much. Every day is a file in FOLDER: a run that
was stopped goes on, with other policies too, and two runs with other `--first` may share it. Ends with one line of
JSON; intervals are 95 %, bootstrapped over days, differences paired.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from goodword.engine.simulator import DayResult, World, company, keeping, luck_of, means, padded, play, random_square
from shards import Day, days_of

if TYPE_CHECKING:
    from goodword.engine.simulator import Plays

POLICIES = (means(), means(0.15), padded(0.8), *(keeping(share) for share in (0.8, 0.9, 0.95, 0.98)))
TIMES, SEED = 4_000, 5


def main() -> None:
    """Play what is missing, then count."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("folder", type=Path)
    wanted.add_argument("--days", type=int, default=100)
    wanted.add_argument("--first", type=int, default=1000)
    wanted.add_argument("--technicians", type=int, default=6)
    wanted.add_argument("--requests", type=float, default=54.0)
    wanted.add_argument("--matrix", type=Path)
    wanted.add_argument("--plans", type=float, nargs="*", default=[])
    wanted.add_argument("--peers", nargs="*", default=[])
    asked = wanted.parse_args()
    world = _world(asked)
    seeds = range(asked.first, asked.first + asked.days)
    policies = {policy.name: policy for policy in _policies(asked)}
    played = days_of(asked.folder, seeds, policies, partial(_play, world, policies))
    table = {name: _figures(played, name) for name in policies}
    print(f"{len(played)} days, seeds {seeds.start} to {seeds.stop - 1}, {world.travel.label}")
    print(
        f"{'policy':<12} {'served':>8} {'broken / 1,000':>15} {'interval':>16} {'overtime min':>13} {'driving min':>12}"
    )
    for name, each in table.items():
        low, high = each["interval"]
        print(
            f"{name:<12} {each['served']:>8} {each['broken']:>15} {low:>8} {high:>7} {each['overtime_min']:>13} "
            f"{each['driving_min']:>12}"
        )
    result = {"bench": "frontier", "days": len(played), "first": asked.first, "technicians": asked.technicians,
              "requests": asked.requests, "roads": world.travel.label, "policies": table,
              "against": {base: _against(played, base, policies) for base in policies
                          if base == "p80" or " to " in base or base == "means"}}  # fmt: skip
    print(json.dumps(result))


def _world(asked: argparse.Namespace) -> World:
    if asked.matrix is None:
        return random_square(technicians=asked.technicians, requests=asked.requests, seed=1)
    given = json.loads(asked.matrix.read_text())
    seconds, metres = (np.array(given[f"osrm_{name}"], dtype=np.float64) for name in ("durations_s", "distances_m"))
    north = np.array([each["lat"] for each in given["points"]])
    homes = len(seconds) - asked.technicians
    return company(
        seconds, metres, homes=homes, far_side=north > np.median(north), requests=asked.requests, width_s=7_200.0,
        spread=0.45, travel_spread=(0.10, 0.11), chances=None, label=given["extract"],
    )  # fmt: skip


def _policies(asked: argparse.Namespace) -> list[Plays]:
    if not asked.plans and not asked.peers:
        return list(POLICIES)
    import peers

    found: list[Plays] = [*POLICIES, *(peers.ours(share, seconds) for seconds in asked.plans for share in (0.95, 0.98))]
    whole = {"means": means()} | {n: peers.static(n, getattr(peers, n)) for n in ("pyvrp", "vroom", "ortools")}
    shares = [each.split("=") for each in asked.peers]
    return found + [peers.Throttled(whole[name], float(share)) for name, share in shares]


def _play(world: World, policies: dict[str, Plays], seed: int, missing: set[str]) -> list[DayResult]:
    luck = luck_of(world, seed)
    return [play(world, luck, policy) for name, policy in policies.items() if name in missing]


def _sums(played: list[Day], name: str) -> dict[str, Any]:
    keys = ("asked", "offered", "served", "broken", "moves", "overtime_s", "driving_s")
    sums = {key: np.array([day[name][key] for day in played], dtype=np.float64) for key in keys}
    sums["kept_or_not"] = np.array([len(day[name]["outcomes"]) for day in played], dtype=np.float64)
    return sums


def _draws(n: int) -> Any:
    return np.random.default_rng(SEED).integers(n, size=(TIMES, n))


def _figures(played: list[Day], name: str) -> dict[str, Any]:
    sums, n = _sums(played, name), len(played)
    draws = _draws(n)
    shares = 1000.0 * sums["broken"][draws].sum(axis=1) / sums["kept_or_not"][draws].sum(axis=1)
    late = [each["late_s"] for day in played for each in day[name]["outcomes"] if not each["kept"]]
    came = [each / 60.0 for each in late if each is not None]
    return {
        "served": round(float(sums["served"].mean()), 2),
        "served_share": round(float(sums["served"].sum() / sums["asked"].sum()), 4),
        "promises": int(sums["kept_or_not"].sum()),
        "broken": round(1000.0 * float(sums["broken"].sum() / sums["kept_or_not"].sum()), 1),
        "interval": [round(float(each), 1) for each in np.percentile(shares, (2.5, 97.5))],
        "median_late_min": round(float(np.median(came)), 1) if came else None,
        "never_came": len(late) - len(came),
        "overtime_min": round(float(sums["overtime_s"].mean()) / 60.0, 1),
        "driving_min": round(float(sums["driving_s"].mean()) / 60.0, 1),
        "moves": round(float(sums["moves"].mean()), 2),
    }


def _against(played: list[Day], base: str, policies: Iterable[str]) -> dict[str, Any]:
    """Ours beside a baseline: ratio of broken shares, and visits served more, by the same days drawn together."""
    mine, draws = _sums(played, base), _draws(len(played))
    found = {}
    for name in policies:
        if not name.startswith("kept"):
            continue
        sums = _sums(played, name)
        share = sums["broken"][draws].sum(axis=1) / sums["kept_or_not"][draws].sum(axis=1)
        other = mine["broken"][draws].sum(axis=1) / mine["kept_or_not"][draws].sum(axis=1)
        more = (sums["served"] - mine["served"])[draws].mean(axis=1)
        late = sums["broken"].sum() / sums["kept_or_not"].sum() / (mine["broken"].sum() / mine["kept_or_not"].sum())
        found[name] = {
            "broken_ratio": round(float(late), 3),
            "ratio_interval": [round(float(each), 3) for each in np.percentile(share / other, (2.5, 97.5))],
            "served_more": round(float((sums["served"] - mine["served"]).mean()), 2),
            "served_interval": [round(float(each), 2) for each in np.percentile(more, (2.5, 97.5))],
        }
    return found


if __name__ == "__main__":
    main()
