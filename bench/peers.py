"""The evening's plan by others, on durations taken for certain: PyVRP, VROOM, OR-Tools; not installed with Goodword.

    pip install pyvroom ortools      # beside a development environment, for `bench/frontier.py --peers` alone

Each is told the same: technicians with shift, home and break, visits with window and duration, whole seconds. Whoever
leaves a visit out has it put at the end of the route where it was promised: all serve the same visits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import Any
from zlib import crc32

import numpy as np

from goodword.engine import PlanEffort, Policy, plan
from goodword.engine.plans.start import started
from goodword.engine.plans.town import Open, drops, fixed_of, laid_town
from goodword.engine.simulator.policies import Planner
from goodword.engine.types import Duration, Move, Offers, Problem, Request, Route

Routes = list[list[int]]  # places in `problem.visits`, one list per technician


def never(problem: Problem) -> tuple[Move, ...]:
    """No repair: the plan of the evening stands all day."""
    return ()


def static(name: str, solve: Callable[[Problem], Routes]) -> Planner:
    """The evening's plan of a solver on mean durations, driven as it is."""

    def sees(each: Duration) -> Duration:
        return Duration(mean_s=each.mean_s)

    return Planner(name=name, certain=True, sees=sees, repair=never, plan=partial(_planned, solve))


def ours(at_least: float, seconds: float) -> Planner:
    """Offers by kept-probability, and the plan of the evening before by the engine within so many seconds."""

    def evening(problem: Problem) -> Problem:
        end = monotonic() + seconds
        effort = PlanEffort(rounds=10**6, fresh_scenarios=256)
        found = plan(problem, seed=problem.seed + 77, stop=lambda: monotonic() > end, effort=effort)
        return replace(problem, routes=found.routes)

    policy = Policy(offer_at_least=at_least, floor=at_least)
    return Planner(name=f"kept>={at_least:g}, {seconds:g} s plan", policy=policy, plan=evening)


@dataclass(frozen=True)
class Throttled:
    """A policy that offers nothing to some requests, the same on every day and for every policy throttled as much."""

    whole: Planner
    share: float

    @property
    def name(self) -> str:
        """The policy and the share of requests that it looks at."""
        return f"{self.whole.name} to {self.share:g}"

    def offer(self, problem: Problem, request: Request) -> Offers:
        """Nothing for the share that is turned away, emergencies excepted."""
        if not request.emergency and crc32(f"{problem.seed} {request.visit.key}".encode()) / 2**32 >= self.share:
            return Offers(options=(), further=(), misses=(), reasons=(), looked_at=0, scenarios=0, seed=0, label="")
        return self.whole.offer(problem, request)

    def mend(self, problem: Problem) -> tuple[Move, ...]:
        """As the policy does."""
        return self.whole.mend(problem)

    def evening(self, problem: Problem) -> Problem:
        """As the policy does."""
        return self.whole.evening(problem)


def _planned(solve: Callable[[Problem], Routes], problem: Problem) -> Problem:
    keys = [each.key for each in problem.visits]
    made = [[keys[v] for v in route] for route in solve(problem)]
    there = {key for route in made for key in route}
    routes = []
    for technician, route in zip(problem.technicians, made, strict=True):
        left = [key for key in problem.route_of(technician.key) if key not in there]
        routes.append(Route(technician=technician.key, visits=tuple(route + left)))
    return replace(problem, routes=tuple(routes))


def pyvrp(problem: Problem, seconds: float = 5.0) -> Routes:
    """PyVRP for so many seconds."""
    wanted, end = Open.of(problem), monotonic() + seconds
    effort = PlanEffort(start_iterations=10**9, start_quantile=0.5)
    town = laid_town(wanted, near=False)
    able, fixed, drop = town.able, fixed_of(wanted), drops(town)
    found = started(wanted, able, fixed, drop, seed=1, effort=effort, stop=lambda: monotonic() > end)
    return found or [[] for _ in problem.technicians]


