"""Finished visits and drives of a company whose true parameters are known: what learning is tested against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log

import numpy as np

from goodword.engine.learning.records import DAY_S, DurationRecord, TripRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class Truth:
    """How long work and drives really take.

    Attributes
    ----------
    work : mapping of str to (float, float)
        Work type to median minutes and standard deviation of the logarithm.
    technicians, asset_kinds : mapping of str to float
        Factors.
    customers : int
        How many there are; their factors are lognormal with `customer_sd`.
    heaped : float
        Share of records entered by hand as the nearest half hour.
    forgotten : float
        Share of records of which the tap at the end came hours late, or the one at the start just before it.
    parts, roads : mapping of str to float
        Factors of drives by part of the day and class of road.
    day_sd, leg_sd : float
        Standard deviations of the logarithm of a day's and of a leg's own factor.
    """

    work: Mapping[str, tuple[float, float]]
    technicians: Mapping[str, float]
    asset_kinds: Mapping[str, float]
    customers: int = 400
    customer_sd: float = 0.10
    heaped: float = 0.0
    forgotten: float = 0.0
    parts: Mapping[str, float] = field(default_factory=lambda: {"rush": 1.3, "day": 1.0})
    roads: Mapping[str, float] = field(default_factory=lambda: {"town": 1.15, "country": 0.95})
    day_sd: float = 0.10
    leg_sd: float = 0.11


def finished_visits(truth: Truth, *, days: int, each: int, seed: int, first_day: int = 0) -> list[DurationRecord]:
    """Records of `each` visits a technician and day.

    Returns
    -------
    list of DurationRecord
        Heard of in the evening of their day.
    """
    dice = np.random.default_rng([seed, 1])
    customers = np.exp(truth.customer_sd * np.random.default_rng([seed, 2]).standard_normal(truth.customers))
    kinds, works = sorted(truth.asset_kinds), sorted(truth.work)
    made = []
    for day in range(first_day, first_day + days):
        for technician, factor in truth.technicians.items():
            for number in range(each):
                work, kind = works[dice.integers(len(works))], kinds[dice.integers(len(kinds))]
                customer = int(dice.integers(truth.customers))
                median, sd = truth.work[work]
                usual = median * factor * truth.asset_kinds[kind] * customers[customer]
                minutes = float(usual * np.exp(sd * dice.standard_normal()))
                minutes, rounded = _as_written(truth, minutes, dice)
                made.append(
                    DurationRecord(
                        work_type=work,
                        technician=technician,
                        asset_kind=kind,
                        customer=f"c{customer}",
                        minutes=minutes,
                        rounded=rounded,
                        done_s=day * DAY_S + 3_600.0 * (9 + number),
                        recorded_s=day * DAY_S + 64_800.0,
                    )
                )
    return made


def _as_written(truth: Truth, minutes: float, dice: np.random.Generator) -> tuple[float, bool]:
    """What the office gets to see of a duration."""
    heaped, forgotten, late = dice.uniform(size=3)
    if forgotten < truth.forgotten:
        return (minutes + 60.0 * (2.0 + 6.0 * late), False) if late < 0.7 else (1.0 + late, False)
    if heaped < truth.heaped and minutes >= 15.0:
        return 30.0 * round(minutes / 30.0), True
    return minutes, False


def finished_drives(truth: Truth, *, days: int, each: int, seed: int) -> list[TripRecord]:
    """Records of `each` drives a day for the whole company, heard of in the evening."""
    dice = np.random.default_rng([seed, 3])
    parts, roads, made = sorted(truth.parts), sorted(truth.roads), []
    for day in range(days):
        shared = truth.day_sd * dice.standard_normal()
        for _ in range(each):
            part, road = parts[dice.integers(len(parts))], roads[dice.integers(len(roads))]
            matrix_s = float(dice.uniform(240.0, 2_400.0))
            slow = log(truth.parts[part] * truth.roads[road]) + shared + truth.leg_sd * dice.standard_normal()
            made.append(
                TripRecord(
                    driven_s=float(matrix_s * np.exp(slow)),
                    matrix_s=matrix_s,
                    part=part,
                    road=road,
                    done_s=day * DAY_S + 43_200.0,
                    recorded_s=day * DAY_S + 64_800.0,
                )
            )
    return made
