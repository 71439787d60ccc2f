"""Why a repair moves a visit, and why a visit stays without anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from goodword.engine.errors import Fact
from goodword.engine.offers.people import longer_than_shift, why_nobody
from goodword.engine.repair.board import Table
from goodword.engine.types import Code, Reason

if TYPE_CHECKING:
    from goodword.engine.repair.describe import After

WORTH = 0.02  # ours: a probability that changes by less is no reason


def why_moved(after: After, v: int, saved_s: float) -> tuple[Reason, ...]:
    """What the move does: for the visit itself, for those it leaves behind, or for the road."""
    before, table, board = after.before, after.before.table, after.before.table.board
    people, t, t0 = table.problem.technicians, int(board.where[v]), int(board.origin[v])
    facts: dict[str, Fact] = {"technician": people[t].key, "before_technician": None if t0 < 0 else people[t0].key}
    if not before.comes[v]:
        return (Reason(code=Code.NOBODY_COMES, facts=facts),)
    found: list[Reason] = []
    then, now = before.p_kept, after.p_kept
    if np.isfinite(board.closes[v]) and now[v] > then[v] + WORTH:
        shares: dict[str, Fact] = {"before": float(then[v]), "after": float(now[v])}
        found.append(Reason(code=Code.SAVES, facts={**facts, **shares}))
    stayed = np.flatnonzero((board.origin == t0) & (board.where == t0) & np.isfinite(board.closes))
    stayed = stayed[stayed != v]
    if t0 >= 0 and len(stayed):
        most = int(stayed[(now - then)[stayed].argmax()])
        if now[most] > then[most] + WORTH:
            shares = {"visit": table.visits[most].key, "before": float(then[most]), "after": float(now[most])}
            found.append(Reason(code=Code.RELIEVES, facts={**facts, **shares}))
    came = np.flatnonzero((board.where == t0) & (board.origin != t0)) if t0 != t else stayed[:0]
    if not found and len(came):
        found.append(Reason(code=Code.MAKES_ROOM, facts={**facts, "visit": table.visits[int(came[0])].key}))
    return tuple(found) or (Reason(code=Code.LESS_WORK, facts={**facts, "saved_s": saved_s}),)


def why_unserved(table: Table, v: int) -> Reason:
    """The first thing that no change could mend, else that every place costs more than it saves."""
    problem, visit, board = table.problem, table.visits[v], table.board
    able = np.flatnonzero(board.able[board.kind[v]])
    if not len(able):
        return why_nobody(problem, visit)
    if board.bound[v]:
        return Reason(code=Code.PINNED, facts={"visit": visit.key})
    too_long = longer_than_shift(problem, visit, able)
    if too_long is not None:
        return too_long
    sites = board.start[able]
    if not np.isfinite(problem.travel.seconds[sites, visit.site]).any():
        facts: dict[str, Fact] = {"technician": problem.technicians[int(able[0])].key}
        return Reason(
            code=Code.UNREACHABLE, facts={**facts, "from_site": int(sites[0]), "to_site": visit.site}
        )  # fmt: skip
    return Reason(code=Code.NO_PLACE, facts={"able": len(able)})
