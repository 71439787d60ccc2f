"""How much trouble each route was in before something went wrong: nobody is moved for what was so already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goodword.engine.arrays import Floats
from goodword.engine.day import Ready
from goodword.engine.kernel.board import Prices
from goodword.engine.repair.board import ends_of
from goodword.engine.types import Problem


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Usual:
    """Per technician, unpriced but for the severity: misses with their lateness, and overtime."""

    missed: Floats
    overtime: Floats

    @classmethod
    def of(cls, problem: Problem, earlier: Ready | None) -> Usual:
        """Read it off the day before; 0 where nothing is known."""
        if earlier is None:
            return cls(missed=np.zeros(len(problem.technicians)), overtime=np.zeros(len(problem.technicians)))
        layout, base, costs = earlier.day.layout, earlier.day.base, problem.costs
        late = costs.lateness_share / costs.lateness_scale_s * base.late
        each = np.where(layout.promised, layout.price * (1.0 - base.p_kept + late), 0.0)
        missed = np.bincount(layout.tech, weights=each, minlength=len(layout.first))
        then = {each.key: t for t, each in enumerate(earlier.problem.technicians)}
        at = np.array([then.get(each.key, -1) for each in problem.technicians], dtype=np.int64)
        overtime = ends_of(earlier.day)[:, 0]
        return cls(
            missed=np.where(at < 0, 0.0, np.append(missed, 0.0)[at]),
            overtime=np.where(at < 0, 0.0, np.append(overtime, 0.0)[at]),
        )

    def at(self, prices: Prices) -> Floats:
        """What it cost at these prices."""
        cost: Floats = prices.broken * self.missed + prices.overtime * self.overtime
        return cost
