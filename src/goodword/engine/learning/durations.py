"""How long work takes: log-minutes = work type + technician + asset kind + customer, learned by partial pooling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from goodword.engine.arrays import Floats, Ints
from goodword.engine.learning.pooling import Pooled, Prior, Sample, pooled
from goodword.engine.learning.records import DurationRecord, fingerprint, known, weights
from goodword.engine.lognormal import normal_quantile, shape_of
from goodword.engine.types import Duration

LEARNED_FROM = 10  # ours: with fewer finished visits of a work type its numbers are shown as assumed
FORGETTING = 1.0  # ours: effects forget nothing; what drifts is mended by `drift`
DOUBT_SHARE = 0.30  # ours: of an assumed variance so much is doubt about the effects, in five equal parts
EFFECTS = ("work_type", "technician", "asset_kind")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What is asked about. None: nobody knows yet who comes, to what, or whose it is."""

    work_type: str
    technician: str | None = None
    asset_kind: str | None = None
    customer: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Learned:
    """One answer.

    Attributes
    ----------
    median_min, mean_min, cv : float
        Of the lognormal distribution, minutes; the doubt about the effects is in its spread.
    low_min, high_min : float
        95 % interval of the median; what the cell leaves open (who comes, whose it is) widens it.
    n : int
        Finished visits of the work type it rests on.
    n_cell : int
        Those that were this very cell.
    assumed : bool
        True below `LEARNED_FROM`.
    """

    median_min: float
    mean_min: float
    cv: float
    low_min: float
    high_min: float
    n: int
    n_cell: int
    assumed: bool

    def quantile_min(self, share: float) -> float:
        """Minutes that are not exceeded with this probability."""
        z = float(normal_quantile(np.array([share]))[0])
        return self.median_min * exp(z * sqrt(log(1.0 + self.cv * self.cv)))

    @property
    def duration(self) -> Duration:
        """The same as the engine reads it."""
        return Duration(mean_s=self.mean_min * 60.0, cv=self.cv, assumed=self.assumed)


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class DurationModel:
    """A frozen model.

    Attributes
    ----------
    version : str
        Names the records, the assumptions and the moment: the same three make the same model.
    as_of_s : float
    n : int
        Finished visits it rests on.
    slips : float
        Share of them taken for forgotten taps.
    assumed : mapping
        What was assumed of each work type.
    levels : mapping of str to mapping of str to int
    counts : Counter
        Finished visits by (effect, level) and by cell.
    found : Pooled
    """

    version: str
    as_of_s: float
    n: int
    slips: float
    assumed: Mapping[str, Duration]
    levels: Mapping[str, Mapping[str, int]]
    counts: Counter[tuple[str, ...]]
    found: Pooled

    def learned(self, cell: Cell) -> Learned:
        """Answer for a cell.

        Raises
        ------
        KeyError
            A work type of which nothing was assumed.
        """
        before = self.assumed[cell.work_type]
        offset = shape_of(before.mean_s / 60.0, before.cv)[0]
        columns, unknown = [0], 0.0
        for place, name in enumerate(EFFECTS):
            key = getattr(cell, name)
            level = None if key is None else self.levels[name].get(key)
            if level is None:
                unknown += float(self.found.factors[place])
            else:
                columns.append(1 + sum(len(self.levels[each]) for each in EFFECTS[:place]) + level)
        customer = None if cell.customer is None else self.levels["customer"].get(cell.customer)
        unknown += self.found.many if customer is None else 0.0
        mean = offset + float(self.found.mean[columns].sum())
        mean += 0.0 if customer is None else float(self.found.many_mean[customer])
        doubt = self.found.variance(columns, customer) + unknown
        group = self.levels["work_type"][cell.work_type]
        spread, half = float(self.found.noise[group]) + doubt, 1.96 * sqrt(doubt)
        n = self.counts["work_type", cell.work_type]
        names = tuple(str(getattr(cell, each)) for each in (*EFFECTS, "customer"))
        return Learned(
            median_min=exp(mean), mean_min=exp(mean + spread / 2.0), cv=sqrt(exp(spread) - 1.0),
            low_min=exp(mean - half), high_min=exp(mean + half),
            n=n, n_cell=self.counts[names], assumed=n < LEARNED_FROM,
        )  # fmt: skip

    def factor(self, technician: str) -> float:
        """On-site time of a technician beside the average; 1 for somebody unknown."""
        level = self.levels["technician"].get(technician)
        return 1.0 if level is None else exp(float(self.found.mean[1 + len(self.levels["work_type"]) + level]))


