"""How well windows were forecast: the probability stated when each was agreed on, beside whether it was kept."""

from datetime import datetime

import numpy as np

from goodword.crew.models import Branch
from goodword.dispatch.queries.labels import ENDED, chosen_of, promised_of
from goodword.engine.learning import Reliability, reliability
from goodword.kit.calendar import zone
from goodword.promises.models import Promise
from goodword.promises.rules import State


def how_well(branch: Branch, since: datetime, until: datetime) -> Reliability:
    """Windows whose time was up in a span, that were chosen among offers and then kept or broken.

    What a customer changed or released is no verdict on the forecast and is left out. Two queries.
    """
    promised, where = promised_of(branch, since, until), zone(branch.zone)
    stated, kept, day = [], [], []
    for key, option in chosen_of(branch, since, until).items():
        state = _state(promised.get(key))
        if state in ENDED:
            stated.append(option.p_kept)
            kept.append(1.0 if state == State.KEPT else 0.0)
            day.append(key[2].astimezone(where).date().toordinal())
    return reliability(np.array(stated), np.array(kept), np.array(day, dtype=np.int64))


def _state(promise: Promise | None) -> str:
    verdict = getattr(promise, "verdict", None)
    return verdict.state if verdict is not None else State.OPEN
