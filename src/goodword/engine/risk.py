"""From a probability to a state: quiet, at risk, known; and when somebody should be told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from goodword.engine.checks import check_share
from goodword.engine.errors import Contradiction


class Risk(StrEnum):
    """State of an open promise (P-27: computed, never stored)."""

    UNKNOWN = "unknown"
    QUIET = "quiet"
    AT_RISK = "at-risk"
    KNOWN = "known"


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """Where the states begin.

    Parameters
    ----------
    amber : float
        P(miss) above it is at risk: 0.10 (P-28).
    known : float
        P(miss) from it on is known: 0.50 (P-29).
    tell : float
        P(miss) from which the watch proposes a notice: 0.70 (P-58; ours, set per branch).

    Raises
    ------
    NotANumber, Contradiction
    """

    amber: float = 0.10
    known: float = 0.50
    tell: float = 0.70

    def __post_init__(self) -> None:
        for name in ("amber", "known", "tell"):
            check_share(getattr(self, name), name=name, owner="risk thresholds")
        if not self.amber <= self.known <= self.tell:
            raise Contradiction(owner="Risk thresholds", why="amber, known and tell must stand in this order")


DEFAULT = Thresholds()


def risk_of(p_miss: float | None, thresholds: Thresholds = DEFAULT) -> Risk:
    """State of a promise.

    Parameters
    ----------
    p_miss : float or None
        Probability of a miss; None: no forecast, which is unknown, not quiet (G-5).
    thresholds : Thresholds

    Raises
    ------
    NotANumber
        `p_miss` is no probability.
    """
    if p_miss is None:
        return Risk.UNKNOWN
    check_share(p_miss, name="p_miss", owner="a promise")
    if p_miss >= thresholds.known:
        return Risk.KNOWN
    return Risk.AT_RISK if p_miss > thresholds.amber else Risk.QUIET


def crossings(
    p_miss: float | None, *, marked: frozenset[Risk] = frozenset(), thresholds: Thresholds = DEFAULT
) -> tuple[Risk, ...]:
    """Which marks are to be written now (P-28, P-29), each at its first crossing only (P-30).

    Parameters
    ----------
    p_miss : float or None
    marked : frozenset of Risk
        Marks that the promise already bears (a person may have marked it known).
    thresholds : Thresholds

    Returns
    -------
    tuple of Risk
        A part of (AT_RISK, KNOWN), in this order; a jump over both gives both.

    Raises
    ------
    NotANumber
    """
    risk = risk_of(p_miss, thresholds)
    crossed = {Risk.AT_RISK: (Risk.AT_RISK,), Risk.KNOWN: (Risk.AT_RISK, Risk.KNOWN)}.get(risk, ())
    return tuple(each for each in crossed if each not in marked)


def should_tell(p_miss: float | None, thresholds: Thresholds = DEFAULT) -> bool:
    """Whether the watch proposes a notice (P-58); below the threshold it is the dispatcher's judgement."""
    return p_miss is not None and p_miss >= thresholds.tell
