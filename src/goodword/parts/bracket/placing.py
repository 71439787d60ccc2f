"""Where the times stand under a drawing, so that no two touch at the narrowest width it is made for.

The drawing is fluid: an anchor is a share of the width, a shift is in px. Shifts are reckoned at the narrow width;
wider only leaves more room.
"""

from dataclasses import dataclass

from goodword.parts.bracket.values import Label

NARROW = 320.0  # px: the customer's page on a phone of 360
GAP = 10.0
ICON = 1.15  # of the text size, with its space

_WIDTHS = {":": 0.25, " ": 0.2, ".": 0.25, ",": 0.25, "t": 0.33, "r": 0.35, "f": 0.3, "m": 0.83, "w": 0.73}
_WIDTHS |= dict.fromkeys("ijl", 0.25)


@dataclass(frozen=True)
class Placed:
    label: Label
    shift: float
    """px from the anchor to the text's middle."""
    width: float


def text_width(text: str, px: float, *, bold: bool = False) -> float:
    """About how wide Source Sans 3 sets ``text``; a little generous (capitals and what we do not know count 0.62)."""
    ems = sum(_WIDTHS.get(c, 0.5 if c.isdigit() or c.islower() else 0.62) for c in text)
    return ems * px * (1.06 if bold else 1.0)


def place(labels: tuple[Label, ...], px: float, width: float = NARROW) -> list[Placed]:
    """Put the said time first, then every edge beside it where there is room; an edge that has none is left out.

    Parameters
    ----------
    labels
        In order of time except the said one, which comes last.
    px
        Text size.
    width
        Narrowest width of the drawing, px.
    """
    taken: list[tuple[float, float]] = []
    placed: list[Placed] = []
    for label in sorted(labels, key=lambda each: (not each.said, each.at not in (0.0, 1.0))):
        wide = text_width(label.text, px, bold=label.said) + (ICON * px if label.icon else 0)
        anchor = label.at * width
        middle = _free_middle(min(max(anchor, wide / 2), width - wide / 2), wide, taken, width)
        if middle is None:
            continue
        taken.append((middle - wide / 2, middle + wide / 2))
        placed.append(Placed(label, round(middle - anchor, 1), wide))
    return sorted(placed, key=lambda each: each.label.at)


def _free_middle(wanted: float, wide: float, taken: list[tuple[float, float]], width: float) -> float | None:
    """The free middle nearest to ``wanted``, at most one text's width away; None when there is none."""
    half, apart = wide / 2 - 0.01, wide / 2 + GAP - 0.01
    candidates = [wanted]
    for start, end in taken:
        candidates += [start - GAP - wide / 2, end + GAP + wide / 2]
    fits = [
        middle
        for middle in candidates
        if half <= middle <= width - half
        and all(middle + apart <= start or middle - apart >= end for start, end in taken)
    ]
    best = min(fits, key=lambda middle: abs(middle - wanted), default=None)
    return best if best is not None and abs(best - wanted) <= wide else None
