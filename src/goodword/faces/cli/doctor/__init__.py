"""``goodword doctor``: what is wrong here, and what to do about it."""

import argparse
from gettext import gettext as _
from typing import Any

from goodword.config.home import Home, read_home, read_values
from goodword.faces.cli.doctor import data, machine
from goodword.faces.cli.doctor.finding import Finding, Level

MARKS = {Level.FINE: "ok   ", Level.WATCH: "watch", Level.WRONG: "WRONG"}


def add(commands: Any) -> None:
    command = commands.add_parser("doctor", help=_("say what is wrong and what to do"))
    command.add_argument("--quiet", action="store_true", help=_("only what needs doing"))
    command.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    """1 when something is wrong, 0 when all is well or only worth watching."""
    home = the_home_meant()
    print(_("Looking at {folder}").format(folder=home.folder))
    found = examine(home)
    for finding in found:
        if finding.level is not Level.FINE or not said.quiet:
            print(f"{MARKS[finding.level]}  {finding.says}")
            if finding.do:
                print(f"       → {finding.do}")
    return 1 if any(f.level is Level.WRONG for f in found) else 0


def the_home_meant() -> Home:
    """In a clone where only the demo was ever started, the demo is meant."""
    home = read_home()
    demo = home.path("demo")
    if not home.values and (values := read_values(demo)):
        return Home(demo, values)
    return home


def examine(home: Home) -> list[Finding]:
    return [*machine.look(home), *data.look(home)]
