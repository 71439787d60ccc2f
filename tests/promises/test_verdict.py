"""The verdict on an arrival window, rule by rule (definitions 4.1). Pure: no database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.promises.rules import Fact, Judgement, State, Terms, count, judge

NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)
ELEVEN = NINE + timedelta(hours=2)
WINDOW = Terms("arrival_window", NINE, ELEVEN)
EVENING = NINE + timedelta(hours=9)


def at(hours: float, name: str, recorded: float | None = None, **facts: object) -> Fact:
    """A fact so many hours after the window opens, recorded then or later."""
    return Fact(
        name, NINE + timedelta(hours=hours), NINE + timedelta(hours=hours if recorded is None else recorded), facts
    )


def arrived(seconds: float, recorded: float | None = None) -> Fact:
    return at(seconds / 3600, "visit.arrived", None if recorded is None else recorded / 3600)


@pytest.mark.shows("S3-4")
@pytest.mark.parametrize(("seconds", "kept"), [(0, True), (3600, True), (7200, True), (7260, True), (7261, False)])
def test_the_window_is_kept_up_to_its_last_minute_of_grace(seconds: float, kept: bool) -> None:
    """P-13, P-14."""
    verdict = judge(WINDOW, [arrived(seconds)], EVENING)

    assert verdict.state is (State.KEPT if kept else State.BROKEN)


@pytest.mark.parametrize(("seconds", "kept"), [(-61, False), (-60, True), (-1, True)])
def test_arriving_before_the_window_opens_is_broken_as_early(seconds: float, kept: bool) -> None:
    """P-14: a third kind beside told before and silent."""
    verdict = judge(WINDOW, [arrived(seconds)], EVENING)

    assert verdict.state is (State.KEPT if kept else State.BROKEN)
    assert verdict.cause == ("" if kept else "early")


def test_an_early_start_that_the_customer_agreed_to_is_kept() -> None:
    """P-14."""
    verdict = judge(WINDOW, [at(-1, "promise.early_agreed"), at(-0.5, "visit.arrived")], EVENING)

    assert verdict.state is State.KEPT


def test_agreeing_after_the_early_arrival_does_not_heal_it() -> None:
    verdict = judge(WINDOW, [at(-0.5, "visit.arrived"), at(0.5, "promise.early_agreed")], EVENING)

    assert (verdict.state, verdict.cause) == (State.BROKEN, "early")


@pytest.mark.parametrize(("seconds", "state"), [(7200, State.OPEN), (7260, State.OPEN), (7261, State.BROKEN)])
def test_a_window_is_open_until_a_minute_after_it_closes(seconds: float, state: State) -> None:
    """P-15, P-18: missing evidence counts as broken, unproven."""
    verdict = judge(WINDOW, [], NINE + timedelta(seconds=seconds))

    assert verdict.state is state
    assert verdict.cause == ("unproven" if state is State.BROKEN else "")


@pytest.mark.shows("S0-6")
def test_an_arrival_that_syncs_three_hours_late_is_judged_at_device_time_and_heals_the_verdict() -> None:
    """P-18, P-19: at 12:00 it was broken, unproven; at 14:00 it is kept. Both can be computed at any time."""
    facts = [at(1, "visit.arrived", recorded=4)]

    before, after = judge(WINDOW, facts, NINE + timedelta(hours=3)), judge(WINDOW, facts, NINE + timedelta(hours=5))

    assert (before.state, before.cause) == (State.BROKEN, "unproven")
    assert (after.state, after.decided_at) == (State.KEPT, NINE + timedelta(hours=1))


def test_a_phone_that_claims_a_future_time_is_believed_only_up_to_when_we_heard_of_it() -> None:
    """Design 7: at, clamped to recorded_at."""
    verdict = judge(WINDOW, [at(50, "visit.arrived", recorded=1)], EVENING)

    assert (verdict.state, verdict.decided_at) == (State.KEPT, NINE + timedelta(hours=1))


@pytest.mark.parametrize(("told", "kind"), [(None, "silent"), (1.5, "before"), (2, "before"), (2.01, "silent")])
def test_broken_tells_whether_the_customer_heard_before_the_window_ended(told: float | None, kind: str) -> None:
    """P-16, P-17."""
    facts = [at(3, "visit.arrived")] + ([at(told, "promise.told")] if told is not None else [])

    verdict = judge(WINDOW, facts, EVENING)

    assert (verdict.state, verdict.cause, verdict.told) == (State.BROKEN, "late", kind)


def test_moved_by_the_customer_is_released() -> None:
    """P-23, P-42."""
    assert judge(WINDOW, [at(-20, "promise.released")], EVENING).state is State.RELEASED


def test_moved_by_the_customer_within_a_day_of_our_warning_is_ours() -> None:
    """P-24."""
    verdict = judge(WINDOW, [at(-20, "promise.told"), at(-5, "promise.released")], EVENING)

    assert (verdict.state, verdict.cause) == (State.RENEGOTIATED, "ours")


def test_a_warning_older_than_a_day_does_not_make_it_ours() -> None:
    verdict = judge(WINDOW, [at(-30, "promise.told"), at(-5, "promise.released")], EVENING)

    assert verdict.state is State.RELEASED


@pytest.mark.parametrize(("hours", "state"), [(1.9, State.RENEGOTIATED), (2.1, State.BROKEN)])
def test_agreed_anew_counts_only_before_the_window_closes(hours: float, state: State) -> None:
    """P-20."""
    assert judge(WINDOW, [at(hours, "promise.renegotiated")], EVENING).state is state


def test_the_second_time_that_we_move_a_customer_is_broken() -> None:
    """P-22."""
    again = Terms("arrival_window", NINE, ELEVEN, renegotiated_before=1)

    verdict = judge(again, [at(-1, "promise.renegotiated")], EVENING)

    assert (verdict.state, verdict.cause) == (State.BROKEN, "moved_again")


def test_cancelled_by_us_without_a_new_agreement_is_broken_when_its_time_has_come() -> None:
    facts = [at(-3, "visit.cancelled", by_whom="us")]

    assert judge(WINDOW, facts, NINE).state is State.OPEN
    assert judge(WINDOW, facts, EVENING).cause == "cancelled_by_us"


@pytest.mark.parametrize(
    ("came", "proven", "state"),
    [(1, True, State.KEPT), (1, False, State.BROKEN), (3, True, State.BROKEN), (-0.5, True, State.BROKEN)],
)
def test_no_access_is_kept_when_we_came_in_the_window_waited_and_called_with_proof(
    came: float, proven: bool, state: State
) -> None:
    """P-43."""
    facts = [at(came, "visit.arrived"), at(came + 0.4, "visit.completed", outcome="no_access", proven=proven)]

    assert judge(WINDOW, facts, EVENING).state is state


def test_void_ends_it_whatever_else_happened() -> None:
    """P-25."""
    assert judge(WINDOW, [at(-5, "promise.voided"), at(1, "visit.arrived")], EVENING).state is State.VOID


@pytest.mark.parametrize(("hours", "state"), [(2, State.KEPT), (2.1, State.BROKEN)])
def test_a_call_back_is_kept_when_its_keeper_says_so_in_time(hours: float, state: State) -> None:
    """E-18."""
    terms = Terms("call_back_by", None, ELEVEN)

    assert judge(terms, [at(hours, "promise.done")], EVENING).state is state


def test_kept_as_first_promised_leaves_out_what_customers_moved() -> None:
    """P-39."""
    tally = count(["kept", "kept", "broken", "renegotiated", "released", "void", "open"])

    assert tally.as_first_promised == (2, 4)


NAMES = [
    "visit.arrived",
    "promise.told",
    "promise.released",
    "promise.renegotiated",
    "promise.early_agreed",
    "visit.moved",
]
FACTS = st.lists(
    st.builds(
        lambda name, minutes, delay: at(minutes / 60, name, recorded=(minutes + delay) / 60),
        st.sampled_from(NAMES),
        st.integers(-180, 400),
        st.integers(0, 300),
    ),
    max_size=6,
)


@given(FACTS, st.randoms())
def test_the_order_of_arrival_does_not_change_the_verdict(facts: list[Fact], random: object) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert judge(WINDOW, facts, EVENING) == judge(WINDOW, shuffled, EVENING)


@given(FACTS, st.integers(-200, 800))
def test_what_was_recorded_later_does_not_change_the_verdict_as_of_an_earlier_moment(
    facts: list[Fact], minutes: int
) -> None:
    """G-3: every verdict can be computed again as of any past moment."""
    moment = NINE + timedelta(minutes=minutes)
    known = [f for f in facts if f.recorded_at <= moment]

    assert judge(WINDOW, facts, moment) == judge(WINDOW, known, moment)


@given(FACTS)
def test_every_window_ends_in_exactly_one_state_once_its_time_has_passed(facts: list[Fact]) -> None:
    """P-9."""
    verdict = judge(WINDOW, facts, NINE + timedelta(days=30))

    assert isinstance(verdict, Judgement)
    assert verdict.state is not State.OPEN
