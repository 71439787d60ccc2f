"""Visits: what is to be done where, how long it may take, what was promised and what has happened so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from goodword.engine.checks import check_at_least, check_interval, check_positive, check_share, check_time
from goodword.engine.types.people import Skills, frozen_skills


class Severity(IntEnum):
    """How much a missed visit hurts; prices per step are in `Costs`."""

    ROUTINE = 0
    URGENT = 1  # no heat or no water (S-6)
    SAFETY = 2  # gas, flood, fire (S-5)


class Stage(IntEnum):
    """How far a visit has come, in this order."""

    PLANNED = 0
    ON_THE_WAY = 1
    ARRIVED = 2
    STARTED = 3
    DONE = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Duration:
    """On-site time as a lognormal distribution.

    Parameters
    ----------
    mean_s : float
        Mean, seconds, above 0.
    cv : float
        Standard deviation divided by the mean; 0 means exactly `mean_s`.
    assumed : bool
        True until it was learned from finished visits; answers that rest on it say so.

    Raises
    ------
    NotANumber
    """

    mean_s: float
    cv: float = 0.0
    assumed: bool = True

    def __post_init__(self) -> None:
        check_positive(self.mean_s, name="mean_s", owner="a duration")
        check_at_least(self.cv, 0.0, name="cv", owner="a duration")


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """An arrival window: what was said, or could be said, to the customer.

    Parameters
    ----------
    opens_s, closes_s : float
        Seconds since the origin.
    early_agreed : bool
        The customer agreed to an early start (P-14); an arrival before `opens_s` is then no break.
    group : str
        Windows of one group are alike to the customer ("Tuesday morning"); offers take different groups first.
        Empty: the half-day (12 hours since the origin) in which its middle lies.

    Raises
    ------
    NotANumber, Reversed
    """

    opens_s: float
    closes_s: float
    early_agreed: bool = False
    group: str = ""

    def __post_init__(self) -> None:
        check_interval(self.opens_s, self.closes_s, name="window", owner="a promise or offer")


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """What has been recorded of a visit, seconds since the origin; None is "not yet".

    Times of different devices may contradict each other: only the furthest stage counts.

    Raises
    ------
    NotANumber
    """

    on_the_way_s: float | None = None
    arrived_s: float | None = None
    started_s: float | None = None
    finished_s: float | None = None

    def __post_init__(self) -> None:
        for name in ("on_the_way_s", "arrived_s", "started_s", "finished_s"):
            check_time(getattr(self, name), name=name, owner="a visit's progress")

    @property
    def stage(self) -> Stage:
        """The furthest stage recorded."""
        if self.finished_s is not None:
            return Stage.DONE
        if self.started_s is not None:
            return Stage.STARTED
        if self.arrived_s is not None:
            return Stage.ARRIVED
        return Stage.PLANNED if self.on_the_way_s is None else Stage.ON_THE_WAY

    @property
    def door_s(self) -> float | None:
        """When the technician is known to have been at the door: the arrival, else the start of work."""
        return self.arrived_s if self.arrived_s is not None else self.started_s


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """The planned on-site time of a visit, as it blocks the technician's calendar (no driving in it).

    Raises
    ------
    NotANumber, Reversed
    """

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        check_interval(self.start_s, self.end_s, name="planned time", owner="a visit")


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One trip by one technician to one site.

    Parameters
    ----------
    key : str
        Unique in the problem, opaque. Its random draws depend on the key and the problem's seed alone, so that the
        same visit meets the same luck in every alternative.
    site : int
        Index into the travel matrix.
    duration : Duration
        On-site time for the average technician.
    skills, parts
        What it needs; a technician must have every skill at this level or above, and every part.
    window : Window or None
        The arrival window that was promised. None: no promise.
    not_before_s : float or None
        Work may not begin earlier (a part arrives at noon), promise or not.
    planned : Planned or None
        Its present planned on-site time. None when it blocks nobody's calendar (any more).
    severity : Severity
        Prices a miss.
    floor : float or None
        The least kept-probability to which an insertion may push this promise; None: `Policy.floor`.
    pinned : bool
        Its technician may not be changed by a move.
    preferred, only, never : frozenset of str
        Persons (see `Technician.person`): better, exclusively (empty: anybody), not at all.
    helpers : frozenset of str
        Technician keys that help; their calendar is blocked for the planned time.
    progress : Progress
        What has happened so far.

    Raises
    ------
    NotANumber
    """

    key: str
    site: int
    duration: Duration
    skills: Skills = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    window: Window | None = None
    not_before_s: float | None = None
    planned: Planned | None = None
    severity: Severity = Severity.ROUTINE
    floor: float | None = None
    pinned: bool = False
    preferred: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    helpers: frozenset[str] = frozenset()
    progress: Progress = Progress()

    def __post_init__(self) -> None:
        owner = f"visit {self.key}"
        check_time(self.not_before_s, name="not_before_s", owner=owner)
        if self.floor is not None:
            check_share(self.floor, name="floor", owner=owner)
        object.__setattr__(self, "skills", frozen_skills(self.skills, owner=owner))

    @property
    def stage(self) -> Stage:
        """The furthest stage recorded."""
        return self.progress.stage
