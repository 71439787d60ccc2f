"""The problem: one consistent picture of a branch, from which every answer of the engine follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from goodword.engine.checks import check_time
from goodword.engine.errors import Contradiction, DuplicateKey, NotANumber, UnknownKey
from goodword.engine.types.people import Technician
from goodword.engine.types.roads import Travel
from goodword.engine.types.weights import Costs, Policy
from goodword.engine.types.work import Stage, Visit

MOST_SCENARIOS = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """The visits of one technician in the order in which they are to be made.

    Parameters
    ----------
    technician : str
        Key of the technician.
    visits : tuple of str
        Keys of visits. The problem puts what has happened first: done, then running, then on the way, then the
        rest in the order given.
    """

    technician: str
    visits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Problem:
    """Everything the engine may know.

    Parameters
    ----------
    technicians, visits : tuple
        With unique keys.
    routes : tuple of Route
        At most one per technician (none: an empty day); a visit stands in at most one. A visit in none is
        unassigned.
    travel : Travel
        Between all sites that technicians and visits refer to.
    now_s : float
        The moment of asking, seconds since the origin. The origin is the caller's choice: local midnight of the
        first day is best, since half-days are counted from it.
    seed : int
        Same seed, same answer.
    scenarios : int
        Draws per question; at least 64, 128 where it must not flatter (planning.md 3).
    costs, policy
        See there.

    Raises
    ------
    DuplicateKey, UnknownKey, Contradiction, NotANumber
    """

    technicians: tuple[Technician, ...]
    visits: tuple[Visit, ...]
    routes: tuple[Route, ...]
    travel: Travel
    now_s: float
    seed: int = 0
    scenarios: int = 128
    costs: Costs = field(default_factory=Costs)
    policy: Policy = field(default_factory=Policy)

    def __post_init__(self) -> None:
        check_time(self.now_s, name="now_s", owner="the problem")
        if not 1 <= self.scenarios <= MOST_SCENARIOS:
            needed = f"between 1 and {MOST_SCENARIOS}"
            raise NotANumber(name="scenarios", owner="the problem", value=self.scenarios, needed=needed)
        _check_unique("technician", (each.key for each in self.technicians))
        _check_unique("visit", (each.key for each in self.visits))
        self._check_sites()
        self._check_routes()
        object.__setattr__(self, "routes", tuple(self._in_walk_order(route) for route in self.routes))

    @cached_property
    def visit_index(self) -> dict[str, int]:
        """Visit key to index into `visits`."""
        return {each.key: index for index, each in enumerate(self.visits)}

    @cached_property
    def technician_index(self) -> dict[str, int]:
        """Technician key to index into `technicians`."""
        return {each.key: index for index, each in enumerate(self.technicians)}

    @cached_property
    def technician_of(self) -> dict[str, str]:
        """Visit key to the key of the technician in whose route it stands; unassigned visits are missing."""
        return {visit: route.technician for route in self.routes for visit in route.visits}

    @cached_property
    def _route_by_technician(self) -> dict[str, tuple[str, ...]]:
        return {route.technician: route.visits for route in self.routes}

    def visit(self, key: str) -> Visit:
        """Return the visit with this key.

        Raises
        ------
        UnknownKey
        """
        if key not in self.visit_index:
            raise UnknownKey(owner="The question", kind="visit", key=key)
        return self.visits[self.visit_index[key]]

    def technician(self, key: str) -> Technician:
        """Return the technician with this key.

        Raises
        ------
        UnknownKey
        """
        if key not in self.technician_index:
            raise UnknownKey(owner="The question", kind="technician", key=key)
        return self.technicians[self.technician_index[key]]

    def route_of(self, technician: str) -> tuple[str, ...]:
        """Visit keys of one technician in walk order; empty when there is no route."""
        return self._route_by_technician.get(technician, ())

    def with_route(self, technician: str, visits: tuple[str, ...]) -> Problem:
        """Return a copy in which this technician has these visits."""
        others = tuple(route for route in self.routes if route.technician != technician)
        return replace(self, routes=(*others, Route(technician=technician, visits=visits)))

    def _check_sites(self) -> None:
        sites = self.travel.sites
        for technician in self.technicians:
            for site in (technician.start_site, technician.end_site):
                if site is not None and not 0 <= site < sites:
                    raise UnknownKey(owner=f"Technician {technician.key}", kind="site", key=site)
        for visit in self.visits:
            if not 0 <= visit.site < sites:
                raise UnknownKey(owner=f"Visit {visit.key}", kind="site", key=visit.site)
            for helper in visit.helpers:
                if helper not in self.technician_index:
                    raise UnknownKey(owner=f"Visit {visit.key}", kind="technician", key=helper)

    def _check_routes(self) -> None:
        _check_unique("route of technician", (route.technician for route in self.routes))
        _check_unique("routed visit", (visit for route in self.routes for visit in route.visits))
        for route in self.routes:
            if route.technician not in self.technician_index:
                raise UnknownKey(owner="A route", kind="technician", key=route.technician)
            for key in route.visits:
                if key not in self.visit_index:
                    raise UnknownKey(owner=f"The route of {route.technician}", kind="visit", key=key)
                if route.technician in self.visit(key).helpers:
                    raise Contradiction(owner=f"Visit {key}", why=f"{route.technician} is technician and helper")

    def _in_walk_order(self, route: Route) -> Route:
        return Route(technician=route.technician, visits=tuple(sorted(route.visits, key=self._walk_rank)))

    def _walk_rank(self, key: str) -> tuple[int, float]:
        progress = self.visit(key).progress
        if progress.stage is Stage.DONE:
            return (0, progress.finished_s or 0.0)
        if progress.stage >= Stage.ARRIVED:
            return (1, progress.door_s or 0.0)
        return (2 if progress.stage is Stage.ON_THE_WAY else 3, 0.0)


def _check_unique(kind: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise DuplicateKey(kind=kind, key=key)
        seen.add(key)
