"""Every drawing says the same in words, for whom it is made."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from goodword.parts.bracket import Audience, Bracket, State, view
from goodword.parts.bracket.samples import clock, samples

BY_NAME = {sample.name: sample.bracket for sample in samples()}

OFFICE = {
    "Quiet": "Between 9:00 and 11:00. We expect 9:50, and are 97 % sure to be in time.",
    "At risk": "Between 9:30 and 10:30. We expect 10:16, and are 78 % sure to be in time. At risk since 9:31.",
    "Late": "Between 9:00 and 10:00. We expect 10:20, so we will not keep it. Known since 9:14. Not told yet.",
    "Told": "First between 9:00 and 10:00. Told at 8:20, agreed between 10:00 and 11:00. We expect 10:20.",
    "Kept": "Between 9:00 and 11:00. Arrived 9:50. Kept.",
    "Broken": "Between 9:00 and 10:00. Arrived 10:25. Broken.",
    "By a time": "By 10:40. We expect 9:52, and are 98 % sure to be in time.",
    "No forecast": "Between 9:00 and 11:00. No forecast yet: nobody is assigned.",
}
CUSTOMER = {
    "Quiet": "About 9:50, between 9:00 and 11:00.",
    "At risk": "About 10:16, between 9:30 and 10:30.",
    "Late": "About 10:20. We promised between 9:00 and 10:00, and will be late.",
    "Told": "About 10:20, between 10:00 and 11:00. First we promised between 9:00 and 10:00.",
    "Kept": "We came at 9:50. We promised between 9:00 and 11:00, and kept it.",
    "Broken": "We came at 10:25. We promised between 9:00 and 10:00, and did not keep it.",
    "By a time": "About 9:52, by 10:40.",
    "No forecast": "Between 9:00 and 11:00.",
}


@pytest.mark.parametrize(("name", "said"), OFFICE.items())
def test_the_office_and_the_technician_read_the_probability(name: str, said: str) -> None:
    for audience in (Audience.OFFICE, Audience.TECHNICIAN):
        assert view(replace(BY_NAME[name], audience=audience)).words == said


@pytest.mark.parametrize(("name", "said"), CUSTOMER.items())
def test_the_customer_reads_no_figure_she_must_interpret(name: str, said: str) -> None:
    words = view(replace(BY_NAME[name], audience=Audience.CUSTOMER)).words

    assert words == said
    assert "%" not in words


@pytest.mark.parametrize(
    ("name", "icon", "text"),
    [
        ("Quiet", "", "97 % sure"),
        ("At risk", "triangle", "at risk since 9:31"),
        ("Late", "cross", "known since 9:14, not told"),
        ("Told", "speech", "told 8:20"),
        ("Kept", "check", "kept"),
        ("Broken", "cross", "broken"),
        ("No forecast", "", "no forecast yet"),
    ],
)
def test_beside_a_drawing_stand_an_icon_and_a_word(name: str, icon: str, text: str) -> None:
    beside = view(BY_NAME[name]).beside

    assert beside is not None
    assert (beside.icon, beside.text) == (icon, text)


def test_a_customer_sees_nothing_beside_a_quiet_drawing() -> None:
    assert view(replace(BY_NAME["Quiet"], audience=Audience.CUSTOMER)).beside is None


@pytest.mark.parametrize(("share", "said"), [(0.997, "99 %"), (1.0, "99 %"), (0.0, "1 %"), (0.5, "50 %")])
def test_no_forecast_is_ever_certain(share: float, said: str) -> None:
    assert f"{said} sure" in view(replace(BY_NAME["Quiet"], p_kept=share)).words


def test_times_are_those_of_the_site_on_both_sides_of_the_clock_change() -> None:
    summer = Bracket(opens_at=clock(9) - timedelta(days=9), closes_at=clock(11) - timedelta(days=9))

    zone = ZoneInfo("Europe/London")
    assert view(replace(summer, zone=zone)).words.startswith("Between 10:00 and 12:00.")
    assert view(replace(BY_NAME["Quiet"], zone=zone)).words.startswith("Between 9:00 and 11:00.")


def test_the_day_is_said_when_the_times_lie_on_several_days() -> None:
    late = replace(BY_NAME["Quiet"], p50=clock(9) + timedelta(days=1), p90=None, p10=None, scale=None)

    assert "We expect Tue 9:00" in view(late).words
    assert view(late).words.startswith("Between Mon 9:00 and Mon 11:00.")


def test_a_late_promise_says_when_the_customer_heard() -> None:
    told = view(replace(BY_NAME["Late"], told_at=clock(9, 20)))

    assert told.words.endswith("Known since 9:14. Told at 9:20.")
    assert told.beside is not None and told.beside.text == "known since 9:14, told 9:20"


def test_broken_without_an_arrival_and_broken_too_early_are_said_plainly() -> None:
    nobody_came = replace(BY_NAME["No forecast"], state=State.BROKEN)
    too_early = replace(BY_NAME["Kept"], arrived_at=clock(8, 30), scale=None)

    assert view(nobody_came).words == "Between 9:00 and 11:00. Broken."
    assert view(too_early).words.endswith("Arrived 8:30. Broken: too early.")


@pytest.mark.parametrize("state", [State.RELEASED, State.VOID])
def test_a_promise_that_ended_without_a_verdict_expects_nothing(state: State) -> None:
    ended = view(replace(BY_NAME["Quiet"], state=state))

    assert "expect" not in ended.words
    assert not any(label.said for label in ended.labels)
