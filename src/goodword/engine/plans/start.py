"""Routes on fixed durations by PyVRP: where the search over scenarios starts from.

PyVRP reckons with one number per duration and knows no breaks: a quantile above the median stands for the first, a
shift shorter by the breaks for the second. What it leaves out, or is not told of, the search places.

References
----------
Wouda, Lan, Kool (2024), PyVRP: a high-performance VRP solver package, doi:10.1287/ijoc.2023.0055
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from goodword.engine.arrays import Bools, Floats, Ints
from goodword.engine.lognormal import quantiles, shape_of
from goodword.engine.plans.town import Open, opens_of
from goodword.engine.types import PlanEffort

MOST_VISITS = 2_500  # beyond, PyVRP's own first solution takes too long to be interrupted; ours
MOST_GROUPS = 24  # groups of technicians that are told apart; ours
FAR_S = 10_000_000  # no road

Stop = Callable[[], bool]


class Until:
    """PyVRP's stop rule: so many iterations, or ours."""

    def __init__(self, iterations: int, stop: Stop) -> None:
        self.left, self.stop = iterations, stop

    def __call__(self, best_cost: int) -> bool:
        self.left -= 1
        return self.left < 0 or self.stop()


def started(
    wanted: Open, able: Bools, fixed: Ints, drop: Floats, *, seed: int, effort: PlanEffort, stop: Stop
) -> list[list[int]] | None:
    """Routes by PyVRP, one per technician; None where it cannot be asked."""
    told = _Told(wanted, able, fixed, effort.start_quantile)
    if not effort.start_iterations or not told.clients or len(told.clients) > MOST_VISITS or not able.shape[0]:
        return None
    import pyvrp

    data = told.data(pyvrp, drop)
    until = Until(effort.start_iterations, stop)
    result = pyvrp.solve(data, stop=until, seed=seed % 2**31, collect_stats=False, display=False)
    routes: list[list[int]] = [[] for _ in wanted.problem.technicians]
    for route in result.best.routes():
        t = route.vehicle_type()
        made = [told.clients[each.idx] for each in route if each.is_client()]
        routes[t] = [v for v in made if able[t, v] and fixed[v] in (-1, t)]
    return routes


