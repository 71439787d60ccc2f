"""``goodword verify``: ask every invariant whether it holds."""

import argparse
from gettext import gettext as _
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from goodword.faces.cli.house import plainly, with_django


def add(commands: Any) -> None:
    command = commands.add_parser("verify", help=_("check that what must always hold does hold"))
    command.add_argument("--rebuild", action="store_true", help=_("write anew what is derived from events"))
    command.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    """Every view named ``invariant_…`` lists what breaks it; an empty one holds."""
    with_django()
    from django.db import connection

    with plainly():
        if said.rebuild and find_spec("goodword.promises.actions"):
            import_module("goodword.promises.actions").rebuild_verdicts()
        broken = 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT viewname FROM pg_views WHERE viewname LIKE 'invariant\\_%%' ORDER BY 1")
            for (name,) in cursor.fetchall():
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
                count = cursor.fetchone()[0]
                broken += bool(count)
                title = name.removeprefix("invariant_").replace("_", " ")
                print(f"{title}: {_('holds') if not count else _('broken {count} times').format(count=count)}")
    return 1 if broken else 0
