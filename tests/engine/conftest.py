"""The cast of the engine's tests: a straight road with a site every five minutes, and who works along it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from goodword.engine import (
    Break,
    Duration,
    Problem,
    Progress,
    Request,
    Route,
    Technician,
    Travel,
    Visit,
    Window,
)

HOUR = 3600.0
MINUTE = 60.0


class Cast:
    """Builders with quiet defaults; a test names only what is odd. Hours are hours since midnight."""

    hour = HOUR
    minute = MINUTE

    def travel(self, sites: int = 12, *, apart_s: float = 300.0, day_cv: float = 0.0, leg_cv: float = 0.0) -> Travel:
        place = np.arange(sites)
        seconds = np.abs(place[:, None] - place[None]) * apart_s
        return Travel(seconds=seconds, metres=seconds * 10.0, day_cv=day_cv, leg_cv=leg_cv, label="a straight road")

    def technician(
        self, key: str = "sam", *, start: float = 8, end: float = 17, site: int = 0, **odd: Any
    ) -> Technician:
        return Technician(key=key, shift_start_s=start * HOUR, shift_end_s=end * HOUR, start_site=site, **odd)

    def visit(
        self,
        key: str,
        *,
        site: int = 1,
        minutes: float = 60,
        cv: float = 0.0,
        window: tuple[float, float] | None = (8, 17),
        **odd: Any,
    ) -> Visit:
        promise = None if window is None else self.window(*window)
        return Visit(key=key, site=site, duration=Duration(mean_s=minutes * MINUTE, cv=cv), window=promise, **odd)

    def window(self, opens: float, closes: float, **odd: Any) -> Window:
        return Window(opens_s=opens * HOUR, closes_s=closes * HOUR, **odd)

    def problem(
        self,
        technicians: Sequence[Technician] | None = None,
        visits: Sequence[Visit] = (),
        routes: Mapping[str, Sequence[str]] | None = None,
        *,
        now: float = 8,
        travel: Travel | None = None,
        scenarios: int = 64,
        seed: int = 1,
        **odd: Any,
    ) -> Problem:
        people = [self.technician()] if technicians is None else technicians
        planned = {people[0].key: [each.key for each in visits]} if routes is None and people else routes or {}
        return Problem(
            technicians=tuple(people),
            visits=tuple(visits),
            routes=tuple(Route(technician=key, visits=tuple(stops)) for key, stops in planned.items()),
            travel=self.travel() if travel is None else travel,
            now_s=now * HOUR,
            scenarios=scenarios,
            seed=seed,
            **odd,
        )

    def request(
        self,
        visit: Visit | None = None,
        windows: Sequence[tuple[float, float]] = ((8, 10), (10, 12), (13, 15), (15, 17)),
        **odd: Any,
    ) -> Request:
        wanted = self.visit("finch", window=None) if visit is None else visit
        return Request(visit=wanted, windows=tuple(self.window(*each) for each in windows), **odd)

    def progress(self, **hours: float) -> Progress:
        """`on_the_way=8.5` means at half past eight."""
        return Progress(**{f"{name}_s": hour * HOUR for name, hour in hours.items()})

    def town(self, seed: int = 1, *, technicians: int = 4, each: int = 4, cv: float = 0.45, **odd: Any) -> Problem:
        """A random busy morning: technicians with breaks, promises of two hours, travel that strays."""
        rng = np.random.default_rng(seed)
        sites = technicians * (each + 1) + 1
        xy = rng.uniform(0.0, 20_000.0, (sites, 2))
        metres = np.linalg.norm(xy[:, None] - xy[None], axis=-1) * 1.3
        people, visits, routes = [], [], {}
        for t in range(technicians):
            people.append(self._worker(rng, t, site=technicians * each + t))
            routes[f"t{t}"] = [f"v{t}-{place}" for place in range(each)]
            at_s = 8.0 * HOUR
            for place, key in enumerate(routes[f"t{t}"]):
                minutes = float(rng.choice([45, 60, 75]))
                opens = np.floor(at_s / HOUR)
                visits.append(self.visit(key, site=t * each + place, minutes=minutes, cv=cv, window=(opens, opens + 2)))
                at_s += minutes * MINUTE + float(rng.uniform(900.0, 3600.0))
        travel = Travel(seconds=metres / 13.0, metres=metres, day_cv=0.1 if cv else 0.0, leg_cv=0.11 if cv else 0.0)
        return self.problem(people, visits, routes, travel=travel, now=7, seed=seed, **odd)

    def _worker(self, rng: np.random.Generator, t: int, *, site: int) -> Technician:
        rest = Break(earliest_s=11.5 * HOUR, latest_s=14 * HOUR, length_s=1800.0)
        return self.technician(
            f"t{t}",
            start=7.5,
            end=17.5,
            site=site,
            end_site=site if t % 2 else None,
            breaks=(rest,) if t % 3 else (),
            duration_factor=float(rng.choice([0.9, 1.0, 1.2])),
        )


@pytest.fixture(scope="session")
def cast() -> Cast:
    return Cast()
