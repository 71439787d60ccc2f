"""Answers of the engine: numbers, codes and facts. The room `dispatch` puts them into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodword.engine.types.codes import Reason
from goodword.engine.types.work import Planned, Window


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantiles:
    """10 %, 50 % and 90 % quantiles of a time, seconds since the origin: the whisker and its dot."""

    p10_s: float
    p50_s: float
    p90_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitForecast:
    """What will happen to one visit.

    Attributes
    ----------
    visit : str
    technician : str or None
        None: unassigned.
    departure, arrival, finish : Quantiles or None
        Leaving for it, standing at the door (early arrival waits until the window opens), leaving again. None:
        unknown, see `reason`. Facts have three equal quantiles.
    p_kept : float or None
        Probability that the arrival keeps its window (1 or 0 once arrived). None: no window, or unknown.
    happened : bool
        The arrival is a recorded fact, not a forecast.
    travel_s : float or None
        Matrix seconds of the drive to it, without spread.
    assumed : bool
        Durations or travel that it rests on have not been learned yet.
    reason : Reason or None
        Why there is no forecast.
    """

    visit: str
    technician: str | None = None
    departure: Quantiles | None = None
    arrival: Quantiles | None = None
    finish: Quantiles | None = None
    p_kept: float | None = None
    happened: bool = False
    travel_s: float | None = None
    assumed: bool = True
    reason: Reason | None = None

    @property
    def p_miss(self) -> float | None:
        """Probability that the window is missed; None where `p_kept` is."""
        return None if self.p_kept is None else 1.0 - self.p_kept


@dataclass(frozen=True, kw_only=True, slots=True)
class TechnicianForecast:
    """What will happen to one shift.

    Attributes
    ----------
    technician : str
    end : Quantiles or None
        End of the day, at the last site or back at `end_site`; None: unknown (an unreachable leg).
    p_overtime, p_over_limit : float or None
        Probability of working past the shift's end, and past its end + `overtime_limit_s`.
    overtime_s : float or None
        Expected seconds past the shift's end.
    p_break_late : float or None
        Probability that a break begins after its `latest_s`; None: no breaks.
    """

    technician: str
    end: Quantiles | None
    p_overtime: float | None
    p_over_limit: float | None
    overtime_s: float | None
    p_break_late: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """Forecasts of every visit and every shift of a problem, by key."""

    visits: Mapping[str, VisitForecast]
    technicians: Mapping[str, TechnicianForecast]
    scenarios: int
    seed: int
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseChange:
    """One promise before and after. None: it had, or would have, no forecast (unassigned, unreachable)."""

    visit: str
    p_before: float | None
    p_after: float | None
    arrival_before_s: float | None
    arrival_after_s: float | None

    @property
    def worse_by(self) -> float:
        """How much kept-probability is lost; unknown counts as 0 (G-5: nothing defaults to good, see the None)."""
        return (self.p_before or 0.0) - (self.p_after or 0.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedVisit:
    """A planned on-site time to be written when an option is taken; those of one technician never overlap."""

    visit: str
    planned: Planned


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowOption:
    """A window and who would keep it.

    Attributes
    ----------
    window : Window
    technician : str
    position : int
        Index in `Problem.route_of(technician)` before which the visit goes in; between `after` and `before`.
    after, before : str or None
        Neighbours in the route, by visit key; None: it comes first or last.
    planned : Planned
        Median arrival and median finish; never overlaps what is already planned for this technician.
    shifted : tuple of PlannedVisit
        Visits behind it whose planned time has to move to make room (their windows stay).
    arrival : Quantiles
    p_kept : float
    added_travel_s : float
    added_travel_m : float or None
    added_overtime_s : float
        Expected.
    cost : float
        Price in driving seconds (see `Costs`); lower is better.
    endangered : tuple of PromiseChange
        Existing promises that become less sure, worst first.
    reasons : tuple of Reason
        Why this one.
    assumed : bool
        It rests on durations or travel that have not been learned yet.
    """

    window: Window
    technician: str
    position: int
    after: str | None
    before: str | None
    planned: Planned
    shifted: tuple[PlannedVisit, ...]
    arrival: Quantiles
    p_kept: float
    added_travel_s: float
    added_travel_m: float | None
    added_overtime_s: float
    cost: float
    endangered: tuple[PromiseChange, ...]
    reasons: tuple[Reason, ...]
    assumed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Miss:
    """A window that is not offered, why, and the nearest that could be done (for a person with authority)."""

    window: Window
    reason: Reason
    nearest: WindowOption | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Offers:
    """Windows for one request.

    Attributes
    ----------
    options : tuple of WindowOption
        The chosen ones, best first, differing usefully. Empty: none can be kept, see `reasons`.
    further : tuple of WindowOption
        The rest that could be kept too, cheapest first.
    misses : tuple of Miss
        The windows that are not offered, by time.
    reasons : tuple of Reason
        Why there is nothing at all; empty when there are options.
    looked_at : int
        How many (technician, position, window) were judged.
    """

    options: tuple[WindowOption, ...]
    further: tuple[WindowOption, ...]
    misses: tuple[Miss, ...]
    reasons: tuple[Reason, ...]
    looked_at: int
    scenarios: int
    seed: int
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """Is a held option still good? `option` is the option as it stands now; None: no longer, see `reason`."""

    option: WindowOption | None
    reason: Reason | None = None

    @property
    def good(self) -> bool:
        """The window can still be kept."""
        return self.option is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Consequence:
    """What a move would do.

    Attributes
    ----------
    promises : tuple of PromiseChange
        Every promise whose forecast changes, the moved visit first, then the worst.
    technicians : tuple of (TechnicianForecast or None, TechnicianForecast or None)
        The touched shifts, before and after.
    added_travel_s, added_travel_m
        Over both routes; negative: less driving. None: a leg is unreachable, or no distances.
    planned : tuple of PlannedVisit
        Planned times to write with the move, the moved visit first.
    objections : tuple of Reason
        What speaks against it, hard ones first (`FROZEN`, skills, ...); empty: nothing.
    allowed : bool
        No hard objection; floors and overtime are a person's judgement.
    """

    promises: tuple[PromiseChange, ...]
    technicians: tuple[tuple[TechnicianForecast, TechnicianForecast], ...]
    added_travel_s: float | None
    added_travel_m: float | None
    planned: tuple[PlannedVisit, ...]
    objections: tuple[Reason, ...]
    allowed: bool
