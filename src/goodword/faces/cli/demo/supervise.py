"""The supervisor: brings everything up, keeps it up, takes it down. It starts no thread and holds no Django."""

import argparse
import fcntl
import json
import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _
from typing import Any

from goodword.config.home import Home, read_home
from goodword.faces.cli.demo.children import Child, start
from goodword.faces.cli.demo.prepare import prepare
from goodword.faces.cli.demo.progress import Progress, in_words
from goodword.faces.cli.house import bring_up, own_cluster
from goodword.faces.cli.trouble import Trouble
from goodword.kit.postgres import Server
from goodword.kit.postgres.ports import free_port, hold, is_free

USUAL_PORT = 8700
WEB_LIMIT_S = 60
MENDS_IN_A_MINUTE = 5


def add(commands: Any) -> None:
    command = commands.add_parser("demo", help=_("bring up the demo company and keep it up until Ctrl-C"))
    command.add_argument("--port", type=int, help=_("default: 8700, or a free one when that is taken"))
    command.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    if said.prepare:
        prepare(f"http://127.0.0.1:{read_home().values['port']}")
        return 0
    os.environ["GOODWORD_HOME"] = str(read_home().folder / "demo")
    home = read_home()
    home.folder.mkdir(parents=True, exist_ok=True)
    with alone(home), stoppable():
        demo = Demo(home, said.port)
        try:
            demo.bring_up()
            demo.keep_up()
        except KeyboardInterrupt:
            print(_("Stopping …"), flush=True)
        finally:
            deaf()
            demo.take_down()
    print(_("Stopped. `make demo` brings it up again as it was."), flush=True)
    return 0


class Demo:
    """What runs: the database, the web server, the worker."""

    def __init__(self, home: Home, port: int | None, *, usual: int = USUAL_PORT) -> None:
        self.home, self.logs = home, home.path("logs")
        self.progress = Progress(home.path("timings.json"))
        self.server: Server | None = None
        self.children: dict[str, Child] = {}
        self.mended: list[float] = []
        self.port = self._port(port, usual)
        self.held = hold(self.port)  # until the web server has it: another demo must not take it meanwhile
        self.address = f"http://127.0.0.1:{self.port}/"

    def bring_up(self) -> None:
        self.home.keep(profile="demo", port=self.port, hosts="127.0.0.1,localhost")
        self.home.keep_secret_key()
        self.progress.step("postgres")
        self.server = bring_up(self.home, hold=True)
        self._start("web", ["serve", "--port", str(self.port)])  # it wakes up while the tables are laid
        links = self._prepare()
        self.progress.step("web")
        self._wait_for_web()
        self.progress.finish()
        self._announce(links)
        self._start("worker", ["work"])  # last: nobody waits for it, and it would take time from the pages

    def keep_up(self) -> None:
        """Start again what dies; give up when it keeps dying."""
        while True:
            time.sleep(0.5)
            for name, words in (("web", ["serve", "--port", str(self.port)]), ("worker", ["work"])):
                if not self.children[name].alive:
                    self._mend(name)
                    self._start(name, words)
            if self.server and self.server.process and self.server.process.poll() is not None:
                self._mend("postgres")
                self.server = bring_up(read_home(), hold=True)

    def take_down(self) -> None:
        """What this demo started, newest first. A database that was found running runs on."""
        for child in reversed(self.children.values()):
            child.stop()
        self.held.close()
        if self.server and self.server.started:
            own_cluster(self.home).stop(self.server)

    def _port(self, wished: int | None, usual: int) -> int:
        if wished:
            if not is_free(wished):
                raise Trouble(_("Port {port} is taken by another program. Choose another.").format(port=wished))
            return wished
        last = self.home.values.get("port")
        for known in (last, usual):
            if known and is_free(known):
                return int(known)
        port = free_port()
        print(_("Port {taken} is taken by another program; using {port}.").format(taken=usual, port=port), flush=True)
        return port

    def _start(self, name: str, words: list[str], *, speaks: bool = False) -> Child:
        if before := self.children.pop(name, None):
            before.stop()
        self.children[name] = child = start(name, words, self.logs, speaks=speaks)
        return child

    def _prepare(self) -> list[dict[str, str]]:
        """Tables, territory, company; the sign-in links come back."""
        links = []
        for said in self._hear("prepare"):
            if "step" in said:
                self.progress.step(said["step"])
            elif "url" in said:
                links.append(said)
            else:
                self.progress.how_far(said["done"], said["what"])
        return links

    def _hear(self, name: str) -> Iterator[dict[str, Any]]:
        """What a speaking child tells, line by line; a Trouble with its last words when it fails."""
        child = self._start(name, ["demo", "--prepare"], speaks=True)
        assert child.process.stdout is not None
        for line in child.process.stdout:
            if line.startswith("{"):
                yield json.loads(line)
        if child.process.wait() != 0:
            raise Trouble(
                _("The demo could not be laid. {log} ends with:\n{said}").format(log=child.log, said=child.last_words())
            )
        del self.children[name]

    def _wait_for_web(self) -> None:
        until = time.monotonic() + WEB_LIMIT_S
        web = self.children["web"]
        while web.alive and time.monotonic() < until:
            try:
                urllib.request.urlopen(self.address, timeout=10).close()
                return
            except urllib.error.HTTPError as error:
                if error.code < 500:
                    return
                raise Trouble(_("The web server answers with an error; see {log}.").format(log=web.log)) from error
            except OSError:
                time.sleep(0.1)
        raise Trouble(
            _("The web server did not start. {log} ends with:\n{said}").format(log=web.log, said=web.last_words())
        )

    def _mend(self, name: str) -> None:
        now = time.monotonic()
        self.mended = [t for t in self.mended if now - t < 60] + [now]
        if len(self.mended) > MENDS_IN_A_MINUTE:
            raise Trouble(_("{name} keeps ending; see {logs}.").format(name=name, logs=self.logs))
        print(_("{name} ended by itself; starting it again.").format(name=name), flush=True)

    def _announce(self, links: list[dict[str, str]]) -> None:
        print()
        print(_("Goodword is ready: {address}").format(address=self.address))
        if links:
            print(_("Sign in with one click as"))
            wide = max(len(link["role"]) for link in links)
            tall = max(len(link["name"]) for link in links)
            for link in links:
                print(f"  {link['role']:<{wide}}  {link['name']:<{tall}}  {link['url']}")
        print(in_words(self.progress.took))
        print(_("Ctrl-C stops all of it. Logs: {logs}").format(logs=self.logs), flush=True)


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """One demo for each home; the lock ends with its holder, however that ends."""
    with home.path("demo.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            port = home.values.get("port", USUAL_PORT)
            where = f"http://127.0.0.1:{port}/"
            raise Trouble(
                _("This demo runs already: {where} (stop it where it was started).").format(where=where)
            ) from error
        yield


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM and a closed terminal stop the demo as Ctrl-C does."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, interrupt)
    yield


def deaf() -> None:
    """While it takes everything down, a second Ctrl-C changes nothing."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
