"""Planned times of a changed route: medians for who is new in it, the others moved only where they must."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodword.engine.repair.board import Table
from goodword.engine.types import Planned, PlannedVisit

if TYPE_CHECKING:
    from goodword.engine.repair.describe import After


def planned(table: Table, t: int, stops: list[int], after: After) -> list[PlannedVisit]:
    """What to write for one technician, in walk order; those that keep their time are left out."""
    layout, board = table.day.layout, table.board
    busy_s = float(layout.busy_until[layout.first[t] + layout.settled[t]])
    made: list[PlannedVisit] = []
    for v in stops:
        mine, arrival_s, leaving_s = table.visits[v].planned, float(after.arrival[v]), float(after.leaving[v])
        new = board.origin[v] != t
        if (mine is None and not new) or not leaving_s < float("inf"):
            continue
        if new or mine is None:
            start_s = max(arrival_s, busy_s)
            mine = Planned(start_s=start_s, end_s=start_s + max(leaving_s - arrival_s, 1.0))
            made.append(PlannedVisit(visit=table.visits[v].key, planned=mine))
        elif mine.start_s < busy_s:
            start_s = max(arrival_s, busy_s)
            mine = Planned(start_s=start_s, end_s=start_s + mine.end_s - mine.start_s)
            made.append(PlannedVisit(visit=table.visits[v].key, planned=mine))
        busy_s = max(busy_s, mine.end_s)
    return made
