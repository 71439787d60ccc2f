"""What the commands share: the database of this home, and Django on top of it."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _

from goodword.config.home import Home, read_home
from goodword.faces.cli.trouble import Trouble
from goodword.kit.postgres import Cluster, Server, make_database
from goodword.kit.postgres.databases import Addresses

DATABASE = "goodword"


def own_cluster(home: Home) -> Cluster:
    return Cluster(home.path("postgres"), home.path("logs", "postgres.log"))


def brings_its_own(home: Home) -> bool:
    """Whether this home runs a private PostgreSQL, rather than a server that an address names."""
    return not os.environ.get("DATABASE_URL") and (
        bool(home.values.get("embedded")) or "database_url" not in home.values
    )


def bring_up(home: Home, *, hold: bool = False) -> Server | None:
    """Start this home's own PostgreSQL, or find it running, and write down where it is. None when it has none."""
    if not brings_its_own(home):
        return None
    server = own_cluster(home).start(hold=hold)
    values = home.values
    known = Addresses(values["database_url"], values["owner_url"]) if values.get("embedded") else None
    found = make_database(server, DATABASE, known=known)
    if known != found:
        home.keep(database_url=found.app, owner_url=found.owner, embedded=True)
    return server


def with_database() -> Home:
    """This home with its database running. Under `goodword demo` the supervisor has seen to that."""
    home = read_home()
    if not os.environ.get("GOODWORD_SUPERVISED"):
        bring_up(home)
    return read_home()


def with_django() -> Home:
    """This home, its database and Django, ready for actions and queries."""
    home = with_database()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodword.config.settings")
    import django

    for name in ("axes", "procrastinate"):  # both greet at every start
        logging.getLogger(name).setLevel(logging.WARNING)
    django.setup()
    return home


@contextmanager
def plainly() -> Iterator[None]:
    """A refusal of the domain is an answer, not a crash."""
    from django.db import OperationalError

    from goodword.kit.refusals import Refusal

    try:
        yield
    except Refusal as refusal:
        raise Trouble(str(refusal)) from refusal
    except OperationalError as error:
        raise Trouble(_("The database does not answer: {error}").format(error=error)) from error
