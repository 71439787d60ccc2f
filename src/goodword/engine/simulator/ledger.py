"""What a played day left behind: every promise with what was known when it was made, and the day in sums."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.engine.types import Window


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """One promise.

    Attributes
    ----------
    visit : str
    day : int
        Seed of the day: promises of one day share its luck.
    window : Window
    raw : float
        Kept-probability that the policy computed when it was promised (1 where it knows no doubt).
    lead_s : float
        From the promise to the window's opening.
    load : float
        Planned work beside the hours of everybody on shift, then.
    position : int
        Visits before it on its route, then.
    demand : float
        Requests still expected on the day, a technician, then.
    emergency : bool
    kept : bool
    late_s : float or None
        After the window's end; None: nobody ever came.
    """

    visit: str
    day: int
    window: Window
    raw: float
    lead_s: float
    load: float
    position: int
    demand: float
    emergency: bool
    kept: bool
    late_s: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DayResult:
    """A day in sums.

    Attributes
    ----------
    asked, offered, promised : int
        Customers, those who got at least one window, those who took one.
    served, broken, void : int
        Visits at whose door somebody stood; promises not kept; promises that the customer took back in time.
    moves : int
        Visits that went to another technician or place after they were promised.
    overtime_s, driving_s : float
        Of everybody together.
    outcomes : tuple of Outcome
        All promises but the void ones.
    """

    policy: str
    day: int
    asked: int
    offered: int
    promised: int
    served: int
    broken: int
    void: int
    moves: int
    overtime_s: float
    driving_s: float
    outcomes: tuple[Outcome, ...]
