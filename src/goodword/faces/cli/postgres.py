"""``goodword postgres``: this home's own PostgreSQL, by hand."""

import argparse
from gettext import gettext as _
from typing import Any

from goodword.config.home import read_home
from goodword.faces.cli.house import bring_up, brings_its_own, own_cluster
from goodword.faces.cli.trouble import Trouble


def add(commands: Any) -> None:
    command = commands.add_parser("postgres", help=_("start, stop or look at this home's own PostgreSQL"))
    command.add_argument("what", choices=["start", "stop", "status"])
    command.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    home = read_home()
    if not brings_its_own(home):
        raise Trouble(
            _("This home uses the PostgreSQL that its settings name; start and stop that one by its own means.")
        )
    cluster = own_cluster(home)
    if said.what == "start":
        bring_up(home)
    if said.what == "stop":
        cluster.stop()
    running = cluster.running()
    where = _("runs on 127.0.0.1:{port}").format(port=running.port) if running else _("does not run")
    print(
        _("PostgreSQL {version} in {folder} {where}.").format(
            version=cluster.version or "", folder=cluster.data, where=where
        )
    )
    return 0 if running or said.what == "stop" else 3
