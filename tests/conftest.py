"""One private PostgreSQL for all tests, one database for each test process, and the fixtures that lead to it.

The cluster lives in ``var/test/postgres-18`` and is kept between runs. Migrations run once for each state of the house,
into a template; a test process copies the template in a fraction of a second. ``default`` is the working role, which
owns no table, as in production; the owner's rights are for the harness.
"""

import fcntl
import hashlib
import hmac
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql
from tests.house.guard import write_guard  # noqa: F401 - every write of every test is watched

from goodword.kit.postgres import Cluster, Server, find_binaries, make_database
from goodword.kit.postgres.databases import APP, OWNER, Addresses, exists

# How fast a machine is does not decide whether something is right.
settings.register_profile("goodword", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("goodword")

HOUSE = Path(__file__).resolve().parent.parent
PLACE = HOUSE / "var" / "test"
KEEP_TEMPLATES = 3
NOT_OURS = {"django_migrations", "django_content_type", "auth_permission"}


@dataclass(frozen=True)
class TestDatabase:
    """The database of this test process, and the way to it for every role."""

    __test__ = False
    name: str
    server: Server
    addresses: Addresses
    seeds: dict[str, list[tuple[Any, ...]]]

    def as_owner(self) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(self.addresses.owner, autocommit=True)

    def as_superuser(self) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(self.server.url(self.name), autocommit=True)

    def empty(self) -> None:
        """Take away every row that is not of the migrations; those come back as they were."""
        with self.as_owner() as connection, connection.transaction():
            tables = [t for t in full_tables(connection) if t not in NOT_OURS]
            if not tables:
                return
            names = sql.SQL(", ").join(map(sql.Identifier, tables))
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(names))
            for table, rows in self.seeds.items():
                if rows and table not in full_tables(connection):
                    put_back(connection, table, rows)


def full_tables(connection: "psycopg.Connection[tuple[Any, ...]]") -> list[str]:
    """The tables that hold a row."""
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    names = [str(row[0]) for row in found]
    if not names:
        return []
    parts = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})").format(sql.Literal(n), sql.Identifier(n)) for n in names
    ]
    return [str(row[0]) for row in connection.execute(sql.SQL(" UNION ALL ").join(parts)).fetchall()]


def put_back(connection: "psycopg.Connection[tuple[Any, ...]]", table: str, rows: list[tuple[Any, ...]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy,
    ):
        for row in rows:
            copy.write(row[0])


def copied_out(connection: "psycopg.Connection[tuple[Any, ...]]", table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor, cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
        return [(bytes(piece),) for piece in copy]


# The cluster, shared by every test process on this tree


def cluster() -> Cluster:
    """One for each major version: ``GOODWORD_PG_BIN`` runs the whole suite on another one."""
    major = find_binaries().major
    return Cluster(PLACE / f"postgres-{major}", PLACE / f"postgres-{major}.log")


@pytest.fixture(scope="session")
def private_postgres() -> Iterator[Server]:
    """The running test cluster. Who leaves last stops it."""
    with lock("in-use", shared=True) as held:
        yield cluster().start(options={"max_connections": "300"})
    del held
    with suppress(BlockingIOError), lock("in-use", wait=False):
        cluster().stop()


@contextmanager
def lock(name: str, *, shared: bool = False, wait: bool = True) -> Iterator[IO[str]]:
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / f"{name}.lock").open("w") as file:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        yield file


def roles(server: Server) -> Addresses:
    """The same passwords for every test process of this cluster, written nowhere."""
    said = {r: hmac.new(server.password.encode(), r.encode(), hashlib.sha256).hexdigest() for r in (APP, OWNER)}
    return Addresses(server.url("x", user=APP, password=said[APP]), server.url("x", user=OWNER, password=said[OWNER]))


# The template: the house as migrated, once


def state_of_the_house() -> str:
    """A hash of everything that decides what the tables look like."""
    from django.conf import settings

    source = HOUSE / "src" / "goodword"
    said = hashlib.sha256("\n".join([*settings.INSTALLED_APPS, version("django"), version("procrastinate")]).encode())
    for path in sorted([*source.rglob("migrations/*.py"), *source.rglob("*.sql"), source / "kit" / "grants.py"]):
        said.update(str(path.relative_to(source)).encode() + path.read_bytes())
    return said.hexdigest()[:16]


def made_template(server: Server) -> str:
    """The name of the migrated template, made when it is missing."""
    name = f"template_{state_of_the_house()}"
    with lock("template"), psycopg.connect(server.url(), autocommit=True) as connection:
        if not exists(connection, name):
            fresh = f"{name}_fresh"
            drop(connection, fresh)
            migrate(make_database(server, fresh, known=roles(server)))
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(fresh), sql.Identifier(name)))
            drop_old(connection, "template\\_%", keep=KEEP_TEMPLATES)
    return name


