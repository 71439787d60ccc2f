"""Processes that the demo starts, and that never outlive it."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from goodword.kit.postgres.leash import dies_with_parent

PATIENCE_S = 8


@dataclass
class Child:
    """One process and all that it started itself: it leads a group of its own."""

    name: str
    process: "subprocess.Popen[str]"
    log: Path
    patience_s: float = PATIENCE_S

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Ask, wait, then end the whole group. Nobody else can be in it."""
        if self.alive:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience_s)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-1500:].strip()


def start(name: str, words: list[str], logs: Path, *, speaks: bool = False) -> Child:
    """Run ``goodword WORDS`` as a child; what it prints goes to a log of its name, or comes back when it `speaks`."""
    logs.mkdir(parents=True, exist_ok=True)
    log = logs / f"{name}.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "goodword.faces.cli.main", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if speaks else file,
            stderr=file,
            text=True,
            env={**os.environ, "GOODWORD_SUPERVISED": "1", "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),
        )
    return Child(name, process, log)
