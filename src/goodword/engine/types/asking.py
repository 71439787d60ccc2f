"""Questions to the engine."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.engine.checks import check_at_least, check_time
from goodword.engine.errors import Contradiction, Reversed
from goodword.engine.types.work import Stage, Visit, Window


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A visit that wants a window.

    Parameters
    ----------
    visit : Visit
        What is to be done; not in the problem, nothing recorded of it yet, its own `window` is ignored.
    windows : tuple of Window
        Candidates, in any order. Ignored for an emergency, which makes its own.
    not_before_s, deadline_s : float or None
        No window opens before the one or closes after the other.
    emergency : bool
        As early as possible: windows follow from who can be there when, as wide as the severity allows.
    wanted : int
        How many windows to choose, at least 1.

    Raises
    ------
    NotANumber, Reversed, Contradiction
    """

    visit: Visit
    windows: tuple[Window, ...] = ()
    not_before_s: float | None = None
    deadline_s: float | None = None
    emergency: bool = False
    wanted: int = 4

    def __post_init__(self) -> None:
        owner = f"request {self.visit.key}"
        check_time(self.not_before_s, name="not_before_s", owner=owner)
        check_time(self.deadline_s, name="deadline_s", owner=owner)
        check_at_least(self.wanted, 1, name="wanted", owner=owner)
        if self.not_before_s is not None and self.deadline_s is not None and self.deadline_s <= self.not_before_s:
            raise Reversed(name="span", owner=owner, from_s=self.not_before_s, to_s=self.deadline_s)
        if self.visit.stage is not Stage.PLANNED:
            raise Contradiction(owner=owner, why="its visit has already begun")


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """One visit goes to a technician and a place in the route, or comes off every route.

    Parameters
    ----------
    visit : str
        Key of a visit of the problem, routed or not.
    technician : str or None
        Key of the technician who is to make it; None takes it off.
    position : int or None
        Index in that technician's route (`Problem.route_of`) once the visit has been taken out of it; None: last.
    window : Window or None
        The window it is to be judged by afterwards; None keeps its own.
    """

    visit: str
    technician: str | None
    position: int | None = None
    window: Window | None = None
