"""Running PostgreSQL's programs as the user that may run them, on a folder that this user may enter.

Under root the programs run as a service user. When a folder above the data is closed to that user (a clone under
`/root`), we open the data folder ourselves and hand the open folder on: `/proc/self/fd/N` leads in, and no parent
folder has to be opened to anybody.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from goodword.kit.postgres.service_user import ServiceUser, can_reach


@dataclass(frozen=True)
class Shoes:
    """How to start a program: as whom, with which open folder, and by which name it finds the data."""

    user: ServiceUser | None
    where: str
    door: int | None

    def arguments(self, *, log: IO[bytes] | int, also: tuple[int, ...] = ()) -> dict[str, Any]:
        """What `subprocess` needs to know."""
        fds = also if self.door is None else (self.door, *also)
        said: dict[str, Any] = {
            "stdin": subprocess.DEVNULL,
            "stdout": log,
            "stderr": subprocess.STDOUT,
            "pass_fds": fds,
            "cwd": "/",
        }
        if self.user:
            said |= {"user": self.user.uid, "group": self.user.gid, "extra_groups": []}
        said["env"] = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}
        return said


@contextmanager
def shoes_for(data: Path, user: ServiceUser | None) -> Iterator[Shoes]:
    """`data` exists and belongs to `user`."""
    if user is None or can_reach(user, data):
        yield Shoes(user, str(data), None)
        return
    door = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield Shoes(user, f"/proc/self/fd/{door}", door)
    finally:
        os.close(door)
