"""The four stages and what ends a visit. Pure."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from math import ceil, exp, log, sqrt
from typing import Any, Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Stage(StrEnum):
    """Four stages, in this order, for every visit of every trade (S0-1); ``over`` is what comes after."""

    PREPARE = "prepare"
    ARRIVE = "arrive"
    WORK = "work"
    COMPLETE = "complete"
    OVER = "over"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS: Final[Mapping[Stage, Promise | str]] = {
    Stage.PREPARE: _("in Prepare"),
    Stage.ARRIVE: _("in Arrive"),
    Stage.WORK: _("in Work"),
    Stage.COMPLETE: _("in Complete"),
    Stage.OVER: _("over"),
}
FOUR: Final = (Stage.PREPARE, Stage.ARRIVE, Stage.WORK, Stage.COMPLETE)


class Outcome(StrEnum):
    FIXED = "fixed"
    NEEDS_RETURN = "needs_return"
    NO_ACCESS = "no_access"
    MINOR_ONLY = "minor_only"
    UNSAFE = "unsafe"
    CANCELLED_AT_DOOR = "cancelled_at_door"

    @classmethod
    def choices(cls) -> list[tuple[str, Any]]:
        return [
            (cls.FIXED, _("fixed")),
            (cls.NEEDS_RETURN, _("needs another visit")),
            (cls.NO_ACCESS, _("no access")),
            (cls.MINOR_ONLY, _("only a child at home")),
            (cls.UNSAFE, _("not safe to work")),
            (cls.CANCELLED_AT_DOOR, _("cancelled at the door")),
        ]


# E-10: these end a visit in Arrive or Work, and the order of stages is not broken.
AT_THE_DOOR: Final = frozenset({Outcome.NO_ACCESS, Outcome.MINOR_ONLY, Outcome.UNSAFE, Outcome.CANCELLED_AT_DOOR})
# Where a visit may end with which outcome: every other one only after it was seen working.
ENDS_IN: Final[Mapping[Outcome, tuple[Stage, ...]]] = dict.fromkeys(AT_THE_DOOR, (Stage.ARRIVE, Stage.WORK))
# After these somebody must agree on a new time with the customer; the one who cancelled at the door wants none.
COMES_AGAIN: Final = AT_THE_DOOR - {Outcome.CANCELLED_AT_DOOR}

OWED_WITHIN: Final = timedelta(days=1)  # ours: what a visit left open, the office does by then (E-5)

# Who was met and may not let us work: a child alone waits for a guardian's word (E-13), the others for somebody else.
NOBODY_TO_ASK: Final = frozenset({"nobody", "minor", "wrong_person"})

# The steps a template may ask for, with the stage they belong to and the field that proves them.
STEPS: Final[Mapping[str, tuple[Stage, str]]] = {
    "reviewed": (Stage.PREPARE, "read_at"),
    "parts_checked": (Stage.PREPARE, "parts_checked_at"),
    "met": (Stage.ARRIVE, "met_at"),
    "site_confirmed": (Stage.ARRIVE, "site_confirmed_at"),
    "scope_confirmed": (Stage.ARRIVE, "scope_confirmed_at"),
    "observed_working": (Stage.WORK, "observed_working_at"),
    "cleaned_up": (Stage.COMPLETE, "cleaned_at"),
    "walked_through": (Stage.COMPLETE, "walked_through_at"),
    "satisfied": (Stage.COMPLETE, "satisfied_at"),
    "paid": (Stage.COMPLETE, "paid_at"),
    "signed": (Stage.COMPLETE, "signed_at"),
}
DEFAULT_STAGES: Final[Mapping[str, Sequence[str]]] = {
    "prepare": (),
    "arrive": ("site_confirmed", "scope_confirmed"),
    "work": (),
    "complete": ("cleaned_up", "walked_through", "satisfied", "paid"),
}


class Recorded(Protocol):
    """What the stage is derived from."""

    on_the_way_at: Any
    work_started_at: Any
    observed_working_at: Any
    completed_at: Any
    cancelled_at: Any
    moved_at: Any


def stage_of(visit: Recorded) -> Stage:
    """The stage a visit is in: on my way ends Prepare, work begun ends Arrive, seen working ends Work."""
    if visit.completed_at or visit.cancelled_at or visit.moved_at:
        return Stage.OVER
    if visit.observed_working_at:
        return Stage.COMPLETE
    if visit.work_started_at:
        return Stage.WORK
    return Stage.ARRIVE if visit.on_the_way_at else Stage.PREPARE


def faults_of_template(stages: Any) -> list[str]:
    """What is wrong with a template's stages; empty when it may be used (S0-1: all four, each with its own steps)."""
    if not isinstance(stages, dict):
        return [str(_("A template lists the steps of each stage."))]
    faults = [str(_("The stage “%s” is missing.")) % s for s in FOUR if s not in stages]
    faults += [str(_("There is no stage “%s”.")) % s for s in stages if s not in FOUR]
    for stage, steps in stages.items():
        for step in steps if isinstance(steps, list) else [steps]:
            if not isinstance(step, str) or STEPS.get(step, ("",))[0] != stage:
                faults.append(str(_("“%(step)s” is no step of %(stage)s.")) % {"step": step, "stage": stage})
    return faults


