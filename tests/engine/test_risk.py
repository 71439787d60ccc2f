"""Quiet, at risk, known, tell."""

from __future__ import annotations

import pytest

from goodword.engine import EngineError, Risk, Thresholds, crossings, risk_of, should_tell


@pytest.mark.parametrize(
    ("p_miss", "state"),
    [
        (0.0, Risk.QUIET),
        (0.10, Risk.QUIET),
        (0.1001, Risk.AT_RISK),
        (0.4999, Risk.AT_RISK),
        (0.50, Risk.KNOWN),
        (1.0, Risk.KNOWN),
    ],
)
def test_p28_p29_amber_begins_above_ten_per_cent_and_known_at_fifty(p_miss: float, state: Risk) -> None:
    assert risk_of(p_miss) is state


def test_g5_without_a_forecast_the_risk_is_unknown_and_nothing_is_marked_or_proposed() -> None:
    assert risk_of(None) is Risk.UNKNOWN
    assert crossings(None) == ()
    assert not should_tell(None)


def test_p30_each_mark_is_written_at_its_first_crossing_only() -> None:
    assert crossings(0.2) == (Risk.AT_RISK,)
    assert crossings(0.2, marked=frozenset({Risk.AT_RISK})) == ()
    assert crossings(0.6, marked=frozenset({Risk.AT_RISK})) == (Risk.KNOWN,)
    assert crossings(0.6, marked=frozenset({Risk.AT_RISK, Risk.KNOWN})) == ()


def test_p30_a_jump_over_both_lines_writes_both_marks_in_order() -> None:
    assert crossings(0.9) == (Risk.AT_RISK, Risk.KNOWN)


def test_a_promise_that_a_person_marked_known_still_gets_its_amber_mark() -> None:
    assert crossings(0.2, marked=frozenset({Risk.KNOWN})) == (Risk.AT_RISK,)


def test_p58_a_notice_is_proposed_from_seventy_per_cent_and_a_branch_may_move_that() -> None:
    assert not should_tell(0.69)
    assert should_tell(0.70)
    assert should_tell(0.61, Thresholds(tell=0.6))


def test_thresholds_out_of_order_are_refused() -> None:
    with pytest.raises(EngineError):
        Thresholds(amber=0.6)


@pytest.mark.parametrize("p_miss", [-0.01, 1.01, float("nan")])
def test_what_is_no_probability_is_refused(p_miss: float) -> None:
    with pytest.raises(EngineError):
        risk_of(p_miss)
