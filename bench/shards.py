"""Played days in a folder, one file a day, so that a bench that was stopped goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from goodword.engine.simulator import DayResult

Day = dict[str, Any]


def days(folder: Path, seeds: Iterable[int], run: Callable[[int], list[DayResult]]) -> list[Day]:
    """Results of every seed by policy, played unless they are there already; a file is whole or absent."""
    return days_of(folder, seeds, (), lambda seed, _missing: run(seed))


def days_of(
    folder: Path, seeds: Iterable[int], names: Collection[str], run: Callable[[int, set[str]], list[DayResult]]
) -> list[Day]:
    """The same for these policies: a day that lacks some of them is played with those, the others are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for seed in seeds:
        file = folder / f"{seed}.json"
        known = json.loads(file.read_text()) if file.exists() else {}
        if not known or not set(names) <= set(known):
            known |= {each.policy: asdict(each) for each in run(seed, set(names) - set(known))}
            half = file.with_suffix(".half")
            half.write_text(json.dumps(known))
            half.rename(file)
        found.append(known)
    return found