def missing_steps(visit: Any, stages: Mapping[str, Sequence[str]], upto: Stage) -> list[str]:
    """The asked steps of ``upto`` and the stages before it that nobody has recorded, in order."""
    asked = [step for stage in FOUR[: FOUR.index(upto) + 1] for step in stages.get(stage, ())]
    return [step for step in asked if getattr(visit, STEPS[step][1]) is None]


# The command that records each asked step, in the order in which a visit goes.
_RECORDED_BY: Final[Mapping[str, str]] = {
    "reviewed": "review",
    "parts_checked": "check_parts",
    "met": "meet",
    "site_confirmed": "confirm_site",
    "scope_confirmed": "confirm_scope",
    "observed_working": "observe_working",
    "cleaned_up": "clean_up",
    "walked_through": "walk_through",
    "satisfied": "satisfied",
    "paid": "pay",
    "signed": "sign",
}
_ENDS: Final[Mapping[Stage, str]] = {
    Stage.PREPARE: "depart",
    Stage.ARRIVE: "start_work",
    Stage.WORK: "observe_working",
    Stage.COMPLETE: "complete",
}


def next_step(visit: Any, stages: Mapping[str, Sequence[str]]) -> str:
    """What the technician does next: the one thing for the one large button. Empty when the visit is over."""
    stage = stage_of(visit)
    if stage is Stage.OVER:
        return ""
    if stage is Stage.ARRIVE and visit.arrived_at is None:
        return "arrive"
    if stage is Stage.ARRIVE and visit.met_at is None:
        return "meet"
    missing = [step for step in missing_steps(visit, stages, stage) if STEPS[step][0] is stage]
    return _RECORDED_BY[missing[0]] if missing else _ENDS[stage]


WORK_AREA, MATERIALS_AREA = "work", "tools and parts"


def areas_of(areas: Mapping[str, str]) -> tuple[str, str]:
    """Where we work and where tools and parts lie, as a site keeps them.

    Parameters
    ----------
    areas
        Name to place; the second may also be called materials.

    Returns
    -------
    tuple of str
        Two places; empty is not asked yet.
    """
    return areas.get(WORK_AREA, ""), areas.get(MATERIALS_AREA, "") or areas.get("materials", "")


def tailored(
    stages: Mapping[str, Sequence[str]],
    *,
    pays: bool,
    site_known: bool,
    critical_parts: bool,
    read_once: bool,
    by_link: bool = False,
) -> dict[str, list[str]]:
    """What the stages ask of one visit: nothing that cannot be answered there.

    Parameters
    ----------
    stages
        Steps by stage, as the template asks for them.
    pays
        Something is to be paid, and at the visit: not under an agreement, not by another payer.
    site_known
        Something is known of the place from last time that could have changed.
    critical_parts
        The order has parts without which no visit makes sense: they are checked before departure.
    by_link
        Nobody was there at the end: the customer answers and signs by the link that was sent (E-6).
    read_once
        The order has been read: once it changes, it is read again.

    Returns
    -------
    dict
        A new mapping of the same stages.
    """
    asks = (("paid", pays), ("site_confirmed", site_known), ("satisfied", not by_link), ("signed", not by_link))
    left_out = {step for step, asked in asks if not asked}
    asked = {stage: [step for step in steps if step not in left_out] for stage, steps in stages.items()}
    for step, needed in (("parts_checked", critical_parts), ("reviewed", read_once)):
        if needed and step not in asked[Stage.PREPARE]:
            asked[Stage.PREPARE].insert(0, step)
    return asked


def minutes_to_tell(mean_s: float, cv: float) -> int:
    """How long to tell a customer that it takes: nine visits in ten are done by then, in quarters of an hour.

    Parameters
    ----------
    mean_s
        Assumed or learned mean, seconds.
    cv
        Coefficient of variation of the lognormal duration.

    Returns
    -------
    int
        Minutes, rounded up to a quarter of an hour; at least 15. Nine in ten is ours.
    """
    spread = sqrt(log(1 + cv**2))
    late = exp(log(max(mean_s, 1)) - spread**2 / 2 + 1.2816 * spread)
    return max(1, ceil(late / 900)) * 15
