"""Is every address found, however it is typed, and how fast?

    python bench/addresses.py [--rows 0] [--file liechtenstein|autauga]

Every row of the address file (or so many, drawn by seed) is asked for in the seven ways of
tests/territory/questions.py; found means among the first five.
Needs the real files in ../shared/data. Ends with one line of JSON; times in ms.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from pathlib import Path
from time import perf_counter

from fresh_house import fresh_house

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FILES = {
    "liechtenstein": ("liechtenstein-20240303.osm.pbf", "addresses_liechtenstein.csv", False),
    "autauga": ("autauga-county-al-20201227.osm.pbf", "addresses_autauga.csv", True),
}


def main() -> None:
    """Ask for all, one kind after the other."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--rows", type=int, default=0, help="0 = all")
    wanted.add_argument("--file", choices=FILES, default="liechtenstein")
    wanted.add_argument("--seed", type=int, default=7)
    asked = wanted.parse_args()
    roads, table, beside = FILES[asked.file]
    if not (DATA / roads).is_file():
        sys.exit(f"{roads} is not in ../shared/data: nothing to measure")
    with (DATA / table).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if asked.rows:
        rows = random.Random(asked.seed).sample(rows, asked.rows)
    result: dict[str, object] = {"bench": "addresses", "file": asked.file, "rows": len(rows), "seed": asked.seed}
    with fresh_house():
        from goodword.territory.actions import add_territory

        add_territory(DATA / roads, addresses_csv=DATA / table if beside else None, with_map=False)
        result |= {"kinds": measure(rows, random.Random(asked.seed))}
    print(json.dumps(result))


def measure(rows: list[dict[str, str]], dice: random.Random) -> dict[str, dict[str, float]]:
    """Share found in the first five, and times, for each kind of question."""
    sys.path.append(str(Path(__file__).resolve().parents[1]))
    from tests.territory.questions import BLURRED, EXACT, ask, is_answered

    from goodword.territory.queries import find_addresses

    kinds: dict[str, dict[str, float]] = {}
    for kind in (*EXACT, *BLURRED):
        hits, times = 0, []
        for row in rows:
            if (question := ask(kind, row, dice)) is None:
                continue
            began = perf_counter()
            answer = find_addresses(question)
            times.append(1000 * (perf_counter() - began))
            hits += is_answered(row, answer)
        if times:
            times.sort()
            kinds[kind] = {
                "asked": len(times),
                "found_percent": round(100 * hits / len(times), 2),
                "median_ms": round(times[len(times) // 2], 1),
                "p95_ms": round(times[int(len(times) * 0.95)], 1),
            }
            print(f"{kind:<14} {kinds[kind]}")
    return kinds


if __name__ == "__main__":
    main()
