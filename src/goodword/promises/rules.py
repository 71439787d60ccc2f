"""The verdict on a promise: a pure function of what was recorded, and of the moment it is judged as of (P-10).

Facts are cut by ``recorded_at``: what was not known at ``as_of`` does not count. They are judged by ``at``, never later
than ``recorded_at``: a phone that claims a future time is believed up to the moment we heard of it (design 7).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

CLOCK_GRACE: Final = timedelta(seconds=60)  # P-14: clocks differ, the promise does not
WARNED_WITHIN: Final = timedelta(hours=24)  # P-24
WINDOW: Final = "arrival_window"
FINISH: Final = "finish_by"


class State(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"
    RELEASED = "released"
    VOID = "void"

    @classmethod
    def choices(cls) -> list[tuple[str, Any]]:
        return [
            (cls.OPEN, _("open")),
            (cls.KEPT, _("kept")),
            (cls.BROKEN, _("broken")),
            (cls.RENEGOTIATED, _("agreed anew")),
            (cls.RELEASED, _("released")),
            (cls.VOID, _("void")),
        ]


SAID_DONE = "said_done"  # a proof: the keeper says so
SPOKEN: Final = "spoken"  # how they were told: in a talk, as one of us says


@dataclass(frozen=True)
class Terms:
    """What was promised. ``renegotiated_before``: how often the company has moved this chain already (P-22)."""

    type: str
    opens_at: datetime | None
    closes_at: datetime
    renegotiated_before: int = 0


@dataclass(frozen=True)
class Fact:
    """One recorded event about the promise or its visit."""

    name: str
    at: datetime
    recorded_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def when(self) -> datetime:
        return min(self.at, self.recorded_at)


@dataclass(frozen=True)
class Judgement:
    """A verdict with its reason. ``told``: "before" the due time, "silent", or "" where it does not matter."""

    state: State
    cause: str = ""
    told: str = ""
    proof: str = ""
    decided_at: datetime | None = None


def judge(terms: Terms, facts: Iterable[Fact], as_of: datetime) -> Judgement:
    """The verdict on a promise as of a moment.

    Parameters
    ----------
    terms
        What was promised.
    facts
        Events about the promise and its visit, in any order: the order of arrival does not change the verdict.
    as_of
        Only what was recorded by then counts.

    Returns
    -------
    Judgement
        Open until ``closes_at`` + 60 s; then by P-12 to P-24.
    """
    known = sorted((f for f in facts if f.recorded_at <= as_of), key=lambda f: (f.when, f.recorded_at, f.name))
    if void := _first(known, "promise.voided"):
        return Judgement(State.VOID, decided_at=void.when)
    if ended := _ended_by_agreement(terms, known):
        return ended
    if terms.type == WINDOW:
        met = _arrival(terms, known) or _no_access(terms, known)
    else:
        met = _finished(terms, known) if terms.type == FINISH else _done(terms, known)
    if met is not None:
        return met
    if as_of <= terms.closes_at + CLOCK_GRACE:
        return Judgement(State.OPEN)
    return Judgement(State.BROKEN, _why_nothing_happened(known), _told(terms, known), decided_at=terms.closes_at)


def tellings(facts: Iterable[Fact]) -> list[Fact]:
    """When the customer was told that it may not be kept, earliest first.

    Parameters
    ----------
    facts
        In any order. A ``promise.not_told`` takes back the last telling that was said to have been spoken and was
        written down before it; what they read or answered themselves nobody takes back.
    """
    stand: list[Fact] = []
    for fact in sorted(facts, key=lambda f: f.recorded_at):
        if fact.name == "promise.told":
            stand.append(fact)
        elif fact.name == "promise.not_told":
            slip = next((told for told in reversed(stand) if told.facts.get("how") == SPOKEN), None)
            stand = [told for told in stand if told is not slip]
    return sorted(stand, key=lambda f: f.when)


def _first(facts: Sequence[Fact], name: str) -> Fact | None:
    return next((f for f in facts if f.name == name), None)


def _told(terms: Terms, facts: Sequence[Fact]) -> str:
    """P-16 and P-17: told before the due time, or silently (later, or never)."""
    return "before" if any(told.when <= terms.closes_at for told in tellings(facts)) else "silent"


def _ended_by_agreement(terms: Terms, facts: Sequence[Fact]) -> Judgement | None:
    """Released by the customer (P-23) unless we had warned (P-24); agreed anew in time (P-20), but once (P-22)."""
    released = _first(facts, "promise.released")
    agreed = _first(facts, "promise.renegotiated")
    first = min((f for f in (released, agreed) if f is not None), key=lambda f: f.when, default=None)
    if first is None or (terms.type == WINDOW and _arrived_before(facts, first.when)):
        return None
    if first is released and not _warned(facts, first.when):
        return Judgement(State.RELEASED, "customer", decided_at=first.when)
    if first.when > terms.closes_at:
        return Judgement(State.BROKEN, "agreed_too_late", _told(terms, facts), decided_at=terms.closes_at)
    if terms.renegotiated_before >= 1:
        return Judgement(State.BROKEN, "moved_again", "before", decided_at=first.when)
    return Judgement(State.RENEGOTIATED, "ours", "before", decided_at=first.when)


def _warned(facts: Sequence[Fact], when: datetime) -> bool:
    return any(when - WARNED_WITHIN <= told.when <= when for told in tellings(facts))


def _arrived_before(facts: Sequence[Fact], when: datetime) -> bool:
    arrived = _first(facts, "visit.arrived")
    return arrived is not None and arrived.when <= when


def _arrival(terms: Terms, facts: Sequence[Fact]) -> Judgement | None:
    """P-13, P-14: inside the window, 60 s of clock on either side; early only where the customer agreed."""
    arrived = _first(facts, "visit.arrived")
    if arrived is None or _no_access_outcome(facts) is not None:
        return None
    proof = "claimed" if arrived.facts.get("claimed") else "arrival"
    if terms.opens_at is not None and arrived.when < terms.opens_at - CLOCK_GRACE:
        agreed = _first(facts, "promise.early_agreed")
        if agreed is None or agreed.when > arrived.when + CLOCK_GRACE:
            return Judgement(State.BROKEN, "early", _told(terms, facts), proof, arrived.when)
    if arrived.when <= terms.closes_at + CLOCK_GRACE:
        return Judgement(State.KEPT, proof=proof, decided_at=arrived.when)
    return Judgement(State.BROKEN, "late", _told(terms, facts), proof, terms.closes_at)


def _no_access_outcome(facts: Sequence[Fact]) -> Fact | None:
    return next(
        (f for f in facts if f.name == "visit.completed" and f.facts.get("outcome") == "no_access"),
        None,
    )


def _no_access(terms: Terms, facts: Sequence[Fact]) -> Judgement | None:
    """P-43: kept if we came in the window, waited the agreed time and called twice, with proof."""
    ended, arrived = _no_access_outcome(facts), _first(facts, "visit.arrived")
    if ended is None or arrived is None:
        return None
    if arrived.when > terms.closes_at + CLOCK_GRACE:
        return Judgement(State.BROKEN, "late", _told(terms, facts), "arrival", terms.closes_at)
    if terms.opens_at is not None and arrived.when < terms.opens_at - CLOCK_GRACE:
        return Judgement(State.BROKEN, "early", _told(terms, facts), "arrival", arrived.when)
    if ended.facts.get("proven"):
        return Judgement(State.KEPT, "no_access", proof="no_access", decided_at=ended.when)
    return Judgement(State.BROKEN, "no_access_unproven", _told(terms, facts), decided_at=ended.when)


def _done(terms: Terms, facts: Sequence[Fact]) -> Judgement | None:
    """E-18: the keeper of a call-back or a task says it is done; in time, or too late. What was taken back is not."""
    said = sorted((f for f in facts if f.name == "promise.done"), key=lambda f: f.recorded_at)
    taken_back = sum(f.name == "promise.not_done" for f in facts)  # each takes back the one said before it
    done = min(said[taken_back:], key=lambda f: f.when, default=None)
    if done is None:
        return None
    if done.when <= terms.closes_at + CLOCK_GRACE:
        return Judgement(State.KEPT, proof=SAID_DONE, decided_at=done.when)
    return Judgement(State.BROKEN, "late", _told(terms, facts), SAID_DONE, terms.closes_at)


def _finished(terms: Terms, facts: Sequence[Fact]) -> Judgement | None:
    """S0-22: done is when somebody stayed and saw it work; in time, or too late. Not yet working is not done.

    Where work was taken up again afterwards, the next time it is seen working counts.
    """
    resumed = max((f.when for f in facts if f.name == "visit.work_resumed"), default=None)
    seen = _first([f for f in facts if resumed is None or f.when >= resumed], "visit.observed_working")
    if seen is None or seen.facts.get("works") is False:
        return None
    if seen.when <= terms.closes_at + CLOCK_GRACE:
        return Judgement(State.KEPT, proof="seen_working", decided_at=seen.when)
    return Judgement(State.BROKEN, "late", _told(terms, facts), "seen_working", terms.closes_at)


def _why_nothing_happened(facts: Sequence[Fact]) -> str:
    if (cancelled := _first(facts, "visit.cancelled")) is not None:
        return "cancelled_by_us" if cancelled.facts.get("by_whom") == "us" else "cancelled"
    return "moved_by_us" if _first(facts, "visit.moved") is not None else "unproven"


@dataclass(frozen=True)
class Count:
    """How many promises ended how; P-39 and P-40 are shares of it."""

    kept: int = 0
    broken: int = 0
    renegotiated: int = 0
    released: int = 0
    void: int = 0
    open: int = 0

    @property
    def as_first_promised(self) -> tuple[int, int]:
        """P-39: kept of (kept + broken + renegotiated)."""
        return self.kept, self.kept + self.broken + self.renegotiated


def count(states: Iterable[str]) -> Count:
    """Count verdict states."""
    tally = dict.fromkeys([s.value for s in State], 0)
    for state in states:
        tally[state] += 1
    return Count(**{k: tally[k] for k in ("kept", "broken", "renegotiated", "released", "void", "open")})
