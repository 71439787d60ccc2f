"""What a stated probability is worth: the map from the raw number to the one that is shown.

The filter decides what is offered and is frozen; the map only labels what the filter let through. A map is learned
under one filter and speaks for that filter alone: used as a filter itself it would change what it was learned from,
and the two would chase each other (planning.md 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import exp, log, log1p

import numpy as np

from goodword.engine.arrays import Floats
from goodword.engine.checks import check_share
from goodword.engine.errors import Contradiction
from goodword.engine.learning.records import fingerprint

ENOUGH = 2_000  # ours: with fewer outcomes a branch shares the map of all, and that one is assumed
TRUST = 2.0  # ours: what the raw number, taken as it is, weighs against outcomes
SUREST = 0.995  # ours: a probability counted in scenarios is never surer than this
AS_IT_IS = (0.0, 1.0, 0.0, 0.0, 0.0, 0.0)
ROUNDS = 50  # ours: stop rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Features:
    """What is known of a promise when it is made.

    Parameters
    ----------
    raw : float
        Kept-probability as the engine computed it.
    lead_s : float
        From the promise to the window's opening.
    load : float
        Planned work beside the hours of everybody on shift.
    position : int
        Visits before it on its route.
    demand : float
        Requests that the *forecast* still expects on the day, a technician: what comes in the end is not known then.

    Raises
    ------
    NotANumber
    """

    raw: float
    lead_s: float
    load: float
    position: int
    demand: float

    def __post_init__(self) -> None:
        check_share(self.raw, name="raw", owner="a promise")

    @property
    def row(self) -> tuple[float, ...]:
        """As the map reads them: 1, the logit, and the others on scales on which 1 is much."""
        raw = min(max(self.raw, 1.0 - SUREST), SUREST)
        lead = log1p(max(self.lead_s, 0.0) / 3_600.0) / 2.0 - 1.0
        return (1.0, log(raw / (1.0 - raw)), lead, 2.0 * self.load - 1.0, self.position / 4.0 - 0.5, self.demand - 1.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """What decides whether a window is offered, frozen.

    Attributes
    ----------
    offer_at_least, floor : float
        See `Policy`.
    by : str
        Version of an earlier map that it reads the probability from; empty: the raw number.
    """

    offer_at_least: float
    floor: float
    by: str = ""
    version: str = field(init=False)

    def __post_init__(self) -> None:
        named = fingerprint((self.offer_at_least, self.floor, self.by))
        object.__setattr__(self, "version", f"filter-{named}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One promise and what became of it.

    Attributes
    ----------
    features : Features
    kept : bool
    branch, under : str
        Whose it was, and the version of the filter under which it was offered.
    day : int
        Promises of one day share its luck.
    recorded_s : float
        When we knew.
    """

    features: Features
    kept: bool
    branch: str
    under: str
    day: int
    recorded_s: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelMap:
    """A frozen map.

    Attributes
    ----------
    version, under : str
        Its own, and that of the filter for which it speaks.
    branch : str
        Whose outcomes it was learned from; empty: everybody's.
    n : int
        How many.
    assumed : bool
        Fewer than `ENOUGH`.
    weights : tuple of float
        Of `Features.row`, on the logit.
    """

    version: str
    under: str
    branch: str
    n: int
    assumed: bool
    weights: tuple[float, ...]

    def label(self, features: Features, under: Filter) -> float:
        """The probability to show for a promise that this filter let through.

        Raises
        ------
        Contradiction
            The map was learned under another filter.
        """
        if under.version != self.under:
            raise Contradiction(
                owner=f"Label map {self.version}", why=f"it speaks for {self.under}, not {under.version}"
            )
        return 1.0 / (1.0 + exp(-sum(w * x for w, x in zip(self.weights, features.row, strict=True))))


def learn_labels(outcomes: Iterable[Judged], under: Filter, *, branch: str, as_of_s: float) -> LabelMap:
    """Learn the map of a branch under a filter, as of a moment.

    Parameters
    ----------
    outcomes : iterable of Judged
        In any order; those of other filters, and those known only later, are left out.
    under : Filter
    branch : str
        Its own outcomes are taken from `ENOUGH` on, everybody's before.
    as_of_s : float

    Returns
    -------
    LabelMap
        With no outcomes: the raw number as it is.

    Notes
    -----
    Logistic regression with a quadratic penalty around "the raw number is right", by Newton's method.
    """
    heard = sorted((o for o in outcomes if o.under == under.version and o.recorded_s <= as_of_s), key=repr)
    own = [each for each in heard if each.branch == branch]
    taken, whose = (own, branch) if len(own) >= ENOUGH else (heard, "")
    rows = np.array([each.features.row for each in taken], dtype=np.float64).reshape(-1, len(AS_IT_IS))
    weights = _fitted(rows, np.array([each.kept for each in taken], dtype=np.float64))
    return LabelMap(
        version=f"labels-{fingerprint((taken, under.version, whose, as_of_s))}", under=under.version, branch=whose,
        n=len(taken), assumed=len(taken) < ENOUGH, weights=tuple(weights.tolist()),
    )  # fmt: skip


def _fitted(rows: Floats, kept: Floats) -> Floats:
    start = np.array(AS_IT_IS)
    weights = start.copy()
    for _ in range(ROUNDS):
        p = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -30.0, 30.0)))
        slope = rows.T @ (kept - p) - TRUST * (weights - start)
        bend = (rows * (p * (1.0 - p))[:, None]).T @ rows + TRUST * np.eye(len(start))
        step: Floats = np.linalg.solve(bend, slope)
        weights = weights + step * min(1.0, 4.0 / max(float(np.abs(step).max()), 1e-12))
        if float(np.abs(step).max()) < 1e-10:
            break
    return weights


def stated(learned: LabelMap, under: Filter, outcomes: Sequence[Judged]) -> Floats:
    """What the map says of many, shape (len(outcomes),)."""
    return np.array([learned.label(each.features, under) for each in outcomes], dtype=np.float64)
