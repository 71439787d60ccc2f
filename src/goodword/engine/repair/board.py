"""From a simulated day to the board on which a repair moves visits, and back to how it was."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goodword.engine.arrays import Bools, Floats, Ints
from goodword.engine.day import HAIR_S, Day, road_of, work_of
from goodword.engine.kernel.board import Board, Prices
from goodword.engine.offers.people import can
from goodword.engine.types import Problem, RepairEffort, Stage, Visit

SPARE = 8  # visits that a route can take on beside those it has
NEVER_S = 1e15


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Table:
    """A board, the visits on it, and for each of its rows the row of the day that it was copied from (-1: none)."""

    problem: Problem
    day: Day
    board: Board
    visits: list[Visit]
    source: Ints

    def reset(self, technicians: Ints) -> None:
        """Give these technicians back the routes they had."""
        board, day = self.board, self.day
        mine = np.isin(np.repeat(np.arange(len(board.begin)), board.room + 1), technicians) & (self.source >= 0)
        rows, source = np.flatnonzero(mine), self.source[mine]
        board.ready[rows], board.arrive[rows], board.rested[rows] = (
            day.finish[source], day.arrive[source], day.base.rested[source],
        )  # fmt: skip
        board.order[rows] = self.first_order[rows]
        board.count[technicians] = (day.layout.count - day.layout.settled)[technicians]
        board.ends[technicians] = ends_of(day)[technicians]
        board.where[:] = board.origin

    @property
    def first_order(self) -> Ints:
        """The visit in each row before anything was moved; -1: none."""
        layout = self.day.layout
        node = np.full(len(layout.tech), -1)
        rows = open_rows(self.day)
        node[rows] = np.arange(len(rows))
        order: Ints = np.where(self.source >= 0, node[self.source], -1)
        return order


def unable(board: Board) -> Bools:
    """Visits in the route of somebody who may not make them, as far as nobody else has got them; shape (V,)."""
    mine: Bools = (board.where >= 0) & (board.where == board.origin)
    mine[mine] = ~board.able[board.kind[mine], board.where[mine]]
    return mine


def open_rows(day: Day) -> Ints:
    """Rows of visits that have not begun."""
    layout = day.layout
    at = np.arange(len(layout.tech)) - layout.first[layout.tech] if len(layout.tech) else layout.tech
    rows: Ints = np.flatnonzero(at > layout.settled[layout.tech]) if len(layout.tech) else layout.tech
    return rows


def ends_of(day: Day) -> Floats:
    """`Board.ends` of the day as it stands: who never ends is gone and works no overtime."""
    over = day.end - day.layout.clocks.end[:, None]
    over = np.where((over > 0.0) & (day.end < NEVER_S), over, 0.0)
    return np.stack((over.mean(axis=1), day.base.p_over, day.base.p_rest_late), axis=1)


def table_of(problem: Problem, day: Day) -> Table:
    """Lay out everything that has not begun."""
    layout, rows = day.layout, open_rows(day)
    routed = [problem.visits[index] for index in layout.visit[rows].tolist()]
    loose = [v for v in problem.visits if v.key not in problem.technician_of and v.stage is Stage.PLANNED]
    drawn, at = day.luck.drawn, rows - layout.tech[rows] - 1
    scenarios = problem.scenarios
    work = np.concatenate((drawn.work[at], work_of(loose, seed=problem.seed, scenarios=scenarios)))
    road = np.concatenate((drawn.road[at], road_of(loose, problem)))
    count = layout.count - layout.settled
    room = count + SPARE
    begin = np.concatenate(([0], np.cumsum(room + 1)[:-1])).astype(np.int64) if len(count) else count
    source = np.full(int((room + 1).sum()), -1)
    for t in range(len(count)):
        source[begin[t] : begin[t] + count[t] + 1] = np.arange(
            layout.first[t] + layout.settled[t], layout.first[t] + layout.count[t] + 1
        )
    board = _board(problem, day, rows, [*routed, *loose], len(routed), work, road, begin, room, source)
    table = Table(problem=problem, day=day, board=board, visits=[*routed, *loose], source=source)
    table.reset(np.arange(len(count)))
    return table


def _board(
    problem: Problem, day: Day, rows: Ints, visits: list[Visit], routed: int,
    work: Floats, road: Floats,
    begin: Ints, room: Ints, source: Ints,
) -> Board:  # fmt: skip
    layout, costs, scenarios = day.layout, problem.costs, problem.scenarios
    loose = visits[routed:]
    origin = np.concatenate((layout.tech[rows], np.full(len(loose), -1))).astype(np.int64)
    opens = [max(_opens(v), -np.inf if v.not_before_s is None else v.not_before_s) for v in loose]
    closes = [np.inf if v.window is None else v.window.closes_s for v in loose]
    price = np.array([costs.broken(v.severity) for v in visits], dtype=np.float64)
    closing = np.concatenate((layout.closes[rows], closes)).astype(np.float64)
    kind, able, change = _kinds(problem, visits)
    total, breaks = len(source), layout.clocks.breaks
    return Board(
        site=np.array([v.site for v in visits], dtype=np.int64), origin=origin, kind=kind,
        bound=np.array([bool(v.helpers) or (v.pinned and i < routed) for i, v in enumerate(visits)], dtype=np.bool_),
        opens=np.concatenate((layout.opens[rows], opens)).astype(np.float64), closes=closing, price=price,
        missing=costs.unserved + np.where(np.isfinite(closing), price, 0.0), work=work, road=road, able=able,
        change=change, start=layout.site[layout.first + layout.settled], begin=begin, room=room,
        count=np.zeros(len(begin), np.int64), order=np.full(total, -1), where=origin.copy(),
        ready=np.empty((total, scenarios)), arrive=np.empty((total, scenarios)),
        rested=np.empty((total, breaks, scenarios)), cost=np.zeros(total), ends=np.zeros((len(begin), 3)),
        usual=np.zeros(len(begin)),
    )  # fmt: skip


def _opens(visit: Visit) -> float:
    return -np.inf if visit.window is None or visit.window.early_agreed else visit.window.opens_s


def _kinds(problem: Problem, visits: list[Visit]) -> tuple[Ints, Bools, Floats]:
    """Visits that need the same of a technician are of one kind: who may make each, and who is a stranger."""
    found: dict[object, int] = {}
    first: list[Visit] = []
    kind = np.empty(len(visits), np.int64)
    for i, v in enumerate(visits):
        needs = (tuple(v.skills.items()), v.parts, v.only, v.never, v.helpers, v.preferred)
        kind[i] = found.setdefault(needs, len(first))
        if kind[i] == len(first):
            first.append(v)
    people = problem.technicians
    shape = (len(first), len(people))
    able = np.array([[can(t, v) for t in people] for v in first], dtype=np.bool_).reshape(shape)
    strange = [[bool(v.preferred) and t.person not in v.preferred for t in people] for v in first]
    return kind, able, problem.costs.technician_change * np.array(strange, dtype=np.float64).reshape(shape)


def prices_of(problem: Problem, effort: RepairEffort, *, told: float, broken: float, work: float) -> Prices:
    """The problem's prices, with more or less weight on telling, breaking and working."""
    policy, costs = problem.policy, problem.costs
    return Prices(
        driving=costs.driving * work, overtime=costs.overtime * work, broken=broken,
        late_rate=costs.lateness_share / costs.lateness_scale_s, notice=costs.notice * told,
        grace_s=float(policy.grace_s) + HAIR_S, overtime_share=float(policy.overtime_share),
        break_late_share=float(policy.break_late_share), absence_share=float(policy.absence_share), least_gain=60.0,
        most_moves=int(effort.most_moves), most_walks=int(effort.most_walks),
    )  # fmt: skip
