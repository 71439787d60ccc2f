"""A company and the random days it meets. A day depends on world and seed alone, so every policy meets the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log, sqrt

import numpy as np

from goodword.engine.arrays import Bools
from goodword.engine.types import Break, Duration, Severity, Technician, Travel, Window

HOUR_S = 3_600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of work: mean minutes, spread, how often it is asked for, what it needs."""

    minutes: float
    cv: float
    share: float = 1.0
    skill: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chances:
    """How often things happen.

    Attributes
    ----------
    on_the_day : float
        Share of requests that come on the day itself.
    emergency : float
        Share of requests that are emergencies; they all come on the day.
    cancelled, no_access : float
        Share of visits.
    sick : float
        Probability of a technician to fall sick during the day.
    bridge : float
        Probability of a day on which the bridge is closed for some hours.
    at_home : float
        Probability of a customer to be able to take a given window.
    longer, wider : float
        True durations beside what the planner believes: of the mean, and of the standard deviation of the logarithm.
    """

    on_the_day: float = 0.30
    emergency: float = 0.08
    cancelled: float = 0.04
    no_access: float = 0.03
    sick: float = 0.015
    bridge: float = 0.10
    at_home: float = 0.6
    longer: float = 1.0
    wider: float = 1.0


CALM = Chances(on_the_day=0.0, emergency=0.0, cancelled=0.0, no_access=0.0, sick=0.0, bridge=0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class World:
    """A company on an ordinary day.

    Attributes
    ----------
    technicians : tuple of Technician
        Their sites come last in the travel matrix.
    kinds : tuple of Kind
    travel : Travel
        As planners know it.
    homes : int
        Sites 0 to `homes` - 1 are customers'.
    far_side : ndarray of bool, shape (sites,)
        Beyond the bridge.
    detour_s : float
        What a drive across the river takes longer while the bridge is closed.
    requests : float
        Mean number a day.
    windows : tuple of Window
        What may be offered.
    chances : Chances
    """

    technicians: tuple[Technician, ...]
    kinds: tuple[Kind, ...]
    travel: Travel
    homes: int
    far_side: Bools
    requests: float
    windows: tuple[Window, ...]
    detour_s: float = 1_200.0
    chances: Chances = field(default_factory=Chances)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One customer: what is asked for, when, what they can take, and what truly happens there.

    Attributes
    ----------
    at_s : float
        When they ask; below 0 before the day.
    believed : Duration
        On-site time as the planner has it.
    work_s, leg : float
        On-site seconds for the average technician, and the factor of the drive there.
    likes : tuple of float
        For each window of the world: how much they like it; negative: they cannot.
    cancels_s : float or None
        When they cancel, if a visit stands then.
    opens_door : bool
    """

    key: str
    at_s: float
    site: int
    skill: str
    believed: Duration
    work_s: float
    leg: float
    likes: tuple[float, ...]
    emergency: bool = False
    severity: Severity = Severity.ROUTINE
    cancels_s: float | None = None
    opens_door: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Luck:
    """A random day, complete before anybody plans it."""

    seed: int
    asked: tuple[Asked, ...]
    day_factor: float
    sick_s: tuple[float | None, ...]
    bridge_s: tuple[float, float] | None


def luck_of(world: World, seed: int) -> Luck:
    """Draw a day.

    Parameters
    ----------
    world : World
    seed : int
        What a customer meets depends on it and on the customer's number alone, what befalls a technician on it and
        the technician's: another technician or another chance changes nobody else's luck.

    Returns
    -------
    Luck
    """
    dice = np.random.default_rng([seed, 0])
    count = int(dice.poisson(world.requests))
    traffic, closed, when = float(dice.standard_normal()), float(dice.uniform()), float(dice.uniform(8.0, 14.0))
    sd = sqrt(log(1.0 + world.travel.day_cv**2))
    bridge = (when * HOUR_S, (when + 3.0) * HOUR_S) if closed < world.chances.bridge else None
    asked = sorted((_asked(world, seed, number) for number in range(count)), key=lambda each: each.at_s)
    return Luck(
        seed=seed, asked=tuple(asked), day_factor=float(np.exp(sd * traffic - sd * sd / 2.0)),
        sick_s=tuple(_sick(world, seed, number) for number in range(len(world.technicians))), bridge_s=bridge,
    )  # fmt: skip


def _sick(world: World, seed: int, number: int) -> float | None:
    chance, at = np.random.default_rng([seed, 1, number]).uniform(size=2)
    return (7.0 + 7.0 * float(at)) * HOUR_S if chance < world.chances.sick else None


def _asked(world: World, seed: int, number: int) -> Asked:
    dice, chances = np.random.default_rng([seed, 2, number]), world.chances
    u = dice.uniform(size=9).tolist()
    work, leg = dice.standard_normal(2).tolist()
    taste = dice.uniform(size=(len(world.windows), 2))
    shares = np.cumsum([each.share for each in world.kinds])
    kind = world.kinds[int(np.searchsorted(shares, u[0] * shares[-1], side="right"))]
    emergency = u[1] < chances.emergency
    today = emergency or u[2] < (chances.on_the_day - chances.emergency) / max(1.0 - chances.emergency, 1e-9)
    at_s = (7.5 + 7.5 * u[3]) * HOUR_S if today else -(3.0 + 60.0 * u[3]) * HOUR_S
    cancels = max(at_s, 0.0) + u[5] * (17.0 * HOUR_S - max(at_s, 0.0))
    leg_sd = sqrt(log(1.0 + world.travel.leg_cv**2))
    sd = sqrt(log(1.0 + kind.cv**2)) * chances.wider
    mean_s = kind.minutes * 60.0 * chances.longer
    return Asked(
        key=f"c{number}", at_s=at_s, site=min(int(u[6] * world.homes), world.homes - 1), skill=kind.skill,
        believed=Duration(mean_s=kind.minutes * 60.0, cv=kind.cv, assumed=False),
        work_s=mean_s * float(np.exp(sd * work - sd * sd / 2.0)),
        leg=float(np.exp(leg_sd * leg - leg_sd**2 / 2.0)),
        likes=tuple(float(like) if home < chances.at_home else -1.0 for like, home in taste),
        emergency=emergency, severity=Severity.URGENT if emergency else Severity.ROUTINE,
        cancels_s=cancels if u[4] < chances.cancelled else None, opens_door=u[7] >= chances.no_access,
    )  # fmt: skip


def random_square(
    *, technicians: int, requests: float, seed: int, width_s: float = 2.0 * HOUR_S, spread: float = 0.45,
    travel_spread: tuple[float, float] = (0.10, 0.11), chances: Chances | None = None,
) -> World:  # fmt: skip
    """A company in a square of 20 km, a river through its middle.

    Parameters
    ----------
    technicians : int
    requests : float
        Mean number a day.
    seed : int
        Of the places.
    width_s : float
        Of the windows, which begin every hour from 8 to 16.
    spread : float
        Coefficient of variation of all kinds of work.
    travel_spread : (float, float)
        Of the day's and the leg's factor.
    chances : Chances or None
    """
    homes = 240
    places = np.random.default_rng([seed, 9]).uniform(0.0, 20_000.0, (homes + technicians, 2))
    away = places[:, None] - places[None]
    metres = np.hypot(away[..., 0], away[..., 1]) * 1.3
    return company(
        metres / 13.0, metres, homes=homes, far_side=places[:, 0] > 10_000.0, requests=requests, width_s=width_s,
        spread=spread, travel_spread=travel_spread, chances=chances, label="random square",
    )  # fmt: skip


def company(
    seconds: np.ndarray, metres: np.ndarray | None, *, homes: int, far_side: Bools, requests: float, width_s: float,
    spread: float, travel_spread: tuple[float, float], chances: Chances | None, label: str,
) -> World:  # fmt: skip
    """A company on a given matrix; the sites behind the first `homes` are where technicians begin and end."""
    rest = Break(earliest_s=11.5 * HOUR_S, latest_s=14.0 * HOUR_S, length_s=1_800.0)
    people = tuple(
        Technician(
            key=f"t{place}",
            shift_start_s=7.5 * HOUR_S,
            shift_end_s=17.0 * HOUR_S,
            start_site=homes + place,
            end_site=homes + place,
            skills={"gas": 1} if place % 3 else {"gas": 1, "cooling": 1},
            breaks=(rest,),
        )
        for place in range(len(seconds) - homes)
    )
    kinds = (
        Kind(minutes=40.0, cv=spread, share=3.0),
        Kind(minutes=55.0, cv=spread, share=3.0, skill="gas"),
        Kind(minutes=75.0, cv=spread, share=1.0, skill="cooling"),
    )
    last = int((17.0 * HOUR_S - width_s) // HOUR_S)
    windows = tuple(Window(opens_s=h * HOUR_S, closes_s=h * HOUR_S + width_s) for h in range(8, last + 1))
    travel = Travel(
        seconds=seconds, metres=metres, day_cv=travel_spread[0], leg_cv=travel_spread[1], label=label, assumed=False
    )
    return World(
        technicians=people, kinds=kinds, travel=travel, homes=homes, far_side=far_side, requests=requests,
        windows=windows, chances=chances or Chances(),
    )  # fmt: skip
