"""Is what we state true? Labels learned on some days, judged on others, under one frozen filter.

    python bench/calibration.py FOLDER [--learn 100] [--judge 100] [--first 5000] [--width 2] [--filter 0.9]

Days of normal and of tight load in turns (8 and 9 requests for each of 6 technicians, a random square; see
bench/frontier.py). Every day is a file in FOLDER; a run that was stopped goes on. Ends with one line of JSON; intervals
are 95 %, clustered by day.
"""

from __future__ import annotations

import argparse
import json
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from goodword.engine.learning import Features, Filter, Judged, Reliability, learn_labels, reliability, stated
from goodword.engine.simulator import DayResult, keeping, luck_of, play, random_square
from shards import Day, days

TECHNICIANS = 6
LOADS = {0: 8.0, 1: 9.0}  # requests a technician on even and on odd seeds


def main() -> None:
    """Play what is missing, learn on the first days, judge the others."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("folder", type=Path)
    wanted.add_argument("--learn", type=int, default=100)
    wanted.add_argument("--judge", type=int, default=100)
    wanted.add_argument("--first", type=int, default=5000)
    wanted.add_argument("--width", type=float, default=2.0)
    wanted.add_argument("--filter", type=float, default=0.9)
    asked = wanted.parse_args()
    seeds = range(asked.first, asked.first + asked.learn + asked.judge)
    played = days(asked.folder, seeds, partial(_play, asked.width, asked.filter))
    under = Filter(offer_at_least=asked.filter, floor=asked.filter)
    judged = [_judged(day, under) for day in played]
    labels = learn_labels(chain.from_iterable(judged[: asked.learn]), under, branch="", as_of_s=0.0)
    fresh = list(chain.from_iterable(judged[asked.learn :]))
    cases = {
        "all": fresh,
        "normal": [each for each in fresh if each.day % 2 == 0],
        "tight": [each for each in fresh if each.day % 2 == 1],
    }
    result: dict[str, Any] = {
        "bench": "calibration", "first": asked.first, "learn_days": asked.learn, "judge_days": asked.judge,
        "learned_from": labels.n, "weights": [round(each, 3) for each in labels.weights], "width_h": asked.width,
        "filter": asked.filter, "accepted": _accepted(played[asked.learn :]),
    }  # fmt: skip
    print(f"{labels.n} promises of seeds {seeds[0]} to {seeds[asked.learn] - 1}; judged to {seeds[-1]}")
    for name, promises in cases.items():
        kept = np.array([each.kept for each in promises], dtype=np.float64)
        day = np.array([each.day for each in promises])
        raw = np.array([each.features.raw for each in promises])
        result[name] = {
            "stated": _told(name, reliability(stated(labels, under, promises), kept, day)),
            "raw": _told(f"{name}, raw", reliability(raw, kept, day)),
        }
    print(json.dumps(result))


def _play(width: float, share: float, seed: int) -> list[DayResult]:
    world = random_square(
        technicians=TECHNICIANS, requests=LOADS[seed % 2] * TECHNICIANS, seed=1, width_s=width * 3_600.0
    )
    return [play(world, luck_of(world, seed), keeping(share))]


def _judged(day: Day, under: Filter) -> list[Judged]:
    (result,) = day.values()
    return [
        Judged(
            features=Features(**{key: each[key] for key in ("raw", "lead_s", "load", "position", "demand")}),
            kept=each["kept"], branch="", under=under.version, day=result["day"],
        )
        for each in result["outcomes"]
    ]  # fmt: skip


def _accepted(played: list[Day]) -> dict[str, float]:
    results = [result for day in played for result in day.values()]
    asked = sum(each["asked"] for each in results)
    return {key: round(sum(each[key] for each in results) / asked, 4) for key in ("offered", "promised", "served")}


def _told(name: str, found: Reliability) -> dict[str, Any]:
    print(f"\n{name}: {found.n} promises, {found.days} days, error {found.error:.4f}, Brier {found.brier:.4f} "
          f"(constant {found.brier_constant:.4f})")  # fmt: skip
    for tier in found.tiers:
        if tier.stated is not None:
            kept = tier.kept
            print(f"  {tier.low:.3f}-{tier.high:.3f} {kept.n:>6}  stated {tier.stated:.4f}  kept {kept.estimate:.4f}  "
                  f"[{kept.low:.4f}, {kept.high:.4f}]")  # fmt: skip
    some = [tier for tier in found.tiers if tier.stated is not None]
    tiers = [
        {"from": t.low, "to": t.high, "n": t.kept.n, "stated": t.stated, "kept": t.kept.estimate, "low": t.kept.low,
         "high": t.kept.high}
        for t in some
    ]  # fmt: skip
    whole = {key: getattr(found, key) for key in ("n", "days", "brier", "brier_constant", "error")}
    return {**whole, "tiers": [{key: round(float(value), 4) for key, value in tier.items()} for tier in tiers]}


if __name__ == "__main__":
    main()
