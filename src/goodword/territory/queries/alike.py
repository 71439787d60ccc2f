"""Which streets are meant when no street is written like that."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db import connection

from goodword.territory.rules.names import key_of
from goodword.territory.rules.typos import distance, typos_between, typos_forgiven

CITY_ALIKE = 0.75  # ours: how alike a word must be to a town's name to be taken for it
MOST_CITIES = 8  # ours: towns that one query is tried in
_SHORTEST_CITY_WORD = 3

_IN_TOWNS = """
SELECT s.id, s.norm_key, t.typed FROM unnest(%(cities)s::varchar[], %(texts)s::varchar[]) AS t(city, typed)
JOIN territory_street s ON s.city_key = t.city
WHERE s.kind <> 'town' ORDER BY similarity(s.norm_key, t.typed) DESC, s.weight DESC, s.norm_key LIMIT %(limit)s
"""
_ANYWHERE = """
SELECT s.id, s.norm_key, %(text)s FROM territory_street s WHERE s.kind <> 'town' AND s.norm_key %% %(text)s
ORDER BY similarity(s.norm_key, %(text)s) DESC, s.weight DESC, s.norm_key LIMIT %(limit)s
"""


def streets_alike(words: tuple[str, ...], limit: int) -> list[UUID]:
    """Ids of the streets whose names are nearest to the words, best first.

    Words that (nearly) begin a town's name narrow the search to that town; words with digits
    are taken for postcodes and left out. Then all words are tried as a street's name anywhere.
    """
    plain = tuple(_mended(w) for w in words if not any(c.isdigit() for c in w))
    if not plain:
        return []
    towns = _towns_in(plain)[:MOST_CITIES]
    found: list[tuple[UUID, str, str]] = []
    if towns:
        facts = {"cities": [city for city, _ in towns], "texts": [key_of(rest) for _, rest in towns], "limit": limit}
        found = _ask(_IN_TOWNS, facts)
    nearest = _nearest_first(found)
    if not nearest:
        nearest = _nearest_first(_ask(_ANYWHERE, {"text": key_of(plain), "limit": limit}))
    return nearest


def _mended(typed: str) -> str:
    """ "Streeet" is Street: its key is much shorter than the word, so that a slip in it would weigh too much."""
    return "street" if len(typed) > 4 and typos_between(typed, "street") == 1 else typed


def _nearest_first(rows: list[tuple[UUID, str, str]]) -> list[UUID]:
    """Drop what is too far off to be a mistake in typing; fewest mistakes first, else in the order given."""
    scored = [(distance(typed, name), id, len(typed)) for id, name, typed in rows]
    scored = [row for row in scored if row[0] <= typos_forgiven(row[2])]
    return list(dict.fromkeys(id for _, id, _ in sorted(scored, key=lambda row: row[0])))


def _towns_in(words: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Each town that some of the words begin (or, when there is none, nearly spell), with the words that remain."""
    cities = _cities()
    for may_be in (_begins, _is_alike):
        found = []
        for city in cities:
            parts = city.split()
            rest = tuple(w for w in words if not any(may_be(w, part) for part in parts))
            if rest and len(rest) < len(words):
                found.append((len(rest), city, rest))
        if found:
            return [(city, rest) for _, city, rest in sorted(found)]
    return []


def _begins(typed: str, part: str) -> bool:
    return typed == part or (len(typed) >= _SHORTEST_CITY_WORD and part.startswith(typed))


def _is_alike(typed: str, part: str) -> bool:
    return len(typed) > _SHORTEST_CITY_WORD and SequenceMatcher(None, typed, part).ratio() >= CITY_ALIKE


def _cities() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT city_key FROM territory_street WHERE city_key <> '' ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def _ask(query: str, facts: dict[str, Any]) -> list[tuple[UUID, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(query, facts)
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]
