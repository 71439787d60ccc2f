"""The world moves and nobody says so: how many days until promises are kept as before?

    python bench/drift.py FOLDER [--replications 30] [--days 8] [--longer 1.15] [--wider 1.0] [--first 8000]

From the first day on true durations are longer, or spread wider, than was learned from 60 days before. Three companies
meet the same luck: one in the world as it was, one that learns nothing, one that mends its durations every morning
(decay 0.87 a day). The labels are left alone. Every replication is a file in FOLDER. Ends with one line of JSON:
share of promises kept by day, with the 95 % interval of the paired difference to the world as it was.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from goodword.engine.learning import DurationModel, DurationRecord, drift_of, learn_durations
from goodword.engine.simulator import Asked, Chances, DayResult, Luck, keeping, luck_of, play, random_square
from shards import Day, days

WORLD = random_square(technicians=6, requests=48.0, seed=1)
HISTORY, DAY_S, TIMES, SEED = 60, 86_400.0, 4_000, 5
ARMS = ("as it was", "learns nothing", "mends")


def main() -> None:
    """Play what is missing, then compare."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("folder", type=Path)
    wanted.add_argument("--replications", type=int, default=30)
    wanted.add_argument("--days", type=int, default=8)
    wanted.add_argument("--longer", type=float, default=1.15)
    wanted.add_argument("--wider", type=float, default=1.0)
    wanted.add_argument("--first", type=int, default=8000)
    asked = wanted.parse_args()
    seeds = range(asked.first, asked.first + asked.replications)
    played = days(asked.folder, seeds, partial(_replication, asked))
    result = {"bench": "drift", "first": asked.first, "replications": len(played), "longer": asked.longer,
              "wider": asked.wider, "by_day": [_compared(played, number) for number in range(asked.days)],
              "after_5_days": _compared(played, *range(5, asked.days)),
              "after_7_days": _compared(played, *range(7, asked.days))}  # fmt: skip
    for number, each in enumerate(result["by_day"]):
        print(number, each)
    print(json.dumps(result))


def _replication(asked: argparse.Namespace, seed: int) -> list[DayResult]:
    changed = replace(WORLD, chances=Chances(longer=asked.longer, wider=asked.wider))
    model, news, results = _model(seed), list[DurationRecord](), list[DayResult]()
    for number in range(asked.days):
        usual, luck = (luck_of(world, 1_000 * seed + HISTORY + number) for world in (WORLD, changed))
        drift = drift_of(model, news, as_of_s=number * DAY_S + 25_000.0)
        mending = replace(keeping(0.9), sees=drift.corrected)
        for name, day, policy in zip(ARMS, (usual, luck, luck), (keeping(0.9), keeping(0.9), mending), strict=True):
            made = replace(play(changed, day, policy), policy=f"{name}:{number}")
            results.append(made)
        served = {each.visit for each in made.outcomes if each.late_s is not None}
        news += _records(luck, number * DAY_S + 60_000.0, served)
    return results


def _model(seed: int) -> DurationModel:
    before = [luck_of(WORLD, 1_000 * seed + number) for number in range(HISTORY)]
    records = [each for luck in before for each in _records(luck, -DAY_S, {asked.key for asked in luck.asked})]
    assumed = {_type(asked): asked.believed for luck in before for asked in luck.asked}
    return learn_durations(records, assumed, as_of_s=0.0)


def _records(luck: Luck, done_s: float, served: set[str]) -> list[DurationRecord]:
    return [
        DurationRecord(
            work_type=_type(asked), technician="", asset_kind="", customer="", minutes=asked.work_s / 60.0,
            done_s=done_s, recorded_s=done_s,
        )
        for asked in luck.asked
        if asked.key in served and asked.opens_door
    ]  # fmt: skip


def _type(asked: Asked) -> str:
    return f"{asked.believed.mean_s:.0f}"


def _compared(played: list[Day], *numbers: int) -> dict[str, Any]:
    """Kept share of the three, and the paired difference of the mending one to the world as it was, in points."""
    kept, promises = np.zeros((2, len(ARMS), len(played)))
    accepted = np.zeros(len(ARMS))
    for row, each in enumerate(played):
        for place, name in enumerate(ARMS):
            for number in numbers:
                day = each[f"{name}:{number}"]
                promises[place, row] += len(day["outcomes"])
                kept[place, row] += len(day["outcomes"]) - day["broken"]
                accepted[place] += day["promised"]
    draws = np.random.default_rng(SEED).integers(len(played), size=(TIMES, len(played)))
    share = kept[:, draws].sum(axis=2) / promises[:, draws].sum(axis=2)
    low, high = np.percentile(100.0 * (share[2] - share[0]), (2.5, 97.5))
    shares = kept.sum(axis=1) / promises.sum(axis=1)
    return {
        "kept": {name: round(float(each), 4) for name, each in zip(ARMS, shares, strict=True)},
        "mended_less_usual": [round(float(each), 2) for each in (100.0 * (shares[2] - shares[0]), low, high)],
        "promised_mended": round(float(accepted[2] / accepted[0]), 3),
    }


if __name__ == "__main__":
    main()