def learn_durations(
    records: Iterable[DurationRecord], assumed: Mapping[str, Duration], *, as_of_s: float, decay: float = FORGETTING
) -> DurationModel:
    """Learn durations as of a moment, now or past.

    Parameters
    ----------
    records : iterable of DurationRecord
        In any order; those heard of later than `as_of_s` are left out, and so are work types not in `assumed`.
    assumed : mapping of str to Duration
        What is assumed of each work type until it was learned.
    as_of_s : float
    decay : float
        What a record counts after each day; 1 forgets nothing.

    Returns
    -------
    DurationModel
    """
    heard = [each for each in known(records, as_of_s) if each.work_type in assumed]
    levels = {name: _numbered(heard, name) for name in (*EFFECTS, "customer")}
    levels["work_type"] = {key: place for place, key in enumerate(sorted(assumed))}
    found = pooled(_sample(heard, assumed, levels, as_of_s, decay), _prior(assumed, levels))
    counts: Counter[tuple[str, ...]] = Counter()
    for each in heard:
        counts.update((name, getattr(each, name)) for name in (*EFFECTS, "customer"))
        counts[each.work_type, each.technician, each.asset_kind, each.customer] += 1
    return DurationModel(
        version=f"durations-{fingerprint((heard, sorted(assumed.items()), as_of_s, decay))}",
        as_of_s=as_of_s, n=len(heard), slips=found.slips, assumed=dict(assumed), levels=levels, counts=counts,
        found=found,
    )  # fmt: skip


def residuals(model: DurationModel, records: Sequence[DurationRecord]) -> tuple[Floats, Floats]:
    """By how many standard deviations records missed the model's median, and that deviation of the logarithm."""
    off, spread = [], []
    for each in records:
        cell = Cell(
            work_type=each.work_type, technician=each.technician, asset_kind=each.asset_kind, customer=each.customer
        )
        seen = model.learned(cell)
        sd = sqrt(log(1.0 + seen.cv * seen.cv))
        off.append((log(each.minutes) - log(seen.median_min)) / sd)
        spread.append(sd)
    return np.array(off), np.array(spread)


def _numbered(records: Sequence[DurationRecord], name: str) -> dict[str, int]:
    return {key: place for place, key in enumerate(sorted({getattr(each, name) for each in records}))}


def _sample(
    records: Sequence[DurationRecord], assumed: Mapping[str, Duration], levels: Mapping[str, Mapping[str, int]],
    as_of_s: float, decay: float,
) -> Sample:  # fmt: skip
    bounds = np.log(np.array([each.bounds for each in records]).reshape(-1, 2))
    offset = [shape_of(assumed[r.work_type].mean_s / 60.0, assumed[r.work_type].cv)[0] for r in records]
    codes = [[levels[name][getattr(each, name)] for name in EFFECTS] for each in records]
    return Sample(
        low=bounds[:, 0], high=bounds[:, 1], offset=np.array(offset, dtype=np.float64),
        codes=np.array(codes, dtype=np.int64).reshape(-1, len(EFFECTS)),
        many=_places(levels["customer"][each.customer] for each in records),
        group=_places(levels["work_type"][each.work_type] for each in records),
        weight=np.array(weights((each.done_s for each in records), as_of_s, decay), dtype=np.float64),
    )  # fmt: skip


def _places(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def _prior(assumed: Mapping[str, Duration], levels: Mapping[str, Mapping[str, int]]) -> Prior:
    """Split what is assumed of the spread into doubt about each effect and noise, so that no records give it back."""
    variance = np.array([log(1.0 + assumed[key].cv ** 2) for key in levels["work_type"]])
    part = max(DOUBT_SHARE * float(variance.min(initial=1.0)) / 5.0, 1e-6)
    return Prior(
        common=part, factors=np.full(len(EFFECTS), part), many=part, noise=np.maximum(variance - 5.0 * part, 1e-6),
        levels=tuple(len(levels[name]) for name in EFFECTS), most=len(levels["customer"]),
    )  # fmt: skip
