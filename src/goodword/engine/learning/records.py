"""What is learned from: one finished visit, one finished drive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from goodword.engine.checks import check_at_least, check_positive, check_time

DAY_S = 86_400.0


@dataclass(frozen=True, kw_only=True, slots=True)
class DurationRecord:
    """On-site time of one finished visit.

    Parameters
    ----------
    work_type, technician, asset_kind, customer : str
        Opaque keys; an unknown one is a key of its own ("").
    minutes : float
        As recorded, above 0.
    rounded : bool
        Entered by hand, not taken from two taps.
    done_s, recorded_s : float
        When the visit ended and when we heard of it, seconds since an origin of the caller's choice.

    Raises
    ------
    NotANumber
    """

    work_type: str
    technician: str
    asset_kind: str
    customer: str
    minutes: float
    rounded: bool = False
    done_s: float = 0.0
    recorded_s: float = 0.0

    def __post_init__(self) -> None:
        owner = f"a record of {self.technician}"
        check_positive(self.minutes, name="minutes", owner=owner)
        check_time(self.done_s, name="done_s", owner=owner)
        check_time(self.recorded_s, name="recorded_s", owner=owner)

    @property
    def bounds(self) -> tuple[float, float]:
        """Minutes between which the true time lay: a rounded one was cut to the half hour, the quarter or five."""
        if not self.rounded:
            return self.minutes, self.minutes
        grid = next((step for step in (30.0, 15.0, 5.0) if self.minutes % step == 0.0), 1.0)
        return max(self.minutes - grid / 2.0, 0.5), self.minutes + grid / 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class TripRecord:
    """One finished drive.

    Parameters
    ----------
    driven_s, matrix_s : float
        As recorded, and as the travel matrix has it; above 0.
    part, road : str
        Part of the day and class of road, opaque.
    done_s, recorded_s : float
        When it ended and when we heard of it.

    Raises
    ------
    NotANumber
    """

    driven_s: float
    matrix_s: float
    part: str
    road: str
    done_s: float = 0.0
    recorded_s: float = 0.0

    def __post_init__(self) -> None:
        check_positive(self.driven_s, name="driven_s", owner="a drive")
        check_positive(self.matrix_s, name="matrix_s", owner="a drive")
        check_time(self.done_s, name="done_s", owner="a drive")
        check_time(self.recorded_s, name="recorded_s", owner="a drive")

    @property
    def day(self) -> int:
        """Days since the origin."""
        return int(self.done_s // DAY_S)


def known[R: (DurationRecord, TripRecord)](records: Iterable[R], as_of_s: float) -> list[R]:
    """The records that we had heard of at a moment, in an order that does not depend on how they were given."""
    return sorted((each for each in records if each.recorded_s <= as_of_s), key=repr)


def fingerprint(of: object) -> str:
    """A short name that differs as soon as what was learned from differs."""
    return blake2b(repr(of).encode(), digest_size=6).hexdigest()


def weights(done_s: Iterable[float], as_of_s: float, decay: float) -> list[float]:
    """What a record still counts: `decay` to the power of its age in days; 1 for what lies ahead of `as_of_s`."""
    check_at_least(decay, 0.0, name="decay", owner="learning")
    return [float(decay ** max((as_of_s - each) / DAY_S, 0.0)) for each in done_s]
