"""How much memory does a command hold at most, with everything it starts?

    python bench/memory.py -- python -m pytest tests/journeys/test_played_day.py -q

PSS of the command, of all that descends from it, and of the database of this folder, which goes its own ways; added up
twice a second (shared pages count once). Ends with one line of JSON; MB and seconds.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

from demo import named, pss_mb


def main() -> None:
    command = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    if not command:
        raise SystemExit(__doc__)
    began, most = monotonic(), dict[str, int]()
    process = subprocess.Popen(command)
    while process.poll() is None:
        now = named(process.pid) | {"postgres": round(sum(pss_mb(one) for one in databases()))}
        if sum(now.values()) > sum(most.values()):
            most = now
        sleep(0.5)
    print(
        json.dumps({
            "bench": "memory", "command": " ".join(command), "exit": process.returncode,
            "seconds": round(monotonic() - began), "most_mb": sum(most.values()),
            "at_most_by": most,
        })
    )  # fmt: skip
    raise SystemExit(process.returncode)


def databases() -> Iterator[int]:
    """Every process of PostgreSQL whose data lies in this folder."""
    for proc in Path("/proc").glob("[0-9]*"):
        try:
            if (proc / "cwd").resolve().is_relative_to(Path.cwd()) and b"postgres" in (proc / "cmdline").read_bytes():
                yield int(proc.name)
        except OSError:
            continue


if __name__ == "__main__":
    main()
