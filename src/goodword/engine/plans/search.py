"""Tomorrow's plan: PyVRP's routes or the given ones, whichever is better, improved over scenarios."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from goodword.engine.arrays import Ints
from goodword.engine.forecast import forecast
from goodword.engine.plans.reasons import broken_rules, left_out
from goodword.engine.plans.start import Stop, started
from goodword.engine.plans.town import Open, empty_tours, fixed_of, laid_town, room_for, set_routes, value_of
from goodword.engine.types import Forecast, Plan, PlanEffort, Planned, PlannedVisit, Problem, Route

Told = Callable[[float, float], None]
FRESH = 1_000_003  # fresh scenarios have the seed of the search plus this; ours
WALKED = 20_000  # visits walked between two questions to the stop rule; ours
HOT, COLD = 300.0, 3.0  # how much dearer, in driving seconds, a plan may be to be kept under way, first and last; ours
STARTED, DESCENDED = 0.1, 0.15  # shares of the work, for the progress; ours


def plan(
    problem: Problem, *, seed: int, stop: Stop, progress: Told | None = None, effort: PlanEffort | None = None
) -> Plan:
    """Plan the visits that have not begun.

    Parameters
    ----------
    problem : Problem
        Its routes are the plan as it stands: the search begins there, and answers nothing that is worse.
    seed : int
        Of the scenarios and of the search; the same seed, rounds and no stop give the same plan.
    stop : callable
        Asked many times a second; True ends the search with the best plan so far. A clock, a button, a count.
    progress : callable, or None
        Told the share of the work done (0 to 1) and the best value so far (driving seconds, searched scenarios).
    effort : PlanEffort, or None

    Returns
    -------
    Plan
        Visits that have begun stay where they are, pinned ones and those with a helper with their technician. Every
        other visit is given to somebody who can and may make it, or left out with its reason.

    Notes
    -----
    Sample average approximation: all plans meet the same frozen scenarios. Since the search picks what is lucky in
    them, the plan is judged on fresh ones, and `Plan.optimism` says how much was luck. Where the given plan is as good
    on the fresh ones, it stays.

    References
    ----------
    Kleywegt, Shapiro, Homem-de-Mello (2002), doi:10.1137/S1052623499363220
    """
    effort = effort or PlanEffort()
    searched = replace(problem, seed=seed)
    fresh = replace(problem, seed=seed + FRESH, scenarios=effort.fresh_scenarios)
    search = _Search(searched, seed, stop, progress, effort)
    search.run()
    routes = search.routes()
    before, after = value_of(fresh), value_of(replace(fresh, routes=routes))
    if after.total > before.total:
        routes, after = _all_routes(problem), before
    made = replace(fresh, routes=routes)
    seen = forecast(made)
    return Plan(
        routes=routes, planned=_planned(made, seen), left_out=left_out(made), broken_rules=broken_rules(made, seen),
        before=before, after=after, searched=value_of(replace(searched, routes=routes)), rounds=search.rounds,
        stopped=search.stopped, scenarios=problem.scenarios, fresh_scenarios=effort.fresh_scenarios, seed=seed,
        label=problem.travel.label,
    )  # fmt: skip


class _Search:
    """One search; `best` is the best plan so far at any moment."""

    def __init__(self, problem: Problem, seed: int, stop: Stop, progress: Told | None, effort: PlanEffort) -> None:
        from goodword.engine.kernel.town import DROP

        self.wanted = Open.of(problem)
        self.town = laid_town(self.wanted, near=True)
        self.bound, self.drop = fixed_of(self.wanted), self.town.visits[:, DROP]
        self.seed, self.stop, self.progress, self.effort = seed, stop, progress, effort
        self.rounds, self.stopped = 0, False

    def run(self) -> None:
        """Start, fill, descend, recreate, descend: each ends early when the stop rule says so."""
        from goodword.engine.kernel.entry import total_cost

        town, given = self.town, self.wanted.routes
        asked = None
        if not self._ends():
            asked = started(
                self.wanted, town.able, self.bound, self.drop, seed=self.seed, effort=self.effort, stop=self.stop
            )
        longest = max((len(route) for route in [*given, *(asked or [])]), default=0)
        self.best, self.kept, self.tours = (empty_tours(self.wanted, longest) for _ in range(3))
        self.room = room_for(self.wanted, self.tours, self.seed)
        set_routes(town, self.best, given, self.room)
        if not self.wanted.visits or not given:
            return
        self._fill(given)
        if asked is not None:
            self._fill(asked)
        self._tell(STARTED)
        order = np.random.default_rng(self.seed).permutation(len(self.wanted.visits))
        self._restart()
        self._descend(order)
        self._tell(DESCENDED)
        self._recreate()
        self._restart()
        self._descend(order)
        self._tell(1.0)
        assert np.isfinite(total_cost(town, self.best))

    def routes(self) -> tuple[Route, ...]:
        """The best plan so far, what has begun in front."""
        problem, visits = self.wanted.problem, self.wanted.visits
        made = []
        for t, technician in enumerate(problem.technicians):
            stops = self.best.stops[t, : self.best.count[t]]
            keys = (*self.wanted.settled[t], *(visits[v].key for v in stops))
            made.append(Route(technician=technician.key, visits=keys))
        return tuple(made)

    def _ends(self) -> bool:
        self.stopped = self.stopped or self.stop()
        return self.stopped

    def _tell(self, share: float) -> None:
        from goodword.engine.kernel.entry import total_cost

        if self.progress is not None:
            self.progress(share, total_cost(self.town, self.best))

    def _fill(self, routes: list[list[int]]) -> None:
        """Take these routes, place what they leave out (what is bound first), and keep them if they are better."""
        from goodword.engine.kernel.town import CLOSES

        set_routes(self.town, self.tours, routes, self.room)
        order = np.lexsort((self.town.visits[:, CLOSES], -self.drop))
        self._descend(order[self.tours.spot[order, 0] < 0])

    def _keep(self) -> None:
        from goodword.engine.kernel.entry import copied, total_cost

        if total_cost(self.town, self.tours) < total_cost(self.town, self.best):
            copied(self.tours, self.best)

    def _restart(self) -> None:
        """Go on from the best plan so far."""
        from goodword.engine.kernel.entry import set_routes as set_rows

        set_rows(self.town, self.tours, self.best.stops, self.best.count, self.room)

    def _descend(self, order: Ints) -> None:
        """Improve what is around these visits until nothing improves any more."""
        from goodword.engine.kernel.entry import descend

        at, idle = 0, 0
        while idle < len(order) and not self._ends():
            at, idle = descend(self.town, self.tours, order, at, idle, WALKED, self.room)
        self._keep()

    def _recreate(self) -> None:
        from goodword.engine.kernel.entry import copied, recreate

        copied(self.tours, self.kept)
        rounds = int(self.effort.rounds)
        cooling = (COLD / HOT) ** (1.0 / max(rounds, 1))
        while self.rounds < rounds and not self._ends():
            heat = HOT * cooling**self.rounds
            made = recreate(
                self.town, self.tours, self.kept, self.best, rounds - self.rounds, WALKED, heat, cooling, self.room
            )
            self.rounds += made
            self._tell(DESCENDED + (1.0 - DESCENDED) * self.rounds / rounds)


def _all_routes(problem: Problem) -> tuple[Route, ...]:
    return tuple(Route(technician=t.key, visits=problem.route_of(t.key)) for t in problem.technicians)


def _planned(problem: Problem, seen: Forecast) -> tuple[PlannedVisit, ...]:
    """Planned times by median; those of one technician never overlap."""
    made: list[PlannedVisit] = []
    for technician in problem.technicians:
        busy_s = -np.inf
        for key in problem.route_of(technician.key):
            each = seen.visits[key]
            if each.happened or each.arrival is None or each.finish is None:
                continue
            start_s = max(each.arrival.p50_s, busy_s)
            busy_s = start_s + max(each.finish.p50_s - each.arrival.p50_s, 1.0)
            made.append(PlannedVisit(visit=key, planned=Planned(start_s=start_s, end_s=busy_s)))
    return tuple(made)
