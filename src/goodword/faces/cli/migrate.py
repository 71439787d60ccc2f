"""``goodword migrate``, after every upgrade: the tables, the working role's rights, roads that the engine can read."""

import argparse
from gettext import gettext as _
from typing import Any

from goodword.faces.cli.house import plainly, with_django
from goodword.faces.cli.trouble import Trouble


def add(commands: Any) -> None:
    command = commands.add_parser("migrate", help=_("bring the database up to date"))
    command.add_argument("--demo", action="store_true", help=_("mark a database that holds no company yet as a demo"))
    command.set_defaults(run=run)


def run(said: argparse.Namespace) -> None:
    with_django()
    with plainly():
        migrate()
        if said.demo:
            mark_as_demo()
        prepare_roads()


def prepare_roads() -> None:
    """Roads that an older engine prepared are prepared anew; nothing to do is nothing said."""
    from goodword.faces.cli.territory import Steps
    from goodword.territory.actions import rebuild_if_out_of_date

    rebuild_if_out_of_date(progress=Steps())


def migrate() -> None:
    """Run as the owner; the working role gets its rights anew, since new tables come without them."""
    from django.core.management import call_command
    from django.db import connections

    from goodword.kit.grants import grant_app

    owner = connections["owner"]
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    grant_app(owner, connections["default"].settings_dict["USER"])


def mark_as_demo() -> None:
    """Refused on a database that holds a company's own data: the mark bends its clock and opens sign-in links."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT demo FROM kit_clock")
        if cursor.fetchone()[0]:
            return
        cursor.execute("SELECT EXISTS (SELECT 1 FROM crew_company)")
        if cursor.fetchone()[0]:
            raise Trouble(
                _("This database holds a company's own data; it is not made a demo. Use another GOODWORD_HOME.")
            )
        cursor.execute("UPDATE kit_clock SET demo = true")
