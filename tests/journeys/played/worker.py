"""The worker of the house, as a process of its own on the database of this test."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from goodword.kit.postgres.leash import dies_with_parent
from goodword.worlds.laying import wait_for_reactions

PATIENCE_S = 120.0


class Worker:
    """``home`` is the folder whose ``territory`` holds the roads."""

    def __init__(self, database: Any, home: Path) -> None:
        self._env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
            "GOODWORD_PROFILE": "test",
            "GOODWORD_HOME": str(home),
            "DATABASE_URL": database.addresses.app,
            "DATABASE_OWNER_URL": database.addresses.owner,
        }
        self._log = home / "worker.log"

    def __enter__(self) -> Self:
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "goodword.config.worker"],
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=dies_with_parent(signal.SIGKILL),
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(10)

    def settle(self) -> None:
        """Wait until it has reacted to everything that happened so far."""
        wait_for_reactions(lambda: self._process.poll() is None, PATIENCE_S)
