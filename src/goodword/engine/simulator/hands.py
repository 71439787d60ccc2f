"""What stands in the book, and where everybody is: the moving parts of a played day."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from goodword.engine.simulator.world import Asked
from goodword.engine.types import Progress, Stage, Technician, Visit, Window


class Doing(Enum):
    """What a technician does."""

    OFF = 0
    IDLE = 1
    BUSY = 2  # drives, waits at a door, works, rests
    GONE = 3


@dataclass(slots=True)
class Booked:
    """A customer who was promised a window."""

    asked: Asked
    window: Window
    raw: float
    lead_s: float
    load: float
    position: int
    demand: float
    left_s: float | None = None
    arrived_s: float | None = None
    finished_s: float | None = None
    void: bool = False

    @property
    def stage(self) -> Stage:
        return self.progress.stage

    @property
    def progress(self) -> Progress:
        return Progress(
            on_the_way_s=self.left_s, arrived_s=self.arrived_s, started_s=self.arrived_s, finished_s=self.finished_s
        )

    @property
    def visit(self) -> Visit:
        """As a branch sees it."""
        return seen(self.asked, window=self.window, progress=self.progress)


def seen(asked: Asked, *, window: Window | None = None, progress: Progress | None = None) -> Visit:
    """What a branch knows of a customer's visit."""
    return Visit(
        key=asked.key, site=asked.site, duration=asked.believed, skills={asked.skill: 1} if asked.skill else {},
        window=window, severity=asked.severity, progress=progress or Progress(),
    )  # fmt: skip


@dataclass(slots=True)
class Hand:
    """A technician and the route as it stands: first what has begun, then what is to come."""

    technician: Technician
    site: int
    free_s: float
    route: list[str] = field(default_factory=list)
    begun: int = 0
    doing: Doing = Doing.OFF
    rested: bool = False
    sick: bool = False
    turn: int = 0  # a wake-up of an earlier turn is out of date
    driving_s: float = 0.0

    @property
    def next_key(self) -> str | None:
        """The visit that comes next."""
        return self.route[self.begun] if self.begun < len(self.route) else None
