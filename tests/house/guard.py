"""The write guard: a row changes inside an action, or inside machinery that may write that very table.

A connection wrapper sees what a search of the source cannot: raw SQL. It watches ``default``, the working role's
connection, in every thread; the owner's connection is the harness's own.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

# The short list: who may write without being an action, and which tables.
MACHINERY_TABLES: dict[str, set[str]] = {
    "kit.clock": {"kit_clock"},
    "kit.link-use": {"kit_linkuse", "kit_event"},
    "kit.react": {"kit_reacted"},
    "kit.relay": {"kit_eventposition"},
    "kit.sealer": {"kit_seal"},
    "messaging.lease": {"messaging_message", "kit_event"},
    "customers.search": {"customers_searchentry"},
    "promises.verdict": {"promises_verdict"},
    "dispatch.forecast": {"dispatch_forecast", "dispatch_proposal", "promises_mark"},
    "dispatch.plan": {"dispatch_dayplan"},
    "dispatch.trial": {"dispatch_weightstrial"},
    "dispatch.lapse": {"dispatch_offer", "kit_command", "dispatch_option", "crew_engagement", "kit_event"},
    "territory.addresses": {"territory_dataset", "territory_street", "territory_address"},
}
# A batch's own row, written before its handler's action opens.
DOORS = {"kit.command": {"kit_command", "kit_held", "kit_event"}}

_WRITE = re.compile(
    r'\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE|COPY)\s+(?:ONLY\s+)?"?(\w+)"?', re.IGNORECASE
)
_LOCKS = re.compile(r"\bFOR\s+(NO\s+KEY\s+)?UPDATE\b|\bON\s+CONFLICT\b.*?\bDO\s+UPDATE\b", re.IGNORECASE | re.DOTALL)


class WroteOutsideAnAction(AssertionError):
    """A row of ours changed where nobody looks for it."""


@cache
def our_tables() -> frozenset[str]:
    from django.apps import apps

    return frozenset(m._meta.db_table for m in apps.get_models() if m.__module__.startswith("goodword."))


def written_tables(sql: str) -> set[str]:
    """Our tables that a statement writes to; locks are no writes."""
    return {table.lower() for _verb, table in _WRITE.findall(_LOCKS.sub(" ", sql))} & our_tables()


def check(sql: str, params: Any = None) -> None:
    from goodword.kit.doors import MACHINERY, writing

    tables = written_tables(sql)
    if not tables:
        return
    door = writing()
    if door is None:
        raise WroteOutsideAnAction(f"{sorted(tables)} written outside every @action:\n{sql[:300]}")
    listed = door in MACHINERY or door in MACHINERY_TABLES
    allowed = MACHINERY_TABLES.get(door, set()) if listed else DOORS.get(door)
    if allowed is not None and not tables <= allowed:
        raise WroteOutsideAnAction(f"{door} may write {sorted(allowed)}, not {sorted(tables)}:\n{sql[:300]}")
    if "kit_event" in tables:
        _check_event(params)


def _check_event(params: Any) -> None:
    """Whatever is recorded while any test runs stands in ``docs/events.md``."""
    from tests.house.events import listed

    rows = params if params and isinstance(params[0], (list, tuple)) else [params or ()]
    names = {p for row in rows for p in row if isinstance(p, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", p)}
    unlisted = {n for n in names if not n.startswith("test.")} - listed()
    if unlisted:
        raise WroteOutsideAnAction(f"not in docs/events.md: {sorted(unlisted)}")


def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    check(sql, params)
    return execute(sql, params, many, context)


def watch(connection: Any) -> None:
    if connection.alias == "default" and wrapper not in connection.execute_wrappers:
        connection.execute_wrappers.append(wrapper)


@pytest.fixture(scope="session", autouse=True)
def write_guard() -> Iterator[None]:
    """Watches every working connection of this test process, in all its threads."""
    from django.db import connections
    from django.db.backends.signals import connection_created

    def created(connection: Any, **_: Any) -> None:
        watch(connection)

    watch(connections["default"])
    connection_created.connect(created)
    yield
    connection_created.disconnect(created)
