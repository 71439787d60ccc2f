"""A held offer, checked again when it is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodword.engine import Absence, Code, check, offers

if TYPE_CHECKING:
    from tests.engine.conftest import Cast

HOUR = 3600.0


def test_a_held_offer_is_still_good_while_nothing_has_changed(cast: Cast) -> None:
    problem, request = cast.town(5), cast.request(cast.visit("finch", site=3, cv=0.5))
    option = offers(problem, request).options[0]

    checked = check(problem, request, option)

    assert checked.good and checked.option is not None
    assert (checked.option.window, checked.option.technician) == (option.window, option.technician)
    assert (checked.option.p_kept, checked.option.cost) == (option.p_kept, option.cost)


def test_a_held_offer_is_kept_by_somebody_else_when_the_first_falls_sick(cast: Cast) -> None:
    people = [cast.technician("sam"), cast.technician("ade")]
    request = cast.request(windows=[(9, 11)])
    option = offers(cast.problem(people), request).options[0]
    sick = cast.technician(option.technician, absences=(Absence(from_s=8 * HOUR, to_s=17 * HOUR),))
    other = next(each for each in people if each.key != option.technician)

    checked = check(cast.problem([sick, other], routes={}), request, option)

    assert checked.good and checked.option is not None
    assert checked.option.technician == other.key


def test_a_held_offer_that_somebody_took_meanwhile_is_refused_with_the_reason(cast: Cast) -> None:
    request = cast.request(cast.visit("finch", minutes=100), [(9, 10)])
    option = offers(cast.problem(), request).options[0]
    taken = cast.visit("petrov", minutes=100, window=(9, 10))

    checked = check(cast.problem(visits=[taken]), request, option)

    assert not checked.good
    assert checked.reason is not None and checked.reason.code in {Code.BREAKS_FLOOR, Code.LATE_RISK}


def test_a_held_offer_whose_technician_is_gone_from_the_day_says_so(cast: Cast) -> None:
    request = cast.request(windows=[(9, 11)])
    option = offers(cast.problem(), request).options[0]

    checked = check(cast.problem([], routes={}), request, option)

    assert not checked.good and checked.reason is not None and checked.reason.code is Code.NOBODY_WORKS


def test_a_held_offer_whose_window_is_over_is_past(cast: Cast) -> None:
    request = cast.request(windows=[(9, 11)])
    option = offers(cast.problem(), request).options[0]

    checked = check(cast.problem(now=12), request, option)

    assert checked.reason is not None and checked.reason.code is Code.PAST
