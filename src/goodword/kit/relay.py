"""The relay numbers events; the sealer chains them. Both only insert, and both run outside every action.

Event ids commit out of order, so a reader whose cursor is the bare id skips late commits. The relay gives each event
its ``position`` in the order of (transaction id, event id), and only below the oldest transaction still running: what
has a position can never be overtaken. Positions survive dump and restore; transaction ids do not and are no cursor.
"""

import hashlib
import json
from typing import Any

from django.db import connection, transaction

from goodword.kit.clock import machine_now
from goodword.kit.doors import machinery
from goodword.kit.models import Event, EventPosition, Seal

_RELAY_LOCK, _SEALER_LOCK = 7_301, 7_302  # advisory locks: one relay, one sealer per database
GENESIS = "0" * 64

CHANNEL = "goodword_events"  # told the last position after every batch; the only NOTIFY of the house

# A snapshot tells of the whole server, and a long transaction in somebody else's database must not hold back our
# journal. So: one past the newest finished transaction, and after that (the list is read anew) who is writing in this
# database. Sessions of other roles do not show us theirs: with one of them here, the server's oldest counts.
_RUNNING = """
SELECT pg_snapshot_xmax(s)::text::bigint, pg_snapshot_xmin(s)::text::bigint,
    (SELECT array_agg(backend_xid::text::bigint) FROM pg_stat_activity
     WHERE datname = current_database() AND backend_xid IS NOT NULL),
    (SELECT array_agg(transaction::text::bigint) FROM pg_prepared_xacts WHERE database = current_database()),
    EXISTS (SELECT 1 FROM pg_stat_activity
            WHERE datname = current_database() AND backend_type = 'client backend' AND usename <> current_user)
FROM pg_current_snapshot() s
"""

# A visible event with a transaction id from beyond our own newest one was written in the life of another server, before
# a restore: it is finished.
_NUMBER = """
WITH waiting AS (
    SELECT e.id, row_number() OVER (ORDER BY e.xid, e.id) AS place
    FROM (
        SELECT id, xid FROM kit_event e
        WHERE xid >= %(since)s
          AND (xid < %(oldest)s OR xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
          AND NOT EXISTS (SELECT 1 FROM kit_eventposition p WHERE p.event_id = e.id)
        ORDER BY xid, id LIMIT %(limit)s
    ) e
), numbered AS (
    INSERT INTO kit_eventposition (position, event_id)
    SELECT place + coalesce((SELECT max(position) FROM kit_eventposition), 0), id FROM waiting
    RETURNING position
)
SELECT count(*), max(position) FROM numbered
"""
_LAST_FINISHED = """
SELECT max(xid) FROM kit_event JOIN kit_eventposition ON event_id = kit_event.id WHERE position > %s AND xid < %s
"""


class Relay:
    """Numbers events batch by batch. Remembers, in this process only, below which transaction all are numbered."""

    def __init__(self) -> None:
        self._since = 0

    @machinery("kit.relay")
    def once(self, limit: int = 1000) -> int:
        """Number up to ``limit`` waiting events and tell who listens; how many were numbered."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s), pg_stat_clear_snapshot()", [_RELAY_LOCK])
            if not cursor.fetchone()[0]:
                return 0
            if self._since == 0:
                cursor.execute("SET LOCAL statement_timeout = '5min'")  # the first look goes over the whole journal
            oldest = _oldest_running(cursor)
            cursor.execute(_NUMBER, {"since": self._since, "oldest": oldest, "limit": limit})
            count, last = cursor.fetchone()
            since = self._finished(cursor, last, oldest) if count == limit else oldest
            if count:
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(last)])
        self._since = since
        return int(count)

    def _finished(self, cursor: Any, last: int, oldest: int) -> int:
        """After a full batch: more may wait in the very transaction that it ended in."""
        cursor.execute(_LAST_FINISHED, [last - 1, oldest])
        return int(cursor.fetchone()[0] or self._since)


def _oldest_running(cursor: Any) -> int:
    """The transaction id below which nothing that could write an event here is still running."""
    cursor.execute(_RUNNING)
    beyond, oldest, writing, prepared, others = cursor.fetchone()
    running = [_near(beyond, short) for short in [*(writing or []), *(prepared or [])]]
    return int(oldest if others else min([beyond, *running]))


def _near(beyond: int, short: int) -> int:
    """The whole of a 32-bit transaction id that is close to ``beyond``, on either side of it."""
    away = (short - beyond) & 0xFFFFFFFF
    return beyond + (away - 2**32 if away >= 2**31 else away)


def events_after(position: int, limit: int = 500) -> list[tuple[int, Event]]:
    """The numbered events after a cursor, in order. Whoever keeps the last position misses none."""
    rows = EventPosition.objects.filter(position__gt=position).order_by("position").select_related("event")[:limit]
    return [(row.position, row.event) for row in rows]


def digest(previous: str, rows: list[tuple[int, Event]]) -> str:
    """The hash that seals a batch on top of the one before."""
    seal = hashlib.sha256(previous.encode())
    for position, event in rows:
        seal.update(json.dumps(_canonical(position, event), sort_keys=True, separators=(",", ":")).encode())
    return seal.hexdigest()


def _canonical(position: int, event: Event) -> dict[str, Any]:
    plain = {f.attname: getattr(event, f.attname) for f in Event._meta.concrete_fields if f.attname != "xid"}
    moments = {k: v.astimezone().timestamp() for k, v in plain.items() if k in {"at", "recorded_at"}}
    return (
        {k: v if isinstance(v, (dict, str)) or v is None else str(v) for k, v in plain.items()}
        | moments
        | {"position": position}
    )


@machinery("kit.sealer")
def seal_once(limit: int = 500) -> int:
    """Seal the next numbered events; how many were sealed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        last = Seal.objects.order_by("-last_position").first()
        rows = events_after(last.last_position if last else 0, limit)
        if not rows:
            return 0
        previous = last.digest if last else GENESIS
        Seal.objects.create(
            first_position=rows[0][0],
            last_position=rows[-1][0],
            previous=previous,
            digest=digest(previous, rows),
            sealed_at=machine_now(),
        )
        return len(rows)


def broken_seals() -> list[int]:
    """The seals (by last position) whose events are no longer what was sealed. Empty is good."""
    wrong, previous = [], GENESIS
    for seal in Seal.objects.order_by("last_position").iterator():
        size = seal.last_position - seal.first_position + 1
        rows = events_after(seal.first_position - 1, size)
        if seal.previous != previous or digest(previous, rows) != seal.digest:
            wrong.append(seal.last_position)
        previous = seal.digest
    return wrong
