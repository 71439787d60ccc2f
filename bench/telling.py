"""Are broken promises told in time, and how many warnings are false?

    python bench/telling.py FOLDER [--days 100] [--first 9000]

Days of normal and of tight load in turns (8 and 9 requests for each of 6 technicians, a random square), floor at
0.90, the plain repair every 15 minutes and after each disruption. Every minute the day is forecast from what is known
then. A promise at P(miss) >= 0.7 is repaired first; where that changes nothing it is told, whatever becomes of it, and
so on for other levels, with the repair at 0.7. Counted: broken promises told before their window ends, and told ones
that were kept after all. Every day is a file
in FOLDER; a run that was stopped goes on. Ends with one line of JSON; intervals are 95 %, bootstrapped over days.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

from goodword.engine import forecast
from goodword.engine.simulator import DayResult, keeping, luck_of, play, random_square
from goodword.engine.simulator.policies import Planner
from goodword.engine.types import Move, Offers, Problem, Request
from shards import Day, days

TECHNICIANS, MINUTE_S, REPAIRS_S, GRACE_S = 6, 60.0, 900.0, 60.0
LOADS = {0: 8.0, 1: 9.0}  # requests a technician on even and on odd seeds
TELL, LEVELS = 0.7, (0.5, 0.6, 0.7, 0.8, 0.9)
TIMES, SEED = 4_000, 5


@dataclass(frozen=True, kw_only=True)
class Watched(DayResult):
    """A day, and when each promise first stood at each level of P(miss); seconds of the day by level by visit."""

    told: dict[str, dict[str, float]]


@dataclass
class Watching:
    """The planner, looked at every minute; it repairs when it always did."""

    planner: Planner
    told: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.planner.name

    def offer(self, problem: Problem, request: Request) -> Offers:
        return self.planner.offer(problem, request)

    def evening(self, problem: Problem) -> Problem:
        return self.planner.evening(problem)

    def mend(self, problem: Problem) -> tuple[Move, ...]:
        """Whoever is about to be told is repaired first; what that has moved is looked at again in a minute."""
        missed = self._missed(problem)
        new = any(p >= TELL and str(TELL) not in self.told.get(key, {}) for key, p in missed.items())
        on_the_minute = problem.now_s % MINUTE_S == 0.0
        if (new or not on_the_minute or problem.now_s % REPAIRS_S == 0.0) and (moves := self.planner.mend(problem)):
            return moves
        for key, p_miss in missed.items():
            for level in LEVELS:
                if p_miss >= level:
                    self.told.setdefault(key, {}).setdefault(str(level), problem.now_s)
        return ()

    def _missed(self, problem: Problem) -> dict[str, float]:
        """P(miss) of every promise at whose door nobody stands yet; one that nobody serves is missed."""
        seen = forecast(problem).visits
        waiting = [each for each in problem.visits if each.window is not None and each.progress.arrived_s is None]
        found = {each.key: seen[each.key].p_kept if each.key in seen else None for each in waiting}
        return {key: 1.0 - (kept or 0.0) for key, kept in found.items()}


def main() -> None:
    """Play what is missing, then count."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("folder", type=Path)
    wanted.add_argument("--days", type=int, default=100)
    wanted.add_argument("--first", type=int, default=9000)
    asked = wanted.parse_args()
    played = days(asked.folder, range(asked.first, asked.first + asked.days), _play)
    result: dict[str, Any] = {"bench": "telling", "first": asked.first, "days": len(played)}
    for level in LEVELS:
        result[str(level)] = _counted(played, str(level))
        print(level, result[str(level)])
    print(json.dumps(result))


def _play(seed: int) -> list[DayResult]:
    world = random_square(technicians=TECHNICIANS, requests=LOADS[seed % 2] * TECHNICIANS, seed=1)
    watching = Watching(keeping(0.9))
    made = play(world, luck_of(world, seed), watching, looks_every_s=MINUTE_S)
    return [Watched(**{each.name: getattr(made, each.name) for each in fields(made)}, told=watching.told)]


def _counted(played: list[Day], level: str) -> dict[str, Any]:
    """By day: broken, of them told before the end; told, of them kept; minutes from telling to the end."""
    counts = np.zeros((len(played), 4))
    ahead = []
    for row, each in enumerate(played):
        (day,) = each.values()
        for promise in day["outcomes"]:
            at_s = day["told"].get(promise["visit"], {}).get(level)
            closes_s = promise["window"]["closes_s"]
            in_time = at_s is not None and at_s < closes_s + GRACE_S
            counts[row] += (not promise["kept"], not promise["kept"] and in_time, in_time, in_time and promise["kept"])
            if at_s is not None and in_time and not promise["kept"]:
                ahead.append((closes_s - at_s) / 60.0)
    draws = np.random.default_rng(SEED).integers(len(played), size=(TIMES, len(played)))
    broken, found, told, false = counts.sum(axis=0)
    drawn = counts[draws].sum(axis=1)
    return {
        "broken": int(broken), "told_in_time": _share(found, broken, drawn[:, 1] / np.maximum(drawn[:, 0], 1)),
        "told": int(told), "false": _share(false, told, drawn[:, 3] / np.maximum(drawn[:, 2], 1)),
        "minutes_ahead_p50_p10": [round(float(each)) for each in np.percentile(ahead or [0.0], (50, 10))],
    }  # fmt: skip


def _share(some: float, of: float, drawn: Any) -> list[float]:
    return [round(float(each), 4) for each in (some / max(of, 1.0), *np.percentile(drawn, (2.5, 97.5)))]


if __name__ == "__main__":
    main()
