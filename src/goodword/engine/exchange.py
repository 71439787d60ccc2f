"""What would happen if two visits exchanged technicians and places."""

from __future__ import annotations

from dataclasses import replace

from goodword.engine.consequence import compared, forbidden
from goodword.engine.errors import Fact
from goodword.engine.offers.people import objections_to
from goodword.engine.types import Code, Consequence, Move, Problem, Reason, Route, Stage


def exchange(problem: Problem, first: str, second: str) -> Consequence:
    """Compare the day as it stands with the day after an exchange.

    Parameters
    ----------
    problem : Problem
    first, second : str
        Visits that have not begun. One of them may be on no route.

    Returns
    -------
    Consequence
        As :func:`~goodword.engine.consequence`, for both: who lacks a skill makes `allowed` False. No planned times:
        they are exchanged as they stand.

    Raises
    ------
    UnknownKey
        A visit is not in the problem.
    """
    for key in (first, second):
        visit = problem.visit(key)
        if visit.stage is not Stage.PLANNED:
            facts: dict[str, Fact] = {"visit": key, "stage": visit.stage.name.lower()}
            return forbidden(Reason(code=Code.FROZEN, facts=facts))
    on = {first: problem.technician_of.get(second), second: problem.technician_of.get(first)}
    hard = [
        reason
        for key, technician in on.items()
        if technician is not None and on[first] != on[second]
        for reason in objections_to(problem.technician(technician), problem.visit(key))
    ]
    places = {first: second, second: first}
    routes = tuple(
        Route(technician=route.technician, visits=tuple(places.get(key, key) for key in route.visits))
        for route in problem.routes
    )
    move = Move(visit=first, technician=on[first])
    found = compared(problem, replace(problem, routes=routes), move, on[second], hard)
    return replace(found, planned=())
