"""How much longer drives take than the matrix says, by part of the day and class of road."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from goodword.engine.learning.pooling import Pooled, Prior, Sample, pooled
from goodword.engine.learning.records import TripRecord, fingerprint, known

LEARNED_FROM = 30  # ours: with fewer drives of a part and road its factor is shown as assumed
USUAL = 0.02  # ours: assumed variance between parts of the day, between roads, and of the common factor
LEG, SHARED = 0.012, 0.01  # ours: variances of a leg and of a day, as `Travel` assumes them (0.11 and 0.10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Factor:
    """What to multiply matrix seconds by, with its 95 % interval and the number of drives it rests on."""

    factor: float
    low: float
    high: float
    n: int
    assumed: bool


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class TravelModel:
    """A frozen model.

    Attributes
    ----------
    version : str
    n : int
    day_cv, leg_cv : float
        Spread shared by a day, and of each leg; as `Travel` reads them.
    levels : mapping
        Of parts, roads and of both together.
    """

    version: str
    n: int
    day_cv: float
    leg_cv: float
    levels: tuple[Mapping[str, int], ...]
    counts: Counter[str]
    found: Pooled

    def factor(self, part: str, road: str) -> Factor:
        """The factor of a part of the day on a class of road; 1, assumed, before any drive."""
        columns, start, unknown = [0], 1, 0.0
        for place, key in enumerate((part, road, _both(part, road))):
            level = self.levels[place].get(key)
            if level is not None:
                columns.append(start + level)
            else:
                unknown += float(self.found.factors[place])
            start += len(self.levels[place])
        centre = float(self.found.mean[columns].sum())
        half = 1.96 * sqrt(self.found.variance(columns, None) + unknown)
        n = self.counts[_both(part, road)]
        return Factor(
            factor=exp(centre), low=exp(centre - half), high=exp(centre + half), n=n, assumed=n < LEARNED_FROM
        )


def learn_travel(records: Iterable[TripRecord], *, as_of_s: float) -> TravelModel:
    """Learn travel factors as of a moment, now or past.

    Parameters
    ----------
    records : iterable of TripRecord
        In any order; those heard of later than `as_of_s` are left out.
    as_of_s : float

    Returns
    -------
    TravelModel
        The factor is that of the median drive; the days' own factors are kept apart, as the shared spread.
    """
    heard = known(records, as_of_s)
    keys = [(each.part, each.road, _both(each.part, each.road)) for each in heard]
    levels = tuple({key: n for n, key in enumerate(sorted({each[place] for each in keys}))} for place in range(3))
    days = {day: place for place, day in enumerate(sorted({each.day for each in heard}))}
    ratio = np.array([log(each.driven_s / each.matrix_s) for each in heard], dtype=np.float64)
    sample = Sample(
        low=ratio, high=ratio, offset=np.zeros(len(heard)), weight=np.ones(len(heard)),
        codes=np.array([[levels[at][key[at]] for at in range(3)] for key in keys], dtype=np.int64).reshape(-1, 3),
        many=np.array([days[each.day] for each in heard], dtype=np.int64), group=np.zeros(len(heard), dtype=np.int64),
    )  # fmt: skip
    prior = Prior(
        common=USUAL, factors=np.array([USUAL, USUAL, USUAL / 4.0]), many=SHARED, noise=np.array([LEG]),
        levels=tuple(len(each) for each in levels), most=len(days),
    )  # fmt: skip
    found = pooled(sample, prior)
    return TravelModel(
        version=f"travel-{fingerprint((heard, as_of_s))}", n=len(heard),
        day_cv=sqrt(exp(found.many) - 1.0), leg_cv=sqrt(exp(float(found.noise[0])) - 1.0),
        levels=levels, counts=Counter(key[2] for key in keys), found=found,
    )  # fmt: skip


def _both(part: str, road: str) -> str:
    return f"{part}\0{road}"
