import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.cast import HOURS, STAFF, Cast, door

from goodword.crew import actions as crew
from goodword.messaging.providers.smtp import Smtp, smtp_from

HOUSE = Path(__file__).resolve().parents[2]


def small_cast() -> Cast:
    """Two branches and who decides there: enough for messages, and quickly built."""
    company = crew.found_company("Wend & Daughters", **door())
    branches = {
        name: crew.add_branch(name.title(), "", 52.4, -1.7, "Europe/London", "", "", HOURS, **door())
        for name in ("aldermere", "kilnsea")
    }
    cast = Cast(company, **branches)
    for key, name, role, where, skills in STAFF:
        if key in {"hanna", "priya", "tom"}:
            roles = [(role, branches[where].id if where else None)]
            cast.people[key] = crew.add_person(f"{key}@wend.example", name, None, roles, skills, **door())
    return cast


@pytest.fixture
def cast(db) -> Cast:
    return small_cast()


@pytest.fixture
def committed_cast(committed_db) -> Cast:
    return small_cast()


@dataclass
class MailServer:
    """The fake of the outside world: a real process, which a test may kill."""

    taken: Path
    port: int = 0
    process: "subprocess.Popen[str] | None" = field(default=None, repr=False)

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.messaging.server", str(self.port), str(self.taken)]
        self.process = subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())

    def kill(self) -> None:
        """As with a power cut: no goodbye."""
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def letters(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.taken.read_text().splitlines()] if self.taken.exists() else []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def provider(self) -> Smtp:
        return smtp_from(self.url, "office@wend.example")


@pytest.fixture
def mail_server(tmp_path) -> Iterator[MailServer]:
    server = MailServer(tmp_path / "taken.jsonl")
    server.start()
    yield server
    server.kill()
