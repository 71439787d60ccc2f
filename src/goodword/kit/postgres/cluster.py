"""One private cluster in one folder: laid once, started, found running, stopped."""

import fcntl
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedWriter
from pathlib import Path

import psycopg

from goodword.kit.postgres.binaries import Binaries, find_binaries
from goodword.kit.postgres.laying import SUPERUSER, lay
from goodword.kit.postgres.leash import dies_with_parent
from goodword.kit.postgres.pidfile import PATIENCE_S, clear_dead_pidfile, postmaster
from goodword.kit.postgres.ports import free_port
from goodword.kit.postgres.service_user import service_user
from goodword.kit.postgres.shoes import Shoes, shoes_for
from goodword.kit.postgres.troubles import DidNotStart, OtherMajor

START_LIMIT_S = 300
PASSING = ("lock file", "pre-existing shared memory")
PORT_TAKEN = "ould not bind"
USUAL = {"listen_addresses": "127.0.0.1", "unix_socket_directories": ".", "unix_socket_permissions": "0700"}


@dataclass
class Server:
    """A running cluster. `started` tells whether this call started it or found it running."""

    port: int
    password: str
    started: bool
    process: "subprocess.Popen[bytes] | None" = None

    def url(self, database: str = "postgres", *, user: str = SUPERUSER, password: str | None = None) -> str:
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"


class Cluster:
    """`folder` holds `data` (PostgreSQL's own), `superuser` (its password) and `port` (the last one)."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self.log = folder.absolute(), log.absolute()
        self.data = self.folder / "data"

    @property
    def version(self) -> str | None:
        """The major version that laid the data, None before that."""
        try:
            return (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return None

    def running(self) -> Server | None:
        found = postmaster(self.data)
        return Server(found.port, self._password(), started=False) if found and found.status == "ready" else None

    def start(self, *, hold: bool = False, options: dict[str, str] | None = None) -> Server:
        """Start it, or find it running.

        Parameters
        ----------
        hold
            As a child that ends with this process, however that ends; else it runs on by itself.
        options
            Server settings beside the usual ones, such as ``{"max_connections": "300"}``.

        Raises
        ------
        PostgresTrouble
            With words that say what to do.
        """
        with self._locked():
            if already := self._who_is_there():
                return already
            user = service_user(self.data)
            binaries = find_binaries(user)
            if self.version is None:
                lay(self.data, self.folder / "superuser", binaries, user)
            elif self.version != str(binaries.major):
                raise OtherMajor(self.data, self.version, binaries.major)
            with shoes_for(self.data, user) as shoes:
                return self._start(binaries, shoes, hold, {**USUAL, **(options or {})})

    def stop(self, server: Server | None = None) -> None:
        """Stop it and wait until it is gone; nothing happens when it does not run."""
        if server and server.process:
            end(server.process)
            return
        with self._locked():
            if postmaster(self.data) is None:
                return
            user = service_user(self.data)
            with shoes_for(self.data, user) as shoes, self.log.open("ab") as log:
                command = [find_binaries(user)["pg_ctl"], "stop", "-w", "-s", "-m", "fast", "-t", "60"]
                subprocess.run([*command, "-D", shoes.where], check=False, **shoes.arguments(log=log.fileno()))

    def _who_is_there(self) -> Server | None:
        """A server that runs is taken; one that is starting or stopping is waited for."""
        until = time.monotonic() + START_LIMIT_S
        while postmaster(self.data) and time.monotonic() < until:
            if (server := self.running()) and _answers(server):
                return server
            time.sleep(0.1)
        return None

    def _start(self, binaries: Binaries, shoes: Shoes, hold: bool, settings: dict[str, str]) -> Server:
        """Try again while something of an earlier life is still going away, or when the port was snatched."""
        until = time.monotonic() + PATIENCE_S
        port = free_port(prefer=self._last_port())
        while True:
            clear_dead_pidfile(self.data)
            before = self.log.stat().st_size if self.log.exists() else 0
            flags = [w for name, value in {**settings, "port": str(port)}.items() for w in ("-c", f"{name}={value}")]
            launch = self._as_child if hold else self._by_itself
            try:
                process = launch(binaries, shoes, flags)
            except _NotUp:
                said = self.log.read_bytes()[before:].decode(errors="replace")
            else:
                (self.folder / "port").write_text(f"{port}\n")
                return Server(port, self._password(), started=True, process=process)
            if PORT_TAKEN in said:
                port = free_port()
            elif not any(words in said for words in PASSING) or time.monotonic() > until:
                raise DidNotStart(self.log, said[-2000:])
            time.sleep(0.5)

    def _by_itself(self, binaries: Binaries, shoes: Shoes, flags: list[str]) -> None:
        command = [binaries["pg_ctl"], "start", "-w", "-s", "-t", str(START_LIMIT_S), "-D", shoes.where]
        with self._open_log() as log:
            done = subprocess.run([*command, "-o", " ".join(flags)], check=False, **shoes.arguments(log=log.fileno()))
        if done.returncode:
            raise _NotUp

    def _as_child(self, binaries: Binaries, shoes: Shoes, flags: list[str]) -> "subprocess.Popen[bytes]":
        command = [binaries["postgres"], "-D", shoes.where, *flags]
        leash = dies_with_parent(signal.SIGINT)
        with self._open_log() as log:
            process = subprocess.Popen(
                command, start_new_session=True, preexec_fn=leash, **shoes.arguments(log=log.fileno())
            )
        until = time.monotonic() + START_LIMIT_S
        try:
            while process.poll() is None and time.monotonic() < until:
                found = postmaster(self.data)
                if found and found.pid == process.pid and found.status == "ready":
                    return process
                time.sleep(0.02)
            raise _NotUp
        except BaseException:
            end(process)
            raise

    def _password(self) -> str:
        return (self.folder / "superuser").read_text().strip()

    def _last_port(self) -> int | None:
        try:
            return int((self.folder / "port").read_text())
        except (FileNotFoundError, ValueError):
            return None

    def _open_log(self) -> BufferedWriter:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        return self.log.open("ab")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One starter at a time; the lock ends with its holder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


class _NotUp(Exception):
    """It ended, or took too long; its log says why."""


def _answers(server: Server) -> bool:
    """Whether it talks: one that was killed this instant still has its place in /proc."""
    try:
        psycopg.connect(server.url(), connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def end(process: "subprocess.Popen[bytes]") -> None:
    """A fast shutdown; after a minute an immediate one. Never SIGKILL."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            continue
