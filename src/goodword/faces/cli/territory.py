"""``goodword territory add FILE.osm.pbf``: roads, addresses and map of a region."""

import argparse
import time
from gettext import gettext as _
from pathlib import Path
from typing import Any

from goodword.faces.cli.house import plainly, with_django
from goodword.faces.cli.trouble import Trouble


def add(commands: Any) -> None:
    command = commands.add_parser("territory", help=_("roads, addresses and map"))
    kinds = command.add_subparsers(required=True, metavar="add")
    adding = kinds.add_parser("add", help=_("build them from an OpenStreetMap file"))
    adding.add_argument("file", type=Path, metavar="FILE.osm.pbf")
    adding.add_argument("--addresses", type=Path, metavar="FILE.csv", help=_("more addresses, as a table"))
    adding.add_argument("--name", help=_("what people call it (default: the file's name)"))
    adding.set_defaults(run=run_add)


def run_add(said: argparse.Namespace) -> None:
    for path in filter(None, (said.file, said.addresses)):
        if not path.exists():
            raise Trouble(_("There is no file {path}.").format(path=path))
    with_django()
    with plainly():
        from goodword.territory.actions import add_territory

        report = add_territory(
            said.file.absolute(),
            addresses_csv=said.addresses and said.addresses.absolute(),
            name=said.name or "",
            progress=Steps(),
        )
    print("\n".join(report.lines()))


class Steps:
    """Each step once, with the time that is left when it can be told."""

    def __init__(self) -> None:
        self.began, self.last = time.monotonic(), ""

    def __call__(self, step: str, done: float | None) -> None:
        if step == self.last:
            return
        self.last = step
        spent = time.monotonic() - self.began
        left = _(" (about {s:.0f} s left)").format(s=spent * (1 - done) / done) if done and 0.1 < done < 1 else ""
        print(f"{step}{left}", flush=True)
