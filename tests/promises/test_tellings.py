"""P-16, P-17, P-24, P-32: who was told, when, and what is taken back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.promises.test_verdict import EVENING, WINDOW, at

from goodword.promises.rules import Fact, State, judge, tellings


def told(hours: float, recorded: float | None = None, how: str = "spoken") -> Fact:
    return at(hours, "promise.told", recorded, how=how)


def slip(hours: float) -> Fact:
    return at(hours, "promise.not_told")


def test_a_telling_that_was_taken_back_is_none() -> None:
    """P-17."""
    verdict = judge(WINDOW, [told(1), slip(1.1)], EVENING)

    assert (verdict.state, verdict.told) == (State.BROKEN, "silent")


def test_only_the_last_one_is_taken_back() -> None:
    assert tellings([told(0.5), told(1), slip(1.1)]) == [told(0.5)]


def test_told_again_after_a_slip_they_are_told() -> None:
    """P-16."""
    assert judge(WINDOW, [told(1), slip(1.1), told(1.5)], EVENING).told == "before"


@pytest.mark.parametrize("how", ["read", "answered"])
def test_what_they_read_or_answered_nobody_takes_back(how: str) -> None:
    assert tellings([told(1, how=how), slip(1.1)]) == [told(1, how=how)]


def test_one_that_was_written_down_later_is_not_taken_back_by_an_earlier_word() -> None:
    late = told(0.5, recorded=3)

    assert tellings([slip(1), late]) == [late]


def test_who_was_told_by_a_slip_only_was_not_warned() -> None:
    """P-23, P-24: without a warning their change is their own."""
    facts = [told(-2), slip(-1.9), at(-1, "promise.released")]

    assert judge(WINDOW, facts, EVENING).state is State.RELEASED
    assert judge(WINDOW, facts[:1] + facts[2:], EVENING).state is not State.RELEASED


@given(st.lists(st.sampled_from(["promise.told", "promise.not_told"]), max_size=8), st.randoms())
def test_the_order_in_which_they_are_read_changes_nothing(names: list[str], chance: Any) -> None:
    facts = [at(n / 10, name, how="spoken") for n, name in enumerate(names)]
    other = list(facts)
    chance.shuffle(other)

    assert tellings(facts) == tellings(other)