class _Told:
    """What PyVRP is told; whole seconds since the first open shift begins."""

    def __init__(self, wanted: Open, able: Bools, fixed: Ints, quantile: float) -> None:
        problem, day, front = wanted.problem, wanted.day, wanted.front
        self.wanted = wanted
        ready = np.median(day.base.finish[front], axis=1) if len(front) else np.zeros(0)
        self.ready = np.where(np.isfinite(ready), np.maximum(ready, problem.now_s), np.inf)
        self.origin_s = float(self.ready[np.isfinite(self.ready)].min(initial=4e9))
        self.groups, self.group_of = _groups(able, fixed)
        self.lasts = _lasts(wanted, quantile)
        self.clients = [v for v in range(len(wanted.visits)) if self.group_of[v] >= -1 and self._window(v) is not None]

    def _window(self, v: int) -> tuple[int, int] | None:
        """When work may begin; None: no longer."""
        visit = self.wanted.visits[v]
        closes = 4e9 if visit.window is None else visit.window.closes_s
        early, late = max(opens_of(visit) - self.origin_s, 0.0), closes - self.origin_s
        return (int(early), int(late)) if late >= early else None

    def data(self, pyvrp: Any, drop: Floats) -> Any:
        """The `pyvrp.ProblemData`."""
        problem, day, front = self.wanted.problem, self.wanted.day, self.wanted.front
        homes = [each for each in day.layout.home.tolist() if each >= 0]
        starts = day.layout.site[front].tolist()
        sites = sorted({*starts, *homes, *(self.wanted.visits[v].site for v in self.clients)})
        at = {site: index for index, site in enumerate(sites)}
        anywhere = len(sites)
        matrix = np.full((anywhere + 1, anywhere + 1), FAR_S, dtype=np.int64)
        seconds = problem.travel.seconds[np.ix_(sites, sites)]
        matrix[:-1, :-1] = np.where(np.isnan(seconds), FAR_S, np.round(np.nan_to_num(seconds)))
        matrix[:, anywhere] = 0
        np.fill_diagonal(matrix, 0)
        return pyvrp.ProblemData(
            locations=[pyvrp.Location(x=0, y=0) for _ in range(anywhere + 1)],
            clients=[self._client(pyvrp, v, at, drop) for v in self.clients],
            depots=[pyvrp.Depot(location=location) for location in range(anywhere + 1)],
            vehicle_types=[
                self._vehicle(pyvrp, t, at[starts[t]], at.get(int(day.layout.home[t]), anywhere))
                for t in range(len(problem.technicians))
            ],
            distance_matrices=[matrix],
            duration_matrices=[matrix],
        )  # fmt: skip

    def _client(self, pyvrp: Any, v: int, at: dict[int, int], drop: Floats) -> Any:
        window = self._window(v) or (0, 0)
        needs = [int(self.group_of[v] == g) for g in range(len(self.groups))]
        return pyvrp.Client(
            location=at[self.wanted.visits[v].site], delivery=needs, service_duration=int(self.lasts[v]),
            tw_early=window[0], tw_late=window[1], prize=int(min(drop[v], 1e7)), required=False,
        )  # fmt: skip

    def _vehicle(self, pyvrp: Any, t: int, start: int, end: int) -> Any:
        """Breaks and absences shorten the shift; the skills that somebody lacks are goods he cannot carry."""
        technician = self.wanted.problem.technicians[t]
        ready, over = float(self.ready[t]), technician.shift_end_s
        over -= sum(each.length_s for each in technician.breaks)
        for gone in technician.absences:
            over = min(over, gone.from_s) if gone.to_s >= technician.shift_end_s else over
            if gone.to_s < over and gone.from_s > ready:
                over -= gone.to_s - gone.from_s
        early = int(min(ready - self.origin_s, 4e9))
        many = len(self.clients)
        return pyvrp.VehicleType(
            num_available=1, capacity=[many * bool(group[t]) for group in self.groups], start_depot=start,
            end_depot=end, tw_early=early, tw_late=max(int(min(over - self.origin_s, 4e9)), early),
        )  # fmt: skip


def _groups(able: Bools, fixed: Ints) -> tuple[list[Bools], Ints]:
    """Groups of technicians who alone can make some visit, most asked for first, and the group of each visit.

    -1: everybody can. -2: a group too rare to be told, or nobody.
    """
    sets = [able[:, v] if fixed[v] < 0 else np.arange(able.shape[0]) == fixed[v] for v in range(able.shape[1])]
    names = [each.tobytes() for each in sets]
    common = [name for name, _ in Counter(n for n, s in zip(names, sets, strict=True) if not s.all()).most_common()]
    number = {name: g for g, name in enumerate(common[:MOST_GROUPS])}
    group_of = np.array(
        [-1 if s.all() else (number.get(n, -2) if s.any() else -2) for n, s in zip(names, sets, strict=True)],
        dtype=np.int64,
    )
    return [np.frombuffer(name, dtype=np.bool_) for name in number], group_of


def _lasts(wanted: Open, quantile: float) -> Floats:
    """On-site seconds by quantile, for the average of our technicians, (N,)."""
    people = wanted.problem.technicians
    factor = float(np.mean([each.duration_factor for each in people])) if people else 1.0
    shapes = np.array([shape_of(v.duration.mean_s, v.duration.cv) for v in wanted.visits]).reshape(-1, 2)
    lasts: Floats = np.round(
        quantiles(shapes[:, 0], shapes[:, 1], np.full(len(shapes), min(max(quantile, 0.01), 0.99))) * factor
    )
    return lasts
