"""How much is tried: a little with every change, a lot in ``make campaign`` (``GOODWORD_CAMPAIGN=1``)."""

import os
from collections import Counter

CAMPAIGN = bool(os.environ.get("GOODWORD_CAMPAIGN"))
TALLY: Counter[str] = Counter()


def size(small: int, campaign: int) -> int:
    return campaign if CAMPAIGN else small
