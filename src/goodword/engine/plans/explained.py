"""A plan made by hand, scored and explained as one that was computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from goodword.engine.plans.reasons import explained
from goodword.engine.plans.town import value_of
from goodword.engine.types import Explained, Problem, Route


def explain(problem: Problem, routes: Iterable[Route]) -> Explained:
    """Score a plan: what it costs by name, what each visit and shift will be like, and what breaks which rule.

    Parameters
    ----------
    problem : Problem
        Its own routes do not matter; its seed and number of scenarios do.
    routes : iterable of Route
        At most one per technician; visits in none are left out, and listed with the reason.

    Returns
    -------
    Explained
        Nothing is refused because it is bad: a technician without the skill, a missed promise, a shift that runs over
        are named in `broken_rules` and priced in `value`.

    Raises
    ------
    DuplicateKey, UnknownKey, Contradiction
        Routes that no plan can have: a visit twice, an unknown key.
    """
    made = replace(problem, routes=tuple(routes))
    return explained(made, value_of(made))
