"""``goodword init | demo | serve | work | migrate | territory | doctor | verify | postgres``."""

import argparse
import os
import sys
from collections.abc import Sequence
from gettext import gettext as _
from importlib import import_module
from pathlib import Path

from goodword.faces.cli.trouble import Trouble
from goodword.kit.postgres import PostgresTrouble

COMMANDS = ("init", "demo", "serve", "work", "migrate", "territory", "doctor", "verify", "postgres")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="goodword", description=_("Field service that keeps its word."))
    top.add_argument("--home", type=Path, help=_("folder of this installation (default: $GOODWORD_HOME, else ./var)"))
    commands = top.add_subparsers(title=_("commands"), required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"goodword.faces.cli.{name}").add(commands)
    return top


def main(words: Sequence[str] | None = None) -> int:
    said = parser().parse_args(words)
    if said.home:
        os.environ["GOODWORD_HOME"] = str(said.home.absolute())
    try:
        return int(said.run(said) or 0)
    except (PostgresTrouble, Trouble) as trouble:
        print(f"goodword: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
