"""What became of every promise and visit, counted from the event journal alone: no rule of the house is used here."""

import json
from collections import Counter
from typing import Any

from django.db import connection

VERDICTS = """
WITH made AS (
    SELECT about_id AS promise, (facts->>'visit')::uuid AS visit,
           (facts->>'opens_at')::timestamptz AS opens, (facts->>'closes_at')::timestamptz AS closes
    FROM kit_event WHERE name = 'promise.made' AND facts->>'type' = 'arrival_window'
), seen AS (
    SELECT made.*,
        (SELECT min(least(at, recorded_at)) FROM kit_event e
         WHERE e.about_id = made.visit AND e.name = 'visit.arrived') AS arrived,
        (SELECT min(least(at, recorded_at)) FROM kit_event e
         WHERE e.about_id = made.promise AND e.name = 'promise.released') AS released,
        EXISTS (SELECT 1 FROM kit_event e WHERE e.about_id = made.promise AND e.name = 'promise.renegotiated'
                AND least(e.at, e.recorded_at) <= made.closes) AS renegotiated,
        (SELECT min(least(at, recorded_at)) FROM kit_event e
         WHERE e.about_id = made.promise AND e.name = 'promise.told') AS told
    FROM made
)
SELECT promise, CASE
    WHEN released < coalesce(told, 'infinity') THEN 'released'
    WHEN renegotiated OR released <= closes THEN 'renegotiated'
    WHEN arrived BETWEEN opens - interval '60 s' AND closes + interval '60 s' THEN 'kept'
    ELSE 'broken' END, coalesce(told <= closes, false)
FROM seen
"""

# Two spans of one person, side by side, without the exclusion constraint's index.
DOUBLE_BOOKED = """
SELECT a.id, b.id FROM crew_engagement a JOIN crew_engagement b ON a.person_id = b.person_id AND a.id < b.id
WHERE a.live AND b.live AND a.kind IN ('visit', 'hold') AND b.kind IN ('visit', 'hold')
  AND lower(a.during) < upper(b.during) AND lower(b.during) < upper(a.during)
"""

# Where people truly were, from what they tapped.
TWO_PLACES_AT_ONCE = """
WITH there AS (
    SELECT c.about_id AS visit, c.by_id AS person, a.at AS since, c.at AS until
    FROM kit_event c JOIN kit_event a ON a.about_id = c.about_id AND a.name = 'visit.arrived'
    WHERE c.name = 'visit.completed'
)
SELECT x.visit, y.visit FROM there x JOIN there y ON x.person = y.person AND x.visit < y.visit
WHERE x.since < y.until AND y.since < x.until
"""

WHO_ANSWERS = """
SELECT p.position, e.name, e.about_id, e.by_id, e.facts::text
FROM kit_event e JOIN kit_eventposition p ON p.event_id = e.id
WHERE e.about_kind IN ('visit', 'handover') ORDER BY p.position
"""


def rows(query: str, arguments: Any = None, *, without_indexes: bool = False) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        for way in ("indexscan", "bitmapscan", "indexonlyscan"):
            cursor.execute(f"SET enable_{way} = {'off' if without_indexes else 'on'}")
        cursor.execute(query, arguments)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.execute("RESET ALL")
        return found


def verdicts() -> dict[Any, str]:
    return {promise: verdict for promise, verdict, _told in rows(VERDICTS)}


def told_before() -> Counter[bool]:
    """Of the broken ones: how many customers heard before the time was up, and how many never."""
    return Counter(told for _promise, verdict, told in rows(VERDICTS) if verdict == "broken")


def kept_rate(states: Counter[str]) -> float:
    return states["kept"] / (states["kept"] + states["broken"])


def accountable() -> tuple[dict[Any, str | None], list[str]]:
    """Walk the journal: who answers for each visit at its end, and everything that contradicts "exactly one"."""
    holder: dict[Any, str | None] = {}
    over: set[Any] = set()
    wrong: list[str] = []
    for position, name, visit, by, text in rows(WHO_ANSWERS):
        facts = json.loads(text)
        if name == "handover.accepted":
            holder[facts["visit"]] = facts["to"]
        elif name == "visit.planned":
            holder[visit] = facts["technician"]
        elif name == "visit.assigned":
            if holder[visit] != facts["before"]:
                wrong.append(f"{position}: {visit} passed from {facts['before']}, who did not have it")
            holder[visit] = facts["technician"]
        elif name in {"visit.moved", "visit.cancelled"}:
            over.add(visit)
        elif name.startswith("visit.") and (str(by) != holder[visit] or visit in over):
            wrong.append(f"{position}: {name} of {visit} by {by}; it was {holder[visit]}'s")
    return holder, wrong
