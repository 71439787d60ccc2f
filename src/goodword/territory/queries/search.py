"""The questions that the address search asks of PostgreSQL."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from goodword.territory.queries.alike import streets_alike
from goodword.territory.rules.geo import Point
from goodword.territory.rules.names import key_of, tsquery, tsquery_in_name
from goodword.territory.rules.numbers import Reading

CANDIDATES = 30  # ours: misspelled streets looked into


@dataclass(frozen=True, slots=True)
class Found:
    """A door, a street or a town, whichever was found."""

    street_id: Any
    kind: str
    street: str
    city: str
    number: str
    name: str
    postcode: str
    country: str
    lat: float
    lon: float
    snap_m: float | None
    source: str
    accuracy: str

    @property
    def point(self) -> Point:
        """Where it is."""
        return Point(self.lat, self.lon)


_DOOR = (
    "s.id, s.kind, s.name, s.city, a.number, a.name, a.postcode, a.country, "
    "a.lat, a.lon, a.snap_m, a.source, a.accuracy"
)
_STREET = (
    "s.id, s.kind, s.name, s.city, '', '', s.postcode, '', s.lat, s.lon, NULL::float8, '', "
    "CASE s.kind WHEN 'town' THEN 'town' ELSE 'street' END"
)
_BY_RANK = "ts_rank('{0.01, 0.05, 0.2, 1.0}', s.doc, %(begun)s::tsquery) DESC"
_NOT_ITS_TOWN = "NOT (s.kind = 'place' AND s.norm_key = s.city_key)"
_STREETS, _DOORS = "territory_street s", "territory_street s JOIN territory_address a ON a.street_id = s.id"


class Search:
    """One search: near some point, at most so many answers from each question."""

    def __init__(self, *, near: Point | None, limit: int) -> None:
        self._near = near
        self._rows = 4 * limit  # some are the same door
        self._misspelled: dict[tuple[str, ...], list[Any]] = {}

    def doors(self, way: Reading) -> list[Found]:
        """Doors with exactly this number, in streets that match every word."""
        return self._ask(
            _DOOR, _DOORS, "s.doc @@ %(begun)s::tsquery AND a.number_keys && ARRAY[%(number)s]::varchar[]",
            "(a.number_norm = %(number)s) DESC, (lower(a.postcode) = ANY(%(words)s)) DESC, (a.name = '') DESC",
            _facts(way), "a",
        )  # fmt: skip

    def doors_begun(self, way: Reading) -> list[Found]:
        """Doors whose number begins like this one."""
        return self._ask(
            _DOOR, _DOORS, "s.doc @@ %(begun)s::tsquery AND a.number_norm LIKE %(number)s || '%%'",
            "length(a.number_norm)", _facts(way), "a",
        )  # fmt: skip

    def doors_misspelled(self, way: Reading) -> list[Found]:
        """Doors with this number in the streets that look most alike."""
        if not (streets := self._alike(way.words)):
            return []
        return self._ask(
            _DOOR, _DOORS, "s.id = ANY(%(streets)s) AND a.number_keys && ARRAY[%(number)s]::varchar[]",
            "array_position(%(streets)s::uuid[], s.id)", {**_facts(way), "streets": streets}, "a",
        )  # fmt: skip

    def streets(self, words: Sequence[str], *, whole_name: bool = False) -> list[Found]:
        """Streets, places and towns that match every word; or only those that are called exactly so."""
        where, order = f"s.doc @@ %(begun)s::tsquery AND {_NOT_ITS_TOWN}", _BY_RANK
        if whole_name:
            where, order = f"{where} AND s.norm_key = %(key)s", "(s.kind = 'town') DESC"
        return self._ask(_STREET, _STREETS, where, order, _facts_of(words), "s")

    def streets_misspelled(self, words: Sequence[str]) -> list[Found]:
        """The streets that look most alike."""
        if not (streets := self._alike(tuple(words))):
            return []
        return self._ask(
            _STREET, _STREETS, "s.id = ANY(%(streets)s)", "array_position(%(streets)s::uuid[], s.id)",
            {**_facts_of(words), "streets": streets}, "s",
        )  # fmt: skip

    def named(self, words: Sequence[str]) -> list[Found]:
        """Doors that match every word, at least one of them by their name."""
        return self._ask(
            _DOOR, _DOORS, "a.doc @@ %(begun)s::tsquery AND a.doc @@ %(in_name)s::tsquery",
            "(a.name_key = %(key)s) DESC", _facts_of(words), "a",
        )  # fmt: skip

    def named_misspelled(self, words: Sequence[str]) -> list[Found]:
        """Doors whose name looks like this."""
        return self._ask(
            _DOOR, _DOORS, "a.doc IS NOT NULL AND a.name_key %% %(key)s AND similarity(a.name_key, %(key)s) > 0.5",
            "similarity(a.name_key, %(key)s) DESC", _facts_of(words), "a",
        )  # fmt: skip

    def _ask(self, columns: str, tables: str, where: str, order: str, facts: dict[str, Any], place: str) -> list[Found]:
        if not facts["words"]:
            return []
        by = [order, "(s.doc @@ %(whole)s::tsquery) DESC"]
        if self._near:
            by.append(f"({place}.lat - %(lat)s) ^ 2 + (({place}.lon - %(lon)s) * %(squeeze)s) ^ 2")
            squeeze = math.cos(math.radians(self._near.lat))
            facts = {**facts, "lat": self._near.lat, "lon": self._near.lon, "squeeze": squeeze}
        by.append("s.weight DESC, s.norm_key, s.city_key")
        if place == "a":
            by.append("a.number_norm, a.source")
        query = f"SELECT {columns} FROM {tables} WHERE {where} ORDER BY {', '.join(by)} LIMIT {self._rows}"
        with connection.cursor() as cursor:
            cursor.execute(query, facts)
            return [Found(*row) for row in cursor.fetchall()]

    def _alike(self, words: tuple[str, ...]) -> list[Any]:
        """Ids of the streets that look most like the words, best first."""
        if words not in self._misspelled:
            self._misspelled[words] = streets_alike(words, CANDIDATES)
        return self._misspelled[words]


def _facts(way: Reading) -> dict[str, Any]:
    words = list(dict.fromkeys(way.words))
    return {
        "number": way.number,
        "words": words,
        "key": key_of(tuple(way.words)),
        "begun": tsquery(words),
        "in_name": tsquery_in_name(words),
        "whole": tsquery(words, whole=True),
    }


def _facts_of(words: Sequence[str]) -> dict[str, Any]:
    return _facts(Reading(None, tuple(words)))
