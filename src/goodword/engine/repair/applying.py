"""Apply a repair in one step, unless the world has moved on since it was computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

import numpy as np

from goodword.engine.errors import MovedOn
from goodword.engine.layout import Layout, laid_out
from goodword.engine.types import Problem, Repair, Route


def apply(problem: Problem, chosen: Repair) -> Problem:
    """Return the problem with the routes of a repair.

    Parameters
    ----------
    problem : Problem
        As it stands now. Time may have passed; nothing else may have changed.
    chosen : Repair

    Raises
    ------
    MovedOn
        Anything that the repair was computed on is different now.
    """
    known = problem.visit_index.keys() >= {key for route in chosen.routes for key in route.visits}
    if not known or fingerprint(of_the_day(problem, laid_out(problem)), problem, chosen.routes) != chosen.fingerprint:
        raise MovedOn
    new = {route.technician for route in chosen.routes}
    routes = (*(route for route in problem.routes if route.technician not in new), *chosen.routes)
    return replace(problem, routes=routes)


def fingerprint(day: blake2b, problem: Problem, routes: Iterable[Route]) -> str:
    """One word for everything that a repair rests on, but for the moment of asking; `day` from `of_the_day`.

    Of the roads, those that are driven now and those that would be.
    """
    made = day.copy()
    for route in routes:
        technician = problem.technician(route.technician)
        sites = [technician.start_site, *(problem.visit(key).site for key in route.visits)]
        if technician.end_site is not None:
            sites.append(technician.end_site)
        made.update(f"{route.technician}:{'|'.join(route.visits)}".encode())
        made.update(np.ascontiguousarray(problem.travel.seconds[sites[:-1], sites[1:]]).tobytes())
    return made.hexdigest()


def of_the_day(problem: Problem, layout: Layout) -> blake2b:
    """What every repair of a day rests on; half of a fingerprint, and the dear half."""
    made = blake2b(digest_size=16)
    clocks = layout.clocks
    arrays = (
        clocks.start, clocks.end, clocks.limit, clocks.gone_from, clocks.gone_to, clocks.rest_from, clocks.rest_late,
        clocks.rest_for, layout.count, layout.settled, layout.home, layout.home_leg, layout.factor, layout.site,
        layout.leg, layout.opens, layout.closes, layout.promised, layout.price, layout.busy_until,
    )  # fmt: skip
    for each in arrays:
        made.update(each.tobytes())
    people = [(t.key, t.person, sorted(t.skills.items()), sorted(t.parts)) for t in problem.technicians]
    work = [
        (v.key, v.site, v.duration.mean_s, v.duration.cv, v.pinned, v.stage.value, v.window is None)
        for v in problem.visits
    ]  # fmt: skip
    routes = [(route.technician, route.visits) for route in problem.routes]
    needs = [
        (v.key, sorted(v.skills.items()), sorted(v.parts), sorted(v.only), sorted(v.never), sorted(v.helpers))
        for v in problem.visits
        if v.skills or v.parts or v.only or v.never or v.helpers
    ]  # fmt: skip
    times = [
        (p.on_the_way_s, p.arrived_s, p.started_s, p.finished_s)
        for v in problem.visits
        if (p := v.progress).stage
    ]  # fmt: skip
    made.update(repr((people, work, routes, needs, times, problem.seed, problem.costs, problem.policy)).encode())
    return made
