"""The geometry of one drawing: ``h`` is the bracket's height, everything else follows from it. All in px."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil


class Size(StrEnum):
    ROW = "row"
    BOARD = "board"
    TRAY = "tray"
    LARGE = "large"


@dataclass(frozen=True, kw_only=True)
class Geometry:
    h: float
    stroke: float
    dots: tuple[float, float]
    whisker: float
    cap: float
    radius: float
    halo: float
    tick: float
    tick_extra: float
    hollow: float
    limb: float
    late_line: float
    text: float = 0.0

    @property
    def foot(self) -> float:
        return max(3.5, 0.3 * self.h)

    @property
    def above(self) -> int:
        """Room above and below the middle line, for whatever is tallest; whole px, so that lines stay sharp."""
        return ceil(max(self.h + self.tick_extra, 2 * self.radius + self.halo, self.h + self.stroke) / 2)


def small(h: float, *, text: float = 0.0) -> Geometry:
    """Board, tray, stop list, table cell."""
    return Geometry(
        h=h, stroke=1.5, dots=(1.0, 4.0), whisker=2.0, cap=1.5, radius=max(3.4, 0.25 * h), halo=0.75,
        tick=2.5, tick_extra=0.0, hollow=1.0, limb=3.5, late_line=1.0, text=text,
    )  # fmt: skip


def large(h: float, *, text: float) -> Geometry:
    """Phone, customer's page, story page."""
    return Geometry(
        h=h, stroke=2.0, dots=(1.5, 6.0), whisker=3.0, cap=2.25, radius=6.5, halo=1.5,
        tick=4.0, tick_extra=4.0, hollow=1.25, limb=5.0, late_line=1.5, text=text,
    )  # fmt: skip


def geometry(size: Size, *, customer: bool) -> Geometry:
    match size:
        case Size.ROW:
            return small(14)
        case Size.BOARD:
            return small(11)
        case Size.TRAY:
            return small(20, text=12)
        case Size.LARGE:
            return large(26, text=17) if customer else large(26, text=15)
