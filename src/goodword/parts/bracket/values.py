"""What is known about one promise of a time, and what is drawn of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Any


class State(StrEnum):
    QUIET = "quiet"
    AT_RISK = "at-risk"
    LATE = "late"
    TOLD = "told"
    KEPT = "kept"
    BROKEN = "broken"
    NO_FORECAST = "no-forecast"
    RELEASED = "released"
    VOID = "void"


class Audience(StrEnum):
    OFFICE = "office"
    TECHNICIAN = "technician"
    CUSTOMER = "customer"


@dataclass(frozen=True, kw_only=True)
class Bracket:
    """One promise, in plain values. Instants are aware; ``zone`` is the site's.

    ``opens_at`` None means that only a latest time was promised ("by 10:40"). ``old_opens_at`` and ``old_closes_at``
    are the window before the last agreement. ``state`` is the server's answer; without one it follows from the values.
    ``scale`` is the span that several drawings share (a column of stops, the board's day); without one the drawing
    fills its own width. ``told_at`` is when the customer heard, ``known_at`` when we knew.
    """

    closes_at: datetime
    opens_at: datetime | None = None
    old_opens_at: datetime | None = None
    old_closes_at: datetime | None = None
    p10: datetime | None = None
    p50: datetime | None = None
    p90: datetime | None = None
    arrived_at: datetime | None = None
    p_kept: float | None = None
    amber_since: datetime | None = None
    known_at: datetime | None = None
    told_at: datetime | None = None
    early_agreed: bool = False
    unassigned: bool = False
    state: State | None = None
    zone: tzinfo = UTC
    audience: Audience = Audience.OFFICE
    scale: tuple[datetime, datetime] | None = None


@dataclass(frozen=True)
class Label:
    """A time written under the drawing at ``at`` (0 to 1). ``said`` is the one in the state's colour."""

    at: float
    text: str
    said: bool = False
    icon: str = ""


@dataclass(frozen=True)
class Beside:
    """What stands beside a drawing: an icon, a word and the state whose colour it takes."""

    state: State
    icon: str
    text: str


@dataclass(frozen=True, kw_only=True)
class BracketView:
    """What a page or a script needs to draw one promise: places from 0 to 1, a state, words."""

    state: State
    audience: Audience
    closes: float
    opens: float | None = None
    old_opens: float | None = None
    old_closes: float | None = None
    p10: float | None = None
    p50: float | None = None
    p90: float | None = None
    arrived: float | None = None
    early: bool = False
    labels: tuple[Label, ...] = ()
    words: str = ""
    beside: Beside | None = None

    def as_data(self) -> dict[str, Any]:
        """The same as JSON can hold it, for scripts: they scale, they never reckon."""
        places = ("opens", "closes", "old_opens", "old_closes", "p10", "p50", "p90", "arrived")
        return {
            "state": self.state.value,
            "places": {name: round(value, 5) for name in places if (value := getattr(self, name)) is not None},
            "labels": [{"at": round(label.at, 5), "text": label.text, "said": label.said} for label in self.labels],
            "words": self.words,
            "beside": None if self.beside is None else {"icon": self.beside.icon, "text": self.beside.text},
        }
