"""``goodword serve``: the web server. Runs until it is told to stop."""

import argparse
import hashlib
import os
import subprocess
import sys
from gettext import gettext as _
from pathlib import Path
from typing import Any

import goodword
from goodword.config.home import Home
from goodword.faces.cli.house import with_database
from goodword.faces.cli.trouble import Trouble
from goodword.kit.postgres.ports import is_free

APPLICATION = "goodword.config.asgi:application"


def add(commands: Any) -> None:
    command = commands.add_parser("serve", help=_("run the web server"))
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, help=_("default: the home's port, else 8700"))
    command.add_argument("--workers", type=int, default=1, help=_("web processes"))
    command.add_argument("--tls", nargs=2, type=Path, metavar=("CERT", "KEY"), help=_("serve https by itself"))
    command.set_defaults(run=run)


def run(said: argparse.Namespace) -> None:
    home = with_database()
    port = said.port or int(home.get("port", "GOODWORD_PORT", 8700))
    if not os.environ.get("GOODWORD_SUPERVISED") and not is_free(port, said.host):
        raise Trouble(_("Port {port} is taken by another program. Choose one with --port.").format(port=port))
    collect_static(home)
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", said.host, "--port", str(port)]
    command += ["--workers", str(said.workers), "--workers-kill-timeout", "3", "--respawn-failed-workers", "--no-ws"]
    command += ["--static-path-route", "/static", "--static-path-mount", str(home.path("static"))]
    command += ["--log-level", "warning"]
    if said.tls:
        command += ["--ssl-certificate", str(said.tls[0]), "--ssl-keyfile", str(said.tls[1])]
    os.environ["GOODWORD_PORT"] = str(port)
    if said.tls and not home.get("public_url", "GOODWORD_PUBLIC_URL"):
        os.environ["GOODWORD_PUBLIC_URL"] = f"https://{said.host}:{port}"
    if not os.environ.get("GOODWORD_SUPERVISED"):
        print(_("Goodword answers on {address}").format(address=address(home, said.host, port)))
    sys.stdout.flush()
    os.execv(sys.executable, [*command, APPLICATION])


def address(home: Home, host: str, port: int) -> str:
    """What people open: the public address where one is set."""
    return str(home.get("public_url", "GOODWORD_PUBLIC_URL") or f"http://{host}:{port}/")


def collect_static(home: Home) -> None:
    """Gather stylesheets, scripts and pictures in one folder for the server, unless they are there as they are."""
    stamp, now = home.path("static", ".stamp"), static_state()
    if stamp.exists() and stamp.read_text() == now:
        return
    words = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--clear", "--verbosity", "0"]
    done = subprocess.run(
        words,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "goodword.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(_("Static files could not be gathered:\n{said}").format(said=done.stderr[-2000:]))
    stamp.write_text(now)


def static_state() -> str:
    package = Path(goodword.__file__).parent
    files = sorted(p for p in package.rglob("static/**/*") if p.is_file())
    said = "\n".join(f"{p.relative_to(package)} {p.stat().st_size} {p.stat().st_mtime_ns}" for p in files)
    return hashlib.sha256(said.encode()).hexdigest()
