"""What `postmaster.pid` says, and whether it is still true."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

PATIENCE_S = 30.0


@dataclass(frozen=True)
class Postmaster:
    pid: int
    port: int
    status: str


def read_pidfile(data: Path) -> Postmaster | None:
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if not lines or not lines[0].strip().isdigit():
        return None
    port = lines[3].strip() if len(lines) > 3 else ""
    return Postmaster(int(lines[0]), int(port) if port.isdigit() else 0, lines[7].strip() if len(lines) > 7 else "")


def works_in(pid: int, data: Path) -> bool:
    """Whether process `pid` lives and works in the folder `data`. Every server process does; a zombie does not."""
    if not Path("/proc/self/cwd").exists():
        return _alive(pid)
    try:
        return os.readlink(f"/proc/{pid}/cwd") == str(data.resolve())
    except OSError:
        return False


def anyone_in(data: Path) -> bool:
    """Whether any server process, a backend without its postmaster too, still works in `data`."""
    return any(works_in(int(entry.name), data) for entry in Path("/proc").glob("[0-9]*"))


def postmaster(data: Path) -> Postmaster | None:
    """The living postmaster of this folder, or None."""
    said = read_pidfile(data)
    return said if said and works_in(said.pid, data) else None


def clear_dead_pidfile(data: Path) -> None:
    """After a kill -9 or a power cut: wait for what is dying, then take away lock files that name nobody of ours.

    PostgreSQL refuses to start while the number in its lock files belongs to any process of the same user: to a zombie
    that nobody reaps (a container without an init), or to a stranger who got the number after a reboot. Once no
    process works in the folder any more, nobody can write to it: a process gives its memory back before its folder.
    """
    until = time.monotonic() + PATIENCE_S
    while (said := read_pidfile(data)) and _alive(said.pid) and not works_in(said.pid, data):
        if not anyone_in(data):
            for lock in [data / "postmaster.pid", *data.glob(".s.PGSQL.*.lock")]:
                lock.unlink(missing_ok=True)
        elif time.monotonic() > until:
            return
        else:
            time.sleep(0.2)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
