"""Played days in a folder, one file a day, so that a bench that was stopped goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from goodword.engine.simulator import DayResult

Day = dict[str, Any]


def days(folder: Path, seeds: Iterable[int], run: Callable[[int], list[DayResult]]) -> list[Day]:
    """Results of every seed by policy, played unless they are there already; a file is whole or absent."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for seed in seeds:
        file = folder / f"{seed}.json"
        if not file.exists():
            text = json.dumps({each.policy: asdict(each) for each in run(seed)})
            half = file.with_suffix(".half")
            half.write_text(text)
            half.rename(file)
        found.append(json.loads(file.read_text()))
    return found
