"""The demo: what it starts ends with it, and what was killed comes up again."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from goodword.config.home import Home
from goodword.faces.cli.demo.children import Child
from goodword.faces.cli.demo.progress import Progress
from goodword.faces.cli.demo.supervise import Demo, alone
from goodword.faces.cli.trouble import Trouble

READY_LIMIT_S = 300


def until(holds: Callable[[], object], limit_s: float = 30) -> bool:
    end = time.monotonic() + limit_s
    pause = signal.sigtimedwait  # waits without a signal to wait for
    while not holds():
        if time.monotonic() > end:
            return False
        pause([signal.SIGRTMAX], 0.05)
    return True


def lives(pid: int) -> bool:
    """Running, and not a zombie that nobody has reaped yet."""
    try:
        return not Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except OSError:
        return False


def belonging_to(home: Path) -> list[int]:
    """Processes that were started with this home, or work in it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            known = f"GOODWORD_HOME={home}".encode() in (entry / "environ").read_bytes()
            within = os.readlink(entry / "cwd").startswith(str(home))
        except OSError:
            continue
        if (known or within) and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


def test_a_child_ends_with_all_that_it_started_itself(tmp_path):
    script = "trap '' TERM; sleep 300 & echo $!; wait; sleep 300"
    process = subprocess.Popen(["sh", "-c", script], stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    grandchild = int(process.stdout.readline())
    child = Child("stubborn", process, tmp_path / "log", patience_s=0.2)

    child.stop()

    assert not child.alive
    assert until(lambda: not lives(grandchild))


def test_a_taken_port_is_stepped_aside_from_unless_it_was_asked_for(tmp_path, capsys):
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        taken = stranger.getsockname()[1]

        assert Demo(Home(tmp_path, {}), None, usual=taken).port != taken
        assert f"Port {taken} is taken" in capsys.readouterr().out
        with pytest.raises(Trouble, match=f"Port {taken} is taken"):
            Demo(Home(tmp_path, {}), taken)


def test_a_second_demo_on_the_same_home_is_told_where_the_first_one_is(tmp_path):
    home = Home(tmp_path, {"port": 8711})

    with alone(home), pytest.raises(Trouble, match=r"runs already: http://127\.0\.0\.1:8711/"), alone(home):
        pass


def test_the_time_left_is_learned_from_the_last_time(tmp_path, capsys):
    memory = tmp_path / "timings.json"
    memory.write_text('{"postgres": 1, "tables": 2, "territory": 3, "company": 4, "web": 5}')
    progress = Progress(memory)

    progress.step("postgres")
    progress.step("company")
    progress.finish()

    said = capsys.readouterr().out
    assert "PostgreSQL … (about 15 s left)" in said
    assert "Monday … (about 9 s left)" in said
    assert set(json.loads(memory.read_text())) == {"postgres", "company"}


def test_the_first_time_is_no_measure_for_the_second(tmp_path, capsys):
    memory = tmp_path / "timings.json"
    first = Progress(memory)
    first.step("company")
    first.finish()

    Progress(memory).step("company")

    first_said, again_said = capsys.readouterr().out.splitlines()
    assert "about 73 s left" in first_said
    assert "about 3 s left" in again_said


class Running:
    """`goodword demo` as a person starts it, in a process group of its own."""

    def __init__(self, home: Path, log: Path) -> None:
        self.home, self.log = home, log
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("GOODWORD_", "DATABASE_", "DJANGO_"))}
        with log.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "goodword.faces.cli.main", "demo"],
                env={**environment, "GOODWORD_HOME": str(home)},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )

    def address(self) -> str | None:
        found = re.search(r"ready: (http\S+)", self.log.read_text())
        return found and found[1]

    def is_ready(self) -> bool:
        assert until(lambda: self.address() or self.process.poll() is not None, READY_LIMIT_S), self.log.read_text()
        return self.address() is not None


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    tmp_path.chmod(0o700)
    yield tmp_path / "home"
    for pid in belonging_to(tmp_path / "home"):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_a_kill_9_of_everything_is_survived_and_ctrl_c_leaves_nothing(home, tmp_path):
    stranger = subprocess.Popen(["sleep", "600"])
    first = Running(home, tmp_path / "first.log")
    assert first.is_ready(), first.log.read_text()

    for pid in belonging_to(home):
        with suppress(ProcessLookupError):  # the supervisor's children go with it
            os.kill(pid, signal.SIGKILL)
    first.process.wait()
    second = Running(home, tmp_path / "second.log")
    assert second.is_ready(), second.log.read_text()

    with urllib.request.urlopen(f"{second.address()}login/", timeout=20) as answer:
        assert b"<html" in answer.read(4000).lower()
    os.killpg(second.process.pid, signal.SIGINT)
    second.process.wait(30)
    assert until(lambda: not [p for p in belonging_to(home) if lives(p)], 5)
    assert second.log.read_text().rstrip().endswith("brings it up again as it was.")
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
