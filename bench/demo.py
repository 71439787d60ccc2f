"""How long does the demo need, part by part, and how much memory does everything it runs hold?

    python bench/demo.py [--idle 20]

Brings up ``goodword demo`` in a new home twice: the first time everything is laid, the Monday played through the API
included; the second time it only starts. All the while the memory of every process it started is added up once a
second (PSS: shared pages count once). Ends with one line of JSON; MB and seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

PATIENCE_S = 600


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--idle", type=float, default=20, help="seconds to wait before memory is called idle")
    asked = wanted.parse_args()
    home = Path(tempfile.mkdtemp(prefix="goodword-bench-"))
    try:
        result = {"bench": "demo"} | {name: brought_up(home, asked.idle) for name in ("first", "again")}
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps(result))


def brought_up(home: Path, idle_s: float) -> dict[str, Any]:
    """From the command to the address, a rest, and Ctrl-C."""
    began = monotonic()
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "goodword"), "demo"],
        env=os.environ | {"GOODWORD_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    )
    used: list[tuple[float, float]] = []
    over = threading.Event()
    watcher = threading.Thread(target=watch, args=(process.pid, began, used, over))
    watcher.start()
    try:
        parts = read_until_address(process, began)
        up_s = monotonic() - began
        while_laying = max((mb for _at, mb in used), default=0.0)
        sleep(idle_s)
        idle, who = used[-1][1], named(process.pid)
    finally:
        over.set()
        watcher.join()
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)
    return {
        "up_s": round(up_s, 1),
        "parts": parts,
        "most_mb_until_up": round(while_laying),
        "idle_mb": round(idle),
        "idle_mb_by_process": who,
    }


def read_until_address(process: subprocess.Popen[str], began: float) -> dict[str, float]:
    """When each line was first said; ends with the address."""
    said: dict[str, float] = {}
    assert process.stdout is not None
    for line in process.stdout:
        text = re.sub(r"[\d.,%~()]+|\x1b\[[0-9;]*m", "", line).strip()
        said.setdefault(text[:60], round(monotonic() - began, 1))
        if re.search(r"http://(localhost|127\.0\.0\.1):\d+/", line):
            return {text: at for text, at in said.items() if text}
    raise SystemExit(f"The demo did not come up:\n{said}")


def watch(pid: int, began: float, used: list[tuple[float, float]], over: threading.Event) -> None:
    while not over.wait(1.0):
        used.append((monotonic() - began, sum(pss_mb(one) for one in tree(pid))))


def named(pid: int) -> dict[str, int]:
    """Idle memory by what runs."""
    found: dict[str, float] = {}
    for one in tree(pid):
        try:
            words = Path(f"/proc/{one}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        kinds = ("postgres", "granian", "config.worker", "smtp", "demo")
        name = next((k for k in kinds if k in words), words[:30])
        found[name] = found.get(name, 0.0) + pss_mb(one)
    return {name: round(mb) for name, mb in sorted(found.items())}


def tree(pid: int) -> Iterator[int]:
    """A process and all that descend from it, also those that began a session of their own."""
    parents: dict[int, list[int]] = {}
    for proc in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((proc / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        parents.setdefault(parent, []).append(int(proc.name))
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += parents.get(one, [])


def pss_mb(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
