"""What things cost, and the thresholds of the rules: every number in one place, with who may change it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from goodword.engine.checks import check_at_least, check_share
from goodword.engine.types.work import Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Costs:
    """Prices, all in one unit: the second of driving. Every number is ours; a branch manager may change any.

    Parameters
    ----------
    driving : float
        One second at the wheel, by definition 1.
    overtime : float
        One expected second past the shift's end.
    waiting : float
        One expected second before a window opens.
    broken_routine, broken_urgent, broken_safety : float
        One promise surely missed, by severity; a probability counts in proportion.
    lateness_share, lateness_scale_s : float
        Late arrivals cost `lateness_share` of a broken promise more for every `lateness_scale_s` they are late:
        without it a plan abandons promises it has already lost (planning.md 2: 0.5 and 120 min).
    technician_change : float
        Somebody other than a preferred person comes.
    notice : float
        Telling a customer of one change.
    unserved : float
        A visit that nobody makes.
    emergency_wait : float
        One second that an emergency waits for somebody at its door.

    Raises
    ------
    NotANumber
    """

    driving: float = 1.0
    overtime: float = 2.0
    waiting: float = 0.05
    broken_routine: float = 7_200.0
    broken_urgent: float = 14_400.0
    broken_safety: float = 28_800.0
    lateness_share: float = 0.5
    lateness_scale_s: float = 7_200.0
    technician_change: float = 900.0
    notice: float = 1_800.0
    unserved: float = 36_000.0
    emergency_wait: float = 3.0

    def __post_init__(self) -> None:
        for each in fields(self):
            check_at_least(getattr(self, each.name), 0.0, name=each.name, owner="costs")
        check_at_least(self.lateness_scale_s, 1.0, name="lateness_scale_s", owner="costs")

    def broken(self, severity: Severity) -> float:
        """Price of one promise surely missed."""
        return (self.broken_routine, self.broken_urgent, self.broken_safety)[severity]


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """Thresholds that decide what may be offered.

    Parameters
    ----------
    offer_at_least : float
        Least kept-probability of a window that is offered. Ours: 0.93 (planning.md 2); the branch manager.
    floor : float
        Least kept-probability to which an insertion may push an existing promise. Ours: 0.90, the amber line of
        P-28, so that a booking never turns somebody else's promise amber; the branch manager.
    floor_loss : float
        What a promise that is already below its floor may lose at most by one insertion. Ours: 0.02.
    overtime_share : float
        Most allowed probability of working past shift end + `Technician.overtime_limit_s`; where it is already
        higher, an insertion may neither raise it nor add overtime. Ours: 0.10 (planning.md 3); the branch manager.
    overtime_slack_s : float
        Expected overtime that counts as none added. Ours: 60.
    absence_share : float
        Most allowed probability that the new visit runs into an absence. Ours: 0.10.
    break_late_share : float
        Most allowed probability that a break begins after its `latest_s`. Ours: 0.10; law may demand less.
    grace_s : float
        An arrival this far outside the window counts as inside (P-14: 60 s; clocks differ). Nobody changes it.
    emergency_width_s : tuple of float
        Least width of an emergency's window by severity (routine, urgent, safety). Ours: 4 h, 2 h, 1 h.
    emergency_widest_s : float
        No emergency window is wider. Ours: 6 h.
    round_s : float
        Windows made by the engine begin and end on this grid. Ours: 15 min.
    most_stops : int
        Stop rule: after this many re-computed stops a search ends with what it has. Ours: 400,000, some 50 times
        what the largest branch needs and well under a second or two.

    Raises
    ------
    NotANumber
    """

    offer_at_least: float = 0.93
    floor: float = 0.90
    floor_loss: float = 0.02
    overtime_share: float = 0.10
    overtime_slack_s: float = 60.0
    absence_share: float = 0.10
    break_late_share: float = 0.10
    grace_s: float = 60.0
    emergency_width_s: tuple[float, float, float] = (14_400.0, 7_200.0, 3_600.0)
    emergency_widest_s: float = 21_600.0
    round_s: float = 900.0
    most_stops: int = 400_000

    def __post_init__(self) -> None:
        for name in ("offer_at_least", "floor", "floor_loss", "overtime_share", "absence_share", "break_late_share"):
            check_share(getattr(self, name), name=name, owner="policy")
        check_at_least(self.grace_s, 0.0, name="grace_s", owner="policy")
        check_at_least(self.overtime_slack_s, 0.0, name="overtime_slack_s", owner="policy")
        check_at_least(self.round_s, 1.0, name="round_s", owner="policy")
        check_at_least(self.emergency_widest_s, 1.0, name="emergency_widest_s", owner="policy")
        check_at_least(self.most_stops, 1, name="most_stops", owner="policy")
        for width_s in self.emergency_width_s:
            check_at_least(width_s, 1.0, name="emergency_width_s", owner="policy")
