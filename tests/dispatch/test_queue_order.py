"""Who is answered first, and that the printed reasons are what sorts."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.dispatch.rules.queue import HARM, PEOPLE, Waiting, ahead, order, points, reasons
from goodword.visits.models.calls import Harm, Vulnerability

NOW = datetime(2026, 11, 2, 9, 40, tzinfo=UTC)
instants = st.integers(-3 * 24 * 60, 3 * 24 * 60).map(lambda n: NOW + timedelta(minutes=n))
rows = st.builds(
    Waiting,
    key=st.uuids().map(str),
    taken_at=st.integers(0, 3 * 24 * 60).map(lambda n: NOW - timedelta(minutes=n)),
    emergency=st.booleans(),
    severity=st.integers(0, 2),
    harm=st.frozensets(st.sampled_from(sorted(HARM)), max_size=3),
    people=st.frozensets(st.sampled_from(sorted(PEOPLE)), max_size=2),
    needed_by=st.none() | instants,
    promised_by=st.none() | instants,
)
queues = st.lists(rows, max_size=12, unique_by=lambda row: row.key)


def first(*waiting: Waiting) -> str:
    return order(waiting, NOW)[0].waiting.key


def asked(key: str, ago: int = 0, **facts: Any) -> Waiting:
    return Waiting(key, NOW - timedelta(minutes=ago), **facts)


@pytest.mark.shows("S1-20")
@given(queues)
def test_the_order_is_what_the_printed_reasons_add_up_to(waiting: list[Waiting]) -> None:
    places = order(waiting, NOW)

    assert [p.number for p in places] == list(range(1, len(waiting) + 1))
    assert {p.waiting.key for p in places} == {row.key for row in waiting}
    for place in places:
        assert place.points == points(place.reasons)
        assert place.reasons == reasons(place.waiting, NOW)
    for before, behind in pairwise(places):
        assert before.points >= behind.points
        why = ahead(before, behind)
        if before.points > behind.points:
            mine, theirs = ([one.points for one in p.reasons if one.code == why] for p in (before, behind))
            assert sum(mine) > sum(theirs)


@pytest.mark.shows("S1-20")
@given(queues, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_how_the_rows_come(waiting: list[Waiting], luck: Any) -> None:
    mixed = list(waiting)
    luck.shuffle(mixed)

    assert order(mixed, NOW) == order(waiting, NOW)


@pytest.mark.shows("S1-1")
@pytest.mark.parametrize("flag", [("harm", code) for code in HARM] + [("people", code) for code in PEOPLE])
def test_every_flag_outranks_whoever_has_waited_longest(flag: tuple[str, str]) -> None:
    field, code = flag

    assert first(asked("a week", 7 * 24 * 60), asked("flagged", **{field: frozenset({code})})) == "flagged"


@pytest.mark.shows("S4-35")
def test_of_two_alike_the_nearer_deadline_comes_first_whoever_asked_first() -> None:
    today = asked("by four", 5, needed_by=NOW + timedelta(hours=6))
    tomorrow = asked("by tomorrow", 60, needed_by=NOW + timedelta(hours=23))
    next_week = asked("next week", 90, needed_by=NOW + timedelta(days=7))
    whenever = asked("whenever", 90)

    assert [p.waiting.key for p in order([whenever, next_week, tomorrow, today], NOW)] == [
        "by four", "by tomorrow", "next week", "whenever",
    ]  # fmt: skip


def test_danger_to_life_goes_before_everything_else_together() -> None:
    rest = frozenset(HARM) - {"gas", "sparks", "device"}
    everything = asked(
        "all", 9999, emergency=True, severity=2, harm=rest, people=frozenset(PEOPLE), needed_by=NOW, promised_by=NOW
    )

    for code in ("gas", "sparks", "device"):
        assert first(everything, asked(code, harm=frozenset({code}))) == code


def test_a_promised_call_that_is_due_goes_before_one_that_is_not() -> None:
    due = asked("due", promised_by=NOW + timedelta(minutes=10))

    assert first(asked("later", 30, promised_by=NOW + timedelta(hours=3)), due) == "due"


def test_of_two_alike_who_asked_first_comes_first() -> None:
    assert first(asked("later", 5), asked("earlier", 6)) == "earlier"


def test_every_flag_has_its_weight() -> None:
    assert (set(HARM), set(PEOPLE)) == (set(Harm), set(Vulnerability))
