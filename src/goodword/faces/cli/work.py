"""``goodword work``: the worker, which sends messages, carries out reactions and keeps the watch."""

import argparse
from gettext import gettext as _
from typing import Any

from goodword.faces.cli.house import with_django


def add(commands: Any) -> None:
    commands.add_parser("work", help=_("run the worker")).set_defaults(run=run)


def run(said: argparse.Namespace) -> None:
    with_django()
    from goodword.config.worker import main

    main()
