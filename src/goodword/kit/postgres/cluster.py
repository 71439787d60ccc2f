"""One private cluster in one folder: laid once, started, found running, stopped."""

import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from goodword.kit.postgres.binaries import Binaries, find_binaries
from goodword.kit.postgres.pidfile import PATIENCE_S, clear_dead_pidfile, postmaster
from goodword.kit.postgres.ports import free_port
from goodword.kit.postgres.service_user import ServiceUser, service_user
from goodword.kit.postgres.shoes import Shoes, dies_with_parent, shoes_for
from goodword.kit.postgres.troubles import DidNotStart, NotLaid, OtherMajor

SUPERUSER = "postgres"
START_LIMIT_S = 300


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
            Server settings beside the usual ones, such as ``{"fsync": "off"}``.

        Raises
        ------
        PostgresTrouble
            With words that say what to do.
        """
        with self._locked():
            if already := self._wait_for_who_is_there():
                return already
            user = service_user(self.data)
            binaries = find_binaries(user)
            if self.version is None:
                self._lay(binaries, user)
            elif self.version != str(binaries.major):
                raise OtherMajor(self.data, self.version, binaries.major)
            with shoes_for(self.data, user) as shoes:
                return self._start(binaries, shoes, hold, options or {})

    def stop(self, server: Server | None = None) -> None:
        """Stop it and wait until it is gone; nothing happens when it does not run."""
        if server and server.process:
            _end(server.process)
            return
        with self._locked():
            if postmaster(self.data) is None:
                return
            user = service_user(self.data)
            binaries = find_binaries(user)
            with shoes_for(self.data, user) as shoes, self._open_log() as log:
                command = [binaries["pg_ctl"], "stop", "-w", "-s", "-m", "fast", "-t", "60", "-D", shoes.where]
                subprocess.run(command, check=False, **shoes.arguments(log=log.fileno()))

    # laying

    def _lay(self, binaries: Binaries, user: ServiceUser | None) -> None:
        """Make the data beside its place and move it there as a whole, so that a crash leaves no half."""
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if user:
            os.chown(fresh, user.uid, user.gid)
        password = secrets.token_urlsafe(24)
        with tempfile.TemporaryFile("w+") as secret, shoes_for(fresh, user) as shoes:
            secret.write(password + "\n")
            secret.flush()
            if user:
                os.fchown(secret.fileno(), user.uid, user.gid)
            command = [binaries["initdb"], "-D", shoes.where, "-U", SUPERUSER, f"--pwfile=/dev/fd/{secret.fileno()}"]
            command += [
                "--auth-local=scram-sha-256",
                "--auth-host=scram-sha-256",
                "--data-checksums",
                "-E",
                "UTF8",
                *_locale(binaries),
            ]
            said = subprocess.run(
                command, check=False, text=True, **shoes.arguments(log=subprocess.PIPE, also=(secret.fileno(),))
            )
        if said.returncode:
            raise NotLaid(self.data, said.stdout[-2000:])
        _write_secret(self.folder / "superuser", password)
        fresh.rename(self.data)

    # starting

    def _start(self, binaries: Binaries, shoes: Shoes, hold: bool, options: dict[str, str]) -> Server:
        until = time.monotonic() + PATIENCE_S
        port = free_port(prefer=self._last_port())
        while True:
            clear_dead_pidfile(self.data)
            before = self.log.stat().st_size if self.log.exists() else 0
            process = self._launch(binaries, shoes, hold, {"port": str(port), **_usual(), **options})
            if process is None or process.poll() is None:
                (self.folder / "port").write_text(f"{port}\n")
                return Server(port, self._password(), started=True, process=process if hold else None)
            said = self.log.read_bytes()[before:].decode(errors="replace")
            if time.monotonic() > until or not (
                "lock file" in said or "ould not bind" in said or "pre-existing shared memory" in said
            ):
                raise DidNotStart(self.log, said[-2000:])
            if "ould not bind" in said:
                port = free_port()
            time.sleep(0.5)

    def _launch(
        self, binaries: Binaries, shoes: Shoes, hold: bool, settings: dict[str, str]
    ) -> "subprocess.Popen[bytes] | None":
        """None when it runs by itself; a process that lives when held; a process that has ended when it failed."""
        flags = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self._open_log() as log:
            arguments = shoes.arguments(log=log.fileno())
            if not hold:
                command = [
                    binaries["pg_ctl"],
                    "start",
                    "-w",
                    "-s",
                    "-t",
                    str(START_LIMIT_S),
                    "-D",
                    shoes.where,
                    "-o",
                    " ".join(flags),
                ]
                process = subprocess.Popen(command, **arguments)
                return None if process.wait() == 0 else process
            process = subprocess.Popen(
                [binaries["postgres"], "-D", shoes.where, *flags],
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGINT),
                **arguments,
            )
        until = time.monotonic() + START_LIMIT_S
        while process.poll() is None and time.monotonic() < until:
            found = postmaster(self.data)
            if found and found.pid == process.pid and found.status == "ready":
                return process
            time.sleep(0.02)
        _end(process)
        return process

    def _wait_for_who_is_there(self) -> Server | None:
        """A server that runs is taken; one that is starting or stopping is waited for."""
        until = time.monotonic() + START_LIMIT_S
        while postmaster(self.data) and time.monotonic() < until:
            if (server := self.running()) and _answers(server):
                return server
            time.sleep(0.1)
        return None

    # small things

    def _password(self) -> str:
        return (self.folder / "superuser").read_text().strip()

    def _last_port(self) -> int | None:
        try:
            return int((self.folder / "port").read_text())
        except (FileNotFoundError, ValueError):
            return None

    def _open_log(self):  # type: ignore[no-untyped-def]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        return self.log.open("ab")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One starter at a time; the lock ends with its holder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _answers(server: Server) -> bool:
    """Whether it talks: one that was killed this instant still has its place in /proc."""
    try:
        psycopg.connect(server.url(), connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def _usual() -> dict[str, str]:
    return {"listen_addresses": "127.0.0.1", "unix_socket_directories": ".", "unix_socket_permissions": "0700"}


def _locale(binaries: Binaries) -> list[str]:
    """The same letters on every machine, whatever its C library: PostgreSQL's own locale where it has one."""
    if binaries.major >= 18:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"]
    if binaries.major == 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _write_secret(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """A fast shutdown; after a minute an immediate one. Never SIGKILL."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            continue
