"""A provider that remembers the drives it was asked for.

Dispatch asks for the same sixty places all day, with one more each time. So the memory is one
square of numbers over the places seen lately; a question about known places is one look-up.
Provider, version, dataset and profile are those of the provider inside: another source has
another memory, and nothing is ever carried over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from threading import Lock

import numpy as np

from goodword.territory.providers.base import Info, Leg, Provider, Snap, chosen
from goodword.territory.rules.geo import Point
from goodword.territory.rules.matrix import Floats, Matrix, Source

PLACES = 1_024
"""Ours: so many places are remembered; 17 MB at most."""


class Remembering:
    """The same answers as the provider inside, faster the second time."""

    def __init__(self, inside: Provider, places: int = PLACES) -> None:
        self._inside = inside
        self._room = places
        self._lock = Lock()
        self._forget()

    @property
    def source(self) -> Source:
        """What its matrices are marked with."""
        return self._inside.source

    def matrix(
        self,
        points: Sequence[Point],
        sources: Sequence[int] | None = None,
        targets: Sequence[int] | None = None,
        depart_at: datetime | None = None,
    ) -> Matrix:
        """See :class:`Provider`. There are no day parts yet, so `depart_at` is not part of the memory's key."""
        rows, columns = chosen(sources, len(points)), chosen(targets, len(points))
        places = [points[i] for i in (*rows, *columns)]
        if len(set(places)) > self._room // 2:
            return self._inside.matrix(points, rows, columns, depart_at)
        with self._lock:
            slots = self._slots(places)
            at_rows, at_columns = slots[: len(rows)], slots[len(rows) :]
            self._learn(at_rows, at_columns, depart_at)
            block = np.ix_(at_rows, at_columns)
            return Matrix(
                self._seconds[block], self._metres[block], self._snap[at_rows], self._snap[at_columns], self.source
            )

    def route(self, points: Sequence[Point], depart_at: datetime | None = None) -> list[Leg]:
        """Not remembered: a route is drawn, not searched over."""
        return self._inside.route(points, depart_at)

    def nearest(self, point: Point) -> Snap:
        """Remembered by the provider inside."""
        return self._inside.nearest(point)

    def info(self) -> Info:
        """What the provider inside is."""
        return self._inside.info()

    def _forget(self) -> None:
        self._slot: dict[Point, int] = {}
        self._places: list[Point] = []
        size = 64
        self._seconds, self._metres = (np.full((size, size), np.nan) for _ in range(2))
        self._known = np.zeros((size, size), dtype=bool)
        self._snap = np.full(size, np.nan)

    def _slots(self, places: list[Point]) -> list[int]:
        new = [p for p in dict.fromkeys(places) if p not in self._slot]
        if len(self._places) + len(new) > self._room:
            self._forget()
            new = list(dict.fromkeys(places))
        while len(self._places) + len(new) > len(self._snap):
            self._grow()
        for place in new:
            self._slot[place] = len(self._places)
            self._places.append(place)
        return [self._slot[place] for place in places]

    def _grow(self) -> None:
        more = len(self._snap)
        self._seconds, self._metres = (
            np.pad(a, ((0, more), (0, more)), constant_values=np.nan) for a in (self._seconds, self._metres)
        )
        self._known = np.pad(self._known, ((0, more), (0, more)))
        self._snap = np.pad(self._snap, (0, more), constant_values=np.nan)

    def _learn(self, rows: list[int], columns: list[int], depart_at: datetime | None) -> None:
        """Ask only for rows and for columns in which something is not known yet."""
        unknown = ~self._known[np.ix_(rows, columns)]
        new_rows = [rows[i] for i in np.flatnonzero(unknown.all(axis=1))]
        if new_rows:
            self._ask(new_rows, columns, depart_at)
            unknown = ~self._known[np.ix_(rows, columns)]
        new_columns = [columns[j] for j in np.flatnonzero(unknown.any(axis=0))]
        if new_columns:
            self._ask(rows, new_columns, depart_at)

    def _ask(self, rows: list[int], columns: list[int], depart_at: datetime | None) -> None:
        rows, columns = list(dict.fromkeys(rows)), list(dict.fromkeys(columns))
        asked = list(dict.fromkeys([*rows, *columns]))
        where = {slot: n for n, slot in enumerate(asked)}
        answer = self._inside.matrix(
            [self._places[slot] for slot in asked],
            [where[slot] for slot in rows],
            [where[slot] for slot in columns],
            depart_at,
        )
        self._keep(answer, rows, columns)

    def _keep(self, answer: Matrix, rows: list[int], columns: list[int]) -> None:
        block = np.ix_(rows, columns)
        seconds: Floats = answer.seconds_s
        self._seconds[block], self._metres[block], self._known[block] = seconds, answer.metres_m, True
        self._snap[rows], self._snap[columns] = answer.source_snap_m, answer.target_snap_m
