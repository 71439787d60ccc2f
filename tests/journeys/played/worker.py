"""The worker of the house, as a process of its own on the database of this test."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from goodword.kit.clock import company_now
from goodword.kit.postgres.leash import dies_with_parent
from goodword.promises.queries import wrong_verdicts
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

    def watch(self) -> None:
        """Wait until its watch has seen every promise whose time is up."""
        until = time.monotonic() + PATIENCE_S
        while wrong := wrong_verdicts(company_now()):
            assert time.monotonic() < until, f"the watch has not judged {[p.id for p in wrong]}"
            assert self._process.poll() is None, "the worker is gone"
            time.sleep(0.1)
