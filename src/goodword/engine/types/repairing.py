"""Repair: what may be spent on it, and what it proposes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from goodword.engine.checks import check_at_least
from goodword.engine.types.answers import PlannedVisit, PromiseChange
from goodword.engine.types.codes import Reason
from goodword.engine.types.problem import Route


@dataclass(frozen=True, kw_only=True, slots=True)
class RepairEffort:
    """The stop rule of a repair: counts, not time, so that the same question has the same answer everywhere.

    Parameters
    ----------
    most_moves : int
        Changes that one alternative may make. Ours: 24.
    most_walks : int
        Visits walked to (in all scenarios at once) per alternative. Ours: 60,000.
    alternatives : int
        How many to return at most, doing nothing included. Ours: 4.

    Raises
    ------
    NotANumber
    """

    most_moves: int = 24
    most_walks: int = 60_000
    alternatives: int = 4

    def __post_init__(self) -> None:
        for name in ("most_moves", "most_walks"):
            check_at_least(getattr(self, name), 0, name=name, owner="effort")
        check_at_least(self.alternatives, 2, name="alternatives", owner="effort")


class Trade(StrEnum):
    """What an alternative is best at, among those proposed."""

    CHEAPEST = "cheapest"
    FEWEST_TOLD = "fewest-told"
    FEWEST_BROKEN = "fewest-broken"
    LEAST_WORK = "least-work"  # driving and overtime
    AS_IT_IS = "as-it-is"


@dataclass(frozen=True, kw_only=True, slots=True)
class RepairMove:
    """One visit that gets another technician or another place in its route.

    Attributes
    ----------
    visit : str
    before_technician : str or None
        None: nobody had it.
    technician : str
    position : int
        Its index in the new route (see `Repair.routes`).
    reasons : tuple of Reason
    """

    visit: str
    before_technician: str | None
    technician: str
    position: int
    reasons: tuple[Reason, ...]

    @property
    def tells(self) -> bool:
        """Somebody else comes than the customer was told."""
        return self.before_technician not in (None, self.technician)


@dataclass(frozen=True, kw_only=True, slots=True)
class Repair:
    """One alternative, whole: it is applied as it stands or not at all.

    Attributes
    ----------
    trades : tuple of Trade
        What it is best at; empty: in between.
    moves : tuple of RepairMove
    routes : tuple of Route
        The whole routes of those whose day changes.
    promises : tuple of PromiseChange
        Every promise that becomes surer or less sure or moves by a minute, worst first.
    planned : tuple of PlannedVisit
        Planned times to write with it; those of one technician never overlap.
    unserved : tuple of (str, Reason)
        Visits to which nobody comes even so, and why. No visit is ever dropped.
    told : int
        Customers to whom somebody else comes.
    broken_before, broken_after : float
        Expected number of promises missed, over the whole problem.
    added_travel_s, added_overtime_s : float
        Expected; negative: less.
    cost : float
        In driving seconds, beside leaving everything as it is (0); lower is better.
    fingerprint : str
        Of what it was computed on; see `apply`.
    """

    trades: tuple[Trade, ...]
    moves: tuple[RepairMove, ...]
    routes: tuple[Route, ...]
    promises: tuple[PromiseChange, ...]
    planned: tuple[PlannedVisit, ...]
    unserved: tuple[tuple[str, Reason], ...]
    told: int
    broken_before: float
    broken_after: float
    added_travel_s: float
    added_overtime_s: float
    cost: float
    fingerprint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Repairs:
    """Alternatives, cheapest first; the last one is leaving everything as it is.

    Attributes
    ----------
    walks : int
        Visits walked to, over all alternatives.
    stopped : bool
        The stop rule ended at least one search.
    """

    alternatives: tuple[Repair, ...]
    walks: int
    stopped: bool
    scenarios: int
    seed: int
    label: str
