"""When the world has moved since something was learned: mend what goes in first, and only then what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, pi, sqrt

import numpy as np

from goodword.engine.arrays import Floats
from goodword.engine.learning.durations import DurationModel, residuals
from goodword.engine.learning.pooling import FLAT
from goodword.engine.learning.records import DurationRecord, known, weights
from goodword.engine.types import Duration

DECAY = 0.87  # a day; planning.md 2 found spread and mean mended within days with it
SCEPTICISM = 20.0  # ours: "nothing has changed" weighs like so many records
ROUNDS = 20  # ours: stop rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Drift:
    """What durations have to be multiplied by.

    Attributes
    ----------
    longer : float
        Of the median.
    wider : float
        Of the standard deviation of the logarithm.
    weight : float
        How many recent records it rests on, older ones counted in part.
    doubt : float
        Standard error of log(longer).
    model : str
        Version of the model it corrects.
    """

    longer: float
    wider: float
    weight: float
    doubt: float
    model: str

    def corrected(self, duration: Duration) -> Duration:
        """A duration of the model, as it is these days."""
        before = log(1.0 + duration.cv**2)
        after = before * self.wider**2
        scale = self.longer * exp((after - before) / 2.0)
        return Duration(mean_s=duration.mean_s * scale, cv=sqrt(exp(after) - 1.0), assumed=duration.assumed)


def drift_of(model: DurationModel, records: Sequence[DurationRecord], *, as_of_s: float, decay: float = DECAY) -> Drift:
    """Compare a model with what was recorded since it was learned.

    Parameters
    ----------
    model : DurationModel
    records : sequence of DurationRecord
        Those heard of by `as_of_s` and done after the model's own moment count; a record that the model has seen
        would say that nothing has changed.
    as_of_s : float
    decay : float
        What a record counts after each day.

    Returns
    -------
    Drift
        Both factors 1 as long as nothing is known.
    """
    fresh = [
        each for each in known(records, as_of_s) if each.done_s > model.as_of_s and each.work_type in model.assumed
    ]
    if not fresh:
        return Drift(longer=1.0, wider=1.0, weight=0.0, doubt=0.0, model=model.version)
    off, spread = residuals(model, fresh)
    count = np.array(weights((each.done_s for each in fresh), as_of_s, decay))
    size = float((count * spread).sum() / count.sum())
    shift, wider, total = _moved(off, spread, count, model.slips)
    return Drift(
        longer=exp(shift * size), wider=wider, weight=total,
        doubt=size * wider * sqrt(float((count**2).sum())) / (total + SCEPTICISM), model=model.version,
    )  # fmt: skip


def _moved(off: Floats, spread: Floats, count: Floats, slips: float) -> tuple[float, float, float]:
    """Mean and spread of standardised misses, and their weight, without those that are rather forgotten taps."""
    shift, wider, weight = 0.0, 1.0, count
    for _ in range(ROUNDS):
        likely = (1.0 - slips) * np.exp(-0.5 * ((off - shift) / wider) ** 2) / (wider * sqrt(2.0 * pi))
        weight = count * likely / (likely + slips * spread / FLAT)
        total = float(weight.sum())
        shift = float((weight * off).sum()) / (total + SCEPTICISM)
        wider = sqrt((SCEPTICISM + float((weight * (off - shift) ** 2).sum())) / (SCEPTICISM + total))
    return shift, wider, float(weight.sum())


def shift_of_labels(stated: Floats, kept: Floats, age_days: Floats, *, decay: float = DECAY) -> float:
    """What is left to be added to the logit of stated probabilities, once the inputs were mended.

    Parameters
    ----------
    stated : ndarray, shape (n,)
        Probabilities that were stated *after* `Drift` was applied: else the same error is mended twice.
    kept : ndarray, shape (n,)
        1 or 0.
    age_days : ndarray, shape (n,)
    decay : float

    Returns
    -------
    float
        0 with no outcomes; drawn towards it by `SCEPTICISM`.
    """
    logit = np.log(stated / (1.0 - stated))
    count, shift = decay**age_days, 0.0
    for _ in range(20):
        p = 1.0 / (1.0 + np.exp(-(logit + shift)))
        usual = float((stated * (1.0 - stated)).mean()) if len(stated) else 1.0
        slope = float((count * (kept - p)).sum()) - SCEPTICISM * usual * shift
        shift += slope / (float((count * p * (1.0 - p)).sum()) + SCEPTICISM * usual)
    return shift
