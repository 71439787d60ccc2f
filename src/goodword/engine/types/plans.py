"""A plan of a whole day, made by the search or by hand, and the account of what it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodword.engine.checks import check_at_least, check_share
from goodword.engine.types.answers import Forecast, PlannedVisit
from goodword.engine.types.codes import Reason
from goodword.engine.types.problem import Route


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanEffort:
    """How much work a plan may take; `stop` may end it sooner. All numbers ours, none of them changes a rule.

    Parameters
    ----------
    start_iterations : int
        Iterations of PyVRP on fixed durations, which give the start. 0: start from the published plan alone.
    start_quantile : float
        Which quantile of each duration PyVRP reckons with.
    rounds : int
        Rounds of the search over scenarios; each takes some visits out and puts them back.
    fresh_scenarios : int
        Draws, never searched on, over which the finished plan is judged.

    Raises
    ------
    NotANumber
    """

    start_iterations: int = 1_000
    start_quantile: float = 0.7
    rounds: int = 8_000
    fresh_scenarios: int = 512

    def __post_init__(self) -> None:
        check_at_least(self.start_iterations, 0, name="start_iterations", owner="effort")
        check_at_least(self.rounds, 0, name="rounds", owner="effort")
        check_at_least(self.fresh_scenarios, 1, name="fresh_scenarios", owner="effort")
        check_share(self.start_quantile, name="start_quantile", owner="effort")


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """What a plan costs, by name, in driving seconds (see `Costs`); lower is better.

    Attributes
    ----------
    driving, waiting, overtime : float
    broken, lateness : float
        Promises by probability and severity, and how late they are.
    technician_change : float
        Somebody other than a preferred person comes.
    unserved : float
        Visits that nobody makes, and those whose technician may not or cannot make them; a promise among them
        counts as broken too.
    """

    driving: float
    waiting: float
    overtime: float
    broken: float
    lateness: float
    technician_change: float
    unserved: float

    @property
    def total(self) -> float:
        """The sum."""
        return (
            self.driving + self.waiting + self.overtime + self.broken + self.lateness + self.technician_change
            + self.unserved
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """A visit that nobody makes, and why."""

    visit: str
    reason: Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Explained:
    """A plan, made by whomever, scored.

    Attributes
    ----------
    value : Value
    forecast : Forecast
        Arrival and kept-probability per visit, end and overtime per shift.
    left_out : tuple of LeftOut
        Every visit in no route.
    broken_rules : mapping of str to tuple of Reason
        Visit key to what speaks against it where it stands: skills, parts, wishes, an unreachable leg, a promise below
        its floor. Technician key to overtime and breaks that are too likely. Nothing broken: no entry.
    """

    value: Value
    forecast: Forecast
    left_out: tuple[LeftOut, ...]
    broken_rules: Mapping[str, tuple[Reason, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Tomorrow's plan.

    Attributes
    ----------
    routes : tuple of Route
        One per technician, in the order of the problem.
    planned : tuple of PlannedVisit
        Planned on-site times by median, never overlapping; visits that have begun keep theirs.
    left_out : tuple of LeftOut
    broken_rules
        See `Explained`; over the fresh scenarios.
    before, after : Value
        The plan that was given and this one, both over the same fresh scenarios.
    searched : Value
        This plan over the scenarios that the search saw.
    rounds : int
        How many rounds were made.
    stopped : bool
        The stop rule came before the rounds were done.
    scenarios, fresh_scenarios, seed : int
    label : str
    """

    routes: tuple[Route, ...]
    planned: tuple[PlannedVisit, ...]
    left_out: tuple[LeftOut, ...]
    broken_rules: Mapping[str, tuple[Reason, ...]]
    before: Value
    after: Value
    searched: Value
    rounds: int
    stopped: bool
    scenarios: int
    fresh_scenarios: int
    seed: int
    label: str

    @property
    def optimism(self) -> float:
        """What the searched scenarios flattered: value on fresh ones less value on searched ones, driving seconds."""
        return self.after.total - self.searched.total
