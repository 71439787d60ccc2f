"""Which windows can be offered, who would keep them, and whom they endanger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goodword.engine import Absence, Break, Code, Planned, Policy, Severity, offers

if TYPE_CHECKING:
    from tests.engine.conftest import Cast

HOUR = 3600.0


def test_without_noise_every_window_that_is_offered_is_kept_for_certain(cast: Cast) -> None:
    made = offers(cast.problem(), cast.request())

    assert len(made.options) == 4
    assert {option.p_kept for option in made.options} == {1.0}
    assert (made.misses, made.reasons) == ((), ())


def test_there_are_at_least_three_windows_where_they_exist_and_half_days_differ_first(cast: Cast) -> None:
    windows = [(8, 10), (9, 11), (10, 12), (13, 15), (32, 34)]

    made = offers(cast.problem(people := [cast.technician("sam"), cast.technician("sam2", start=32, end=41, day=1)]),
                  cast.request(windows=windows, wanted=3))  # fmt: skip

    half_days = {option.window.opens_s // (12 * HOUR) for option in made.options}
    assert len(people) == 2
    assert len(made.options) == 3
    assert half_days == {0, 1, 2}
    assert len(made.further) == 2


def test_an_option_says_where_it_goes_when_and_what_it_costs(cast: Cast) -> None:
    visits = [cast.visit("adeyemi", site=2, window=(8, 9)), cast.visit("petrov", site=6, window=(12, 14))]

    option = offers(cast.problem(visits=visits), cast.request(cast.visit("finch", site=4), [(10, 12)])).options[0]

    assert (option.technician, option.position, option.after, option.before) == ("sam", 1, "adeyemi", "petrov")
    assert (option.added_travel_s, option.added_travel_m) == (0.0, 0.0)
    assert option.planned == Planned(start_s=10 * HOUR, end_s=11 * HOUR)
    assert option.arrival.p50_s == 10 * HOUR
    assert [reason.code for reason in option.reasons] == [
        Code.FITS, Code.EARLIEST, Code.LEAST_DRIVING, Code.SUREST,
    ]  # fmt: skip
    assert option.reasons[0].facts["after"] == "adeyemi"
    assert option.assumed


def test_a_promise_may_be_pushed_down_to_its_floor_and_no_further(cast: Cast) -> None:
    later = cast.visit("petrov", site=1, minutes=60, window=(10, 11.5))
    request = cast.request(cast.visit("finch", site=1, minutes=90, cv=0.4), [(8, 10)])

    allowed = offers(cast.problem(visits=[later], policy=Policy(floor=0.5)), request)
    forbidden = offers(cast.problem(visits=[later], policy=Policy(floor=0.99)), request)

    (change,) = allowed.options[0].endangered
    assert change.visit == "petrov" and change.p_before == 1.0
    assert change.p_after is not None and 0.5 <= change.p_after < 0.99
    assert change.arrival_after_s is not None and change.arrival_before_s is not None
    assert not forbidden.options
    (miss,) = forbidden.misses
    assert miss.reason.code is Code.BREAKS_FLOOR
    assert miss.reason.facts["visit"] == "petrov"
    assert miss.reason.facts["after"] == change.p_after
    assert miss.nearest is not None and miss.nearest.endangered == (change,)


def test_a_visit_may_have_a_floor_of_its_own(cast: Cast) -> None:
    later = cast.visit("petrov", site=1, window=(10, 11.5), floor=0.5)

    request = cast.request(cast.visit("finch", site=1, minutes=90, cv=0.4), [(8, 10)])

    assert offers(cast.problem(visits=[later], policy=Policy(floor=0.99)), request).options


def test_a_promise_below_its_floor_already_may_not_be_made_much_worse(cast: Cast) -> None:
    """Else insertions pass free where the day is already going wrong (planning.md 3, of overtime)."""
    doubtful = [
        cast.visit("adeyemi", site=1, minutes=110, cv=0.5, window=(8, 10)),
        cast.visit("petrov", site=1, window=(9, 10.5)),
    ]
    request = cast.request(cast.visit("finch", site=1, minutes=45), [(8, 16)], wanted=1)

    made = offers(cast.problem(visits=doubtful, scenarios=256), request)

    assert all(option.position == 2 for option in made.options)
    assert made.options


def test_a_promise_that_is_lost_anyway_does_not_forbid_an_insertion(cast: Cast) -> None:
    lost = cast.visit("petrov", site=1, window=(6, 7))
    made = offers(cast.problem(visits=[lost]), cast.request(windows=[(8, 10)]))

    assert made.options


def test_overtime_is_respected_and_where_it_is_too_likely_already_it_may_not_grow(cast: Cast) -> None:
    short = cast.technician(end=10, overtime_limit_s=0.0)
    full = [cast.visit("adeyemi", minutes=150)]

    fits = offers(cast.problem([short]), cast.request(windows=[(8, 10)]))
    over = offers(cast.problem([short], full), cast.request(windows=[(8, 10), (8, 17)]))

    assert fits.options
    assert not over.options
    assert {reason.code for reason in over.reasons} == {Code.SHIFT_OVER}


def test_the_limit_of_overtime_is_the_technicians_own(cast: Cast) -> None:
    def made(limit_s: float) -> int:
        people = [cast.technician(end=10, overtime_limit_s=limit_s)]
        return len(
            offers(cast.problem(people, [cast.visit("adeyemi", site=1)]), cast.request(windows=[(9, 11)])).options
        )

    assert made(0.0) == 0
    assert made(1800.0) == 1


def test_an_absence_is_kept_free(cast: Cast) -> None:
    away = cast.technician(absences=(Absence(from_s=9.5 * HOUR, to_s=12 * HOUR),))

    made = offers(cast.problem([away]), cast.request(windows=[(9, 11), (12, 14)]))

    assert [option.window.opens_s for option in made.options] == [12 * HOUR]
    assert made.misses[0].reason.code in {Code.ABSENT, Code.LATE_RISK}


def test_a_sick_technician_gets_nothing(cast: Cast) -> None:
    sick = cast.technician(absences=(Absence(from_s=7 * HOUR, to_s=17 * HOUR),))

    made = offers(cast.problem([sick]), cast.request())

    assert not made.options
    assert [reason.code for reason in made.reasons] == [Code.ABSENT]
    assert made.reasons[0].facts["technician"] == "sam"


def test_a_break_is_not_pushed_past_its_latest_beginning(cast: Cast) -> None:
    rest = Break(earliest_s=11 * HOUR, latest_s=12 * HOUR, length_s=1800.0)
    sam = cast.technician(breaks=(rest,))
    request = cast.request(cast.visit("finch", site=0, minutes=180), [(9.9, 11)])

    made = offers(cast.problem([sam], [cast.visit("adeyemi", site=0, minutes=110)]), request)

    assert not made.options
    assert made.reasons[0].code is Code.BREAK_LATE


def test_nothing_is_offered_before_what_has_begun(cast: Cast) -> None:
    driving = cast.visit("adeyemi", site=5, progress=cast.progress(on_the_way=8))

    made = offers(cast.problem(visits=[driving], now=8.1), cast.request(windows=[(8, 12)]))

    assert [option.position for option in made.options] == [1]


def test_from_noon_on_the_morning_is_past_and_the_afternoon_is_offered(cast: Cast) -> None:
    made = offers(cast.problem(now=12.5), cast.request())

    assert {miss.reason.code for miss in made.misses} == {Code.PAST}
    assert sorted(option.window.opens_s / HOUR for option in made.options) == [13, 15]


def test_windows_outside_what_the_customer_asked_for_are_not_offered(cast: Cast) -> None:
    made = offers(cast.problem(), cast.request(not_before_s=9 * HOUR, deadline_s=14 * HOUR))

    assert [option.window.opens_s / HOUR for option in made.options] == [10]
    codes = [miss.reason.code for miss in made.misses]
    assert codes == [Code.BEFORE_EARLIEST, Code.AFTER_DEADLINE, Code.AFTER_DEADLINE]


def test_work_does_not_begin_before_the_part_is_there(cast: Cast) -> None:
    needs_part = cast.visit("finch", not_before_s=11 * HOUR)

    made = offers(cast.problem(), cast.request(needs_part, [(8, 10), (10, 12)]))

    assert [option.arrival.p50_s for option in made.options] == [11 * HOUR]
    assert made.misses[0].reason.code is Code.BEFORE_EARLIEST


def test_the_preferred_person_wins_at_nearly_equal_driving(cast: Cast) -> None:
    people = [cast.technician("ade", site=1), cast.technician("sam", site=2)]
    wish = cast.visit("finch", site=1, preferred=frozenset({"sam"}))

    option = offers(cast.problem(people), cast.request(wish, [(9, 11)])).options[0]

    assert option.technician == "sam"
    assert Code.PREFERRED_PERSON in [reason.code for reason in option.reasons]


def test_planned_times_never_overlap_and_later_ones_make_room(cast: Cast) -> None:
    later = cast.visit("petrov", site=1, window=(9, 11), planned=Planned(start_s=9 * HOUR, end_s=10 * HOUR))
    made = offers(cast.problem(visits=[later]), cast.request(cast.visit("finch", site=1, minutes=90), [(8, 9)]))

    option = made.options[0]

    (shifted,) = option.shifted
    assert option.planned.end_s == 8 * HOUR + 300 + 5400
    assert shifted.visit == "petrov"
    assert shifted.planned == Planned(start_s=option.planned.end_s, end_s=option.planned.end_s + HOUR)


def test_a_window_whose_time_is_planned_for_somebody_else_is_not_offered(cast: Cast) -> None:
    earlier = cast.visit(
        "petrov", site=1, minutes=30, planned=Planned(start_s=8.5 * HOUR, end_s=12 * HOUR), window=(8, 9)
    )

    made = offers(cast.problem(visits=[earlier]), cast.request(cast.visit("finch", minutes=45), [(10, 11)]))

    assert not made.options
    assert made.reasons[0].code is Code.ALREADY_PLANNED
    assert made.reasons[0].facts["until_s"] == 12 * HOUR


def test_an_emergency_goes_to_who_can_be_there_first(cast: Cast) -> None:
    people = [cast.technician("far", site=11), cast.technician("near", site=2)]
    flood = cast.visit("finch", site=1, severity=Severity.SAFETY)

    made = offers(cast.problem(people, routes={}), cast.request(flood, emergency=True))

    first = made.options[0]
    assert [option.technician for option in made.options] == ["near", "far"]
    assert first.window.opens_s <= first.arrival.p50_s == 8 * HOUR + 300
    assert first.window.closes_s - first.window.opens_s == HOUR


@pytest.mark.parametrize(("severity", "width"), [(Severity.SAFETY, 1), (Severity.URGENT, 2), (Severity.ROUTINE, 4)])
def test_the_window_of_an_emergency_is_as_wide_as_its_severity(cast: Cast, severity: Severity, width: float) -> None:
    request = cast.request(cast.visit("finch", severity=severity), emergency=True)

    window = offers(cast.problem(), request).options[0].window

    assert window.closes_s - window.opens_s == width * HOUR


def test_an_emergency_behind_uncertain_work_gets_a_wider_window_rather_than_a_doubtful_one(cast: Cast) -> None:
    running = cast.visit("adeyemi", minutes=90, cv=0.8, window=None, progress=cast.progress(started=8))
    flood = cast.visit("finch", severity=Severity.SAFETY)

    option = offers(cast.problem(visits=[running], now=8.5), cast.request(flood, emergency=True)).options[0]

    assert option.window.closes_s - option.window.opens_s > HOUR
    assert option.p_kept >= 0.93


def test_an_emergency_that_would_break_a_promise_is_shown_with_its_price_to_a_person(cast: Cast) -> None:
    promised = cast.visit("petrov", site=10, window=(8, 9))
    flood = cast.visit("finch", site=0, minutes=120, severity=Severity.SAFETY)
    sam = cast.technician(end=10.5, overtime_limit_s=0.0)

    made = offers(cast.problem([sam], [promised]), cast.request(flood, emergency=True))

    assert not made.options
    (miss,) = made.misses
    assert miss.nearest is not None
    assert miss.reason.code in {Code.BREAKS_FLOOR, Code.SHIFT_OVER}


def test_the_same_question_has_the_same_answer(cast: Cast) -> None:
    request = cast.request(cast.visit("finch", site=3, cv=0.5))

    assert offers(cast.town(5), request) == offers(cast.town(5), request)


def test_a_planned_start_waits_for_the_planned_end_of_the_visit_before(cast: Cast) -> None:
    """The plan of the visit before stands, although it will probably be over sooner."""
    earlier = cast.visit("petrov", minutes=30, planned=Planned(start_s=8.5 * HOUR, end_s=10.5 * HOUR), window=(8, 9))

    option = offers(cast.problem(visits=[earlier]), cast.request(windows=[(10, 12)])).options[0]

    assert option.arrival.p50_s == 10 * HOUR
    assert option.planned == Planned(start_s=10.5 * HOUR, end_s=11.5 * HOUR)


def test_a_break_that_no_longer_fits_into_a_wait_delays_what_comes_later(cast: Cast) -> None:
    """Mr Petrov's visit is as punctual as before, but Sam has lost the half hour of rest in front of it."""
    rest = Break(earliest_s=11 * HOUR, latest_s=14 * HOUR, length_s=1800.0)
    visits = [
        cast.visit("petrov", site=11, window=(12, 14)),
        cast.visit("adeyemi", site=11, minutes=30, window=(13, 13.25)),
    ]
    newcomer = cast.request(cast.visit("finch", site=0, minutes=45), [(10, 10.25)])

    made = offers(cast.problem([cast.technician(breaks=(rest,))], visits), newcomer)

    assert made.options == ()
    assert (made.reasons[0].code, made.reasons[0].facts["visit"]) == (Code.BREAKS_FLOOR, "adeyemi")
