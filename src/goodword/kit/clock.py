"""Two clocks.

The machine clock is PostgreSQL's: leases, tokens and sessions. The company clock rules everything a person would call
time: base + rate x machine time. They differ only in a database that is marked *demo*.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from goodword.kit.doors import machinery
from goodword.kit.refusals import Refusal

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


class NotADemo(Refusal):
    code = "not-a-demo"
    says = _("The company clock can be set only in a demo. This database holds a company's own data.")


def machine_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def company_now() -> datetime:
    """What time it is for people. One small query, unless :func:`standing_at` holds the clock."""
    if (held := _standing.get()) is not None:
        return held
    with connection.cursor() as cursor:
        cursor.execute("SELECT company_now()")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def clock_rate() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rate FROM kit_clock")
        return float(cursor.fetchone()[0])


def is_demo() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT demo FROM kit_clock")
        return bool(cursor.fetchone()[0])


@machinery("kit.clock")
def set_company_clock(at: datetime, rate: float = 1.0) -> None:
    """Make it ``at`` now, running ``rate`` times as fast. Refused outside a demo."""
    if not is_demo():
        raise NotADemo
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kit_clock SET base_company = %s, base_machine = clock_timestamp(), rate = %s", [at, rate]
        )


@contextmanager
def standing_at(at: datetime) -> Iterator[None]:
    """Hold the company clock at ``at`` in this thread, to lay a demo's past honestly (``recorded_at`` follows)."""
    if not is_demo():
        raise NotADemo
    token = _standing.set(at)
    try:
        yield
    finally:
        _standing.reset(token)