def vroom(problem: Problem) -> Routes:
    """VROOM at its highest exploration level; it ends by itself."""
    import vroom as peer

    asked = peer.Input()
    asked.set_durations_matrix("car", np.ceil(np.asarray(problem.travel.seconds)).astype(np.uint32))
    for t, each in enumerate(problem.technicians):
        rests = [peer.Break(b, [_span(r.earliest_s, r.latest_s)], service=int(r.length_s))
                 for b, r in enumerate(each.breaks)]  # fmt: skip
        asked.add_vehicle(peer.Vehicle(
            t, start=each.start_site, end=each.end_site, breaks=rests,
            time_window=_span(each.shift_start_s, each.shift_end_s),
        ))  # fmt: skip
    for v, visit in enumerate(problem.visits):
        spans = [] if visit.window is None else [_span(visit.window.opens_s, visit.window.closes_s)]
        work = int(visit.duration.mean_s)
        asked.add_job(peer.Job(v, location=visit.site, default_service=work, time_windows=spans))
    steps = asked.solve(exploration_level=5, nb_threads=1).routes
    jobs = steps[steps["type"] == "job"]
    return [jobs[jobs["vehicle_id"] == t]["id"].astype(int).tolist() for t in range(len(problem.technicians))]


def ortools(problem: Problem, seconds: float = 5.0) -> Routes:
    """OR-Tools' routing with guided local search for so many seconds."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    people, visits = problem.technicians, problem.visits
    ends = [each.start_site if each.end_site is None else each.end_site for each in people]
    sites = [each.site for each in visits] + [each.start_site for each in people] + ends
    seconds_ = np.ceil(np.asarray(problem.travel.seconds)).astype(int)[np.ix_(sites, sites)].tolist()
    work = [int(each.duration.mean_s) for each in visits] + [0] * (2 * len(people))
    n, t = len(visits), len(people)
    index = pywrapcp.RoutingIndexManager(len(sites), t, list(range(n, n + t)), list(range(n + t, n + 2 * t)))
    model = pywrapcp.RoutingModel(index)
    drive = model.RegisterTransitCallback(
        lambda a, b: seconds_[index.IndexToNode(a)][index.IndexToNode(b)])  # fmt: skip
    spend = model.RegisterTransitCallback(
        lambda a, b: work[index.IndexToNode(a)] + seconds_[index.IndexToNode(a)][index.IndexToNode(b)])  # fmt: skip
    model.SetArcCostEvaluatorOfAllVehicles(drive)
    model.AddDimension(spend, 86_400, 2 * 86_400, False, "time")
    time = model.GetDimensionOrDie("time")
    _bound(model, index, time, problem, work)
    wanted = pywrapcp.DefaultRoutingSearchParameters()
    wanted.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    wanted.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    wanted.time_limit.FromMilliseconds(int(1_000 * seconds))
    found = model.SolveWithParameters(wanted)
    return [[] for _ in people] if found is None else [_route(model, index, found, each, n) for each in range(t)]


def _bound(model: Any, index: Any, time: Any, problem: Problem, work: list[int]) -> None:
    """Windows, shifts, breaks; a visit left out costs more than any driving."""
    for v, visit in enumerate(problem.visits):
        if visit.window is not None:
            time.CumulVar(index.NodeToIndex(v)).SetRange(*_span(visit.window.opens_s, visit.window.closes_s))
        model.AddDisjunction([index.NodeToIndex(v)], 10_000_000)
    spends = [work[index.IndexToNode(each)] if each < model.Size() else 0 for each in range(model.Size())]
    for t, each in enumerate(problem.technicians):
        begins, ends = _span(each.shift_start_s, each.shift_end_s)
        time.CumulVar(model.Start(t)).SetRange(begins, ends)
        time.CumulVar(model.End(t)).SetRange(begins, ends)
        rests = [
            model.solver().FixedDurationIntervalVar(int(r.earliest_s), int(r.latest_s), int(r.length_s), False, f"r{t}")
            for r in each.breaks
        ]
        if rests:
            time.SetBreakIntervalsOfVehicle(rests, t, spends)


def _route(model: Any, index: Any, found: Any, technician: int, visits: int) -> list[int]:
    at, route = model.Start(technician), []
    while not model.IsEnd(at):
        node = index.IndexToNode(at)
        if node < visits:
            route.append(node)
        at = found.Value(model.NextVar(at))
    return route


def _span(begins_s: float, ends_s: float) -> list[int]:
    return [int(np.ceil(begins_s)), int(ends_s)]
