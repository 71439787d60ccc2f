"""Technicians: one person on one shift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from goodword.engine.checks import check_at_least, check_interval, check_positive
from goodword.engine.errors import NotANumber

Skills = Mapping[str, int]
"""Skill to level; a level is a whole number of at least 1, and a higher level covers every lower one."""


def frozen_skills(skills: Skills, *, owner: str) -> Skills:
    """Return a read-only copy of `skills`, refusing levels below 1.

    Raises
    ------
    NotANumber
    """
    for skill, level in skills.items():
        if level < 1:
            raise NotANumber(name=f"level of skill {skill}", owner=owner, value=level, needed="at least 1")
    return MappingProxyType(dict(skills))


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """A rest that must fall into the shift, between two visits or while waiting for a window to open.

    It is taken at the first free moment from `earliest_s` on. Beginning after `latest_s` is late: an offer may not
    make that more likely than `Policy.break_late_share`.

    Parameters
    ----------
    earliest_s, latest_s : float
        Seconds since the origin between which it should begin.
    length_s : float
        How long it lasts, seconds.

    Raises
    ------
    NotANumber, Reversed
    """

    earliest_s: float
    latest_s: float
    length_s: float

    def __post_init__(self) -> None:
        check_interval(self.earliest_s, self.latest_s, name="break", owner="a technician")
        check_positive(self.length_s, name="length_s", owner="a break")


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """A time in which the technician neither drives nor works. One that reaches the shift's end means "gone home".

    Parameters
    ----------
    from_s, to_s : float
        Seconds since the origin.

    Raises
    ------
    NotANumber, Reversed
    """

    from_s: float
    to_s: float

    def __post_init__(self) -> None:
        check_interval(self.from_s, self.to_s, name="absence", owner="a technician")


@dataclass(frozen=True, kw_only=True, slots=True)
class Technician:
    """One person on one shift. Somebody who works on three days of the problem stands in it three times.

    Parameters
    ----------
    key : str
        Unique in the problem, opaque ("ade" or "ade:2026-11-02").
    shift_start_s, shift_end_s : float
        Seconds since the origin. Driving begins at the start.
    start_site : int
        Index into the travel matrix where the shift begins (home or depot).
    end_site : int or None
        Where it must end; the drive there is working time. None: it ends at the last visit.
    skills : mapping of str to int
        Skill to level.
    parts : frozenset of str
        What is in the van.
    duration_factor : float
        On-site time of this person beside the average; 1.2 is a fifth slower.
    breaks, absences : tuple
        See `Break` and `Absence`.
    overtime_limit_s : float
        Minutes past the shift's end that count as tolerable; ours: 30 (planning.md 3), set per branch.
    person : str
        Who it is, over all shifts; `Visit.preferred`, `only` and `never` name persons. Empty: the same as `key`.
    day : int
        Shifts with the same number share one traffic factor of the day.

    Raises
    ------
    NotANumber, Reversed
    """

    key: str
    shift_start_s: float
    shift_end_s: float
    start_site: int
    end_site: int | None = None
    skills: Skills = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    duration_factor: float = 1.0
    breaks: tuple[Break, ...] = ()
    absences: tuple[Absence, ...] = ()
    overtime_limit_s: float = 1800.0
    person: str = ""
    day: int = 0

    def __post_init__(self) -> None:
        owner = f"technician {self.key}"
        check_interval(self.shift_start_s, self.shift_end_s, name="shift", owner=owner)
        check_positive(self.duration_factor, name="duration_factor", owner=owner)
        check_at_least(self.overtime_limit_s, 0.0, name="overtime_limit_s", owner=owner)
        object.__setattr__(self, "skills", frozen_skills(self.skills, owner=owner))
        object.__setattr__(self, "person", self.person or self.key)
