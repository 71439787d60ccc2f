"""The database under the house: its version, clock and safety, and whether a demo's mark stands where it should."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from gettext import gettext as _

import psycopg

from goodword.config.home import Home
from goodword.faces.cli.doctor.finding import Finding, Level
from goodword.faces.cli.house import brings_its_own, own_cluster
from goodword.kit.postgres import PostgresTrouble, find_binaries
from goodword.kit.postgres.service_user import service_user

NEWEST_MINOR = {15: 20, 16: 16, 17: 12, 18: 6}  # as of this release
OLDEST_MAJOR = 15
DEMO_COMPANY = "Wend & Daughters"
SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "data_checksums": "on"}
CLOCK_MAY_DIFFER = timedelta(seconds=2)

type Connection = psycopg.Connection[tuple[object, ...]]


def look(home: Home) -> Iterator[Finding]:
    address = os.environ.get("DATABASE_URL") or home.values.get("database_url")
    if brings_its_own(home):
        yield (folder := data_folder(home))
        if folder.level is Level.WRONG:
            return
        running = own_cluster(home).running()
        if running is None:
            yield Finding(Level.FINE, "postgres-stopped", _("PostgreSQL does not run now; `goodword serve` starts it."))
            return
    if not address:
        return
    try:
        with psycopg.connect(str(address), connect_timeout=10) as connection:
            yield from look_inside(home, connection)
    except psycopg.OperationalError as error:
        yield Finding(
            Level.WRONG,
            "database-silent",
            _("The database does not answer: {error}").format(error=str(error).strip()),
            _("Start it, or mend database_url in settings.json (or DATABASE_URL)."),
        )


def data_folder(home: Home) -> Finding:
    """Whether the server at hand can open the folder at hand."""
    cluster = own_cluster(home)
    try:
        ours = find_binaries(service_user(cluster.data))
    except PostgresTrouble as trouble:
        return Finding(Level.WRONG, "no-postgres", str(trouble))
    if cluster.version and cluster.version != str(ours.major):
        return Finding(
            Level.WRONG,
            "other-major",
            _("The database folder {folder} was made by PostgreSQL {has}; at hand is {ours}.").format(
                folder=cluster.data, has=cluster.version, ours=ours.version
            ),
            _("Name the bin folder of PostgreSQL {has} in GOODWORD_PG_BIN, or move the data with pg_upgrade.").format(
                has=cluster.version
            ),
        )
    return Finding(Level.FINE, "postgres", _("PostgreSQL {v} ({source}).").format(v=ours.version, source=ours.source))


def look_inside(home: Home, connection: Connection) -> Iterator[Finding]:
    yield version(connection.info.server_version)
    yield clock(connection)
    yield from safety(connection)
    if connection.execute("SELECT to_regclass('kit_clock'), to_regclass('crew_company')").fetchone() == (None, None):
        yield Finding(Level.WATCH, "no-tables", _("The database has no tables yet."), "goodword migrate")
        return
    yield from demo_mark(home, connection)


def version(number: int) -> Finding:
    major, minor = divmod(number, 10_000)
    says = _("The database runs PostgreSQL {major}.{minor}.").format(major=major, minor=minor)
    if major < OLDEST_MAJOR:
        return Finding(Level.WRONG, "postgres-too-old", says, _("Goodword needs PostgreSQL 15 or newer."))
    newest = NEWEST_MINOR.get(major, 0)
    if minor < newest:
        do = _("Update to {major}.{newest}: minor releases mend known faults.").format(major=major, newest=newest)
        return Finding(Level.WATCH, "old-minor", says, do)
    return Finding(Level.FINE, "version", says)


def clock(connection: Connection) -> Finding:
    """The machine's clock beside the database's, half the journey taken off."""
    before = datetime.now(UTC)
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    after = datetime.now(UTC)
    assert row is not None and isinstance(row[0], datetime)
    return clock_finding(row[0] - (before + (after - before) / 2))


def clock_finding(ahead: timedelta) -> Finding:
    if abs(ahead) <= CLOCK_MAY_DIFFER:
        return Finding(Level.FINE, "clock", _("This machine and the database agree on the time."))
    return Finding(
        Level.WRONG,
        "clock-off",
        _("The clocks of this machine and of the database differ by {s:.0f} s.").format(s=abs(ahead.total_seconds())),
        _("Turn on time synchronisation (NTP) on both: promises are judged by the database's clock."),
    )


def safety(connection: Connection) -> Iterator[Finding]:
    for name, wanted in SAFE.items():
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
        if row is None or row[0] != wanted:
            says = _("The database setting {name} is {value}.").format(name=name, value=row and row[0])
            yield Finding(
                Level.WRONG, f"{name.replace('_', '-')}-off", says, _("Turn it on: a crash may lose what was said.")
            )


def demo_mark(home: Home, connection: Connection) -> Iterator[Finding]:
    """A demo's mark bends the clock and opens the doors: it must never stand on a company's own data."""
    marked = connection.execute("SELECT demo FROM kit_clock").fetchone() == (True,)
    row = connection.execute("SELECT name FROM crew_company").fetchone()
    company = str(row[0]) if row else ""
    is_own = (
        bool(home.values.get("founded"))
        or home.values.get("profile") == "production"
        or company not in {"", DEMO_COMPANY}
    )
    if marked and is_own:
        yield Finding(
            Level.WRONG,
            "demo-mark",
            _("The database of {company} is marked as a demo: its clock can be set and anybody can sign in.").format(
                company=company or _("this company")
            ),
            _("As the database's owner: UPDATE kit_clock SET rate = 1, base_company = base_machine, demo = false;"),
        )
    elif marked:
        yield Finding(Level.FINE, "demo", _("This is a demo, and marked as one."))