def migrate(addresses: Addresses) -> None:
    from django.core.management import call_command
    from django.db import connections

    from goodword.kit.grants import grant_app

    point(addresses)
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    grant_app(connections["owner"], APP)
    connections.close_all()


def point(addresses: Addresses) -> None:
    """Lead Django's two names to this database."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    for alias, address in (("default", addresses.app), ("owner", addresses.owner)):
        parts = psycopg.conninfo.conninfo_to_dict(address)
        connections[alias].settings_dict.update(
            NAME=parts["dbname"], USER=parts["user"], PASSWORD=parts["password"], HOST=parts["host"], PORT=parts["port"]
        )
        settings.DATABASES[alias].update(connections[alias].settings_dict)


def drop(connection: "psycopg.Connection[tuple[Any, ...]]", name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def drop_old(connection: "psycopg.Connection[tuple[Any, ...]]", like: str, *, keep: int) -> None:
    query = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC OFFSET %s"
    for (name,) in connection.execute(query, [like, keep]).fetchall():
        drop(connection, str(name))


def drop_orphans(connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
    """Databases of test processes that were killed."""
    for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall():
        if not Path(f"/proc/{str(name).split('_')[1]}").exists():
            drop(connection, str(name))


@contextmanager
def own_database(server: Server, label: str = "main") -> Iterator[TestDatabase]:
    """A fresh copy of the template, gone afterwards."""
    name = f"test_{os.getpid()}_{label}"
    template = made_template(server)
    with lock("template"), psycopg.connect(server.url(), autocommit=True) as connection:
        drop_orphans(connection)
        drop(connection, name)
        addresses = make_database(server, name, known=roles(server), template=template)
    with psycopg.connect(addresses.owner) as connection:
        seeds = {t: copied_out(connection, t) for t in full_tables(connection) if t not in NOT_OURS}
    try:
        yield TestDatabase(name, server, addresses, seeds)
    finally:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            drop(connection, name)


# What tests ask for


@pytest.fixture(scope="session")
def test_database(private_postgres: Server, django_db_blocker: Any) -> Iterator[TestDatabase]:
    """This process's database; Django's ``default`` and ``owner`` lead to it."""
    from django.db import connections

    with django_db_blocker.unblock(), own_database(private_postgres) as database:
        point(database.addresses)
        yield database
        connections.close_all()


@pytest.fixture(scope="session")
def django_db_setup(test_database: TestDatabase) -> Iterator[None]:
    """In place of pytest-django's own: ``db`` rolls back on the working role, ``transaction=True`` empties as owner."""
    from django.test import TransactionTestCase

    before = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: test_database.empty()  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = before  # type: ignore[method-assign]


@pytest.fixture
def committed_db(django_db_setup: None, test_database: TestDatabase, django_db_blocker: Any) -> Iterator[TestDatabase]:
    """Real commits, for threads and other processes to see; every row is taken away afterwards."""
    from django.db import connections

    with django_db_blocker.unblock():
        yield test_database
        connections.close_all()
    test_database.empty()


@pytest.fixture
def another_database(private_postgres: Server, django_db_setup: None) -> Iterator[Callable[[str], TestDatabase]]:
    """Make a further migrated database, for processes that a test starts by itself."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda label: stack.enter_context(own_database(private_postgres, label))
