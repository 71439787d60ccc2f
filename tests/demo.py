"""A demo's database, whose company clock may be set or stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def mark(database: Any, demo: bool) -> None:
    """Only the owner of a database can say that it is a demo's."""
    with database.as_owner() as connection:
        connection.execute("UPDATE kit_clock SET demo = %s", [demo])


@contextmanager
def marked(database: Any) -> Iterator[None]:
    """A demo's for so long."""
    mark(database, True)
    try:
        yield
    finally:
        mark(database, False)
