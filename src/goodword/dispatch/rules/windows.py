"""Which windows are worth asking the engine about."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

WIDTH: Final = timedelta(hours=2)  # ours; the branch manager
STEP: Final = timedelta(hours=1)  # ours
NOTICE_NEEDED: Final = timedelta(minutes=30)  # ours: no window closes sooner than this from now
HOLD: Final = timedelta(minutes=10)  # an offer is held this long
HORIZON_DAYS: Final = 3  # ours: days looked at, today among them
UNDO_FOR: Final = timedelta(minutes=10)  # ours: so long a customer takes back what they changed by link
CHANGE_UNTIL: Final = timedelta(hours=2)  # ours: a customer moves or cancels by link up to this before the window opens


def candidates(
    spans: Iterable[tuple[datetime, datetime]], now: datetime, *, width: timedelta = WIDTH, step: timedelta = STEP
) -> Iterator[tuple[datetime, datetime]]:
    """Windows of one width on the full hour inside open spans, not ending before there is time to come."""
    for opens, closes in spans:
        start = opens.replace(minute=0, second=0, microsecond=0)
        start = start if start == opens else start + STEP
        while start + width <= closes:
            if start + width > now + NOTICE_NEEDED and start > now - width + NOTICE_NEEDED:
                yield start, start + width
            start += step
