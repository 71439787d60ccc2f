"""Every "no" says why, in codes and facts that are true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from goodword.engine import Absence, Code, Offers, Policy, Travel, offers

if TYPE_CHECKING:
    from tests.engine.conftest import Cast

HOUR = 3600.0


def only_reason(made: Offers) -> tuple[Code, dict[str, object]]:
    (reason,) = made.reasons
    assert made.options == () and made.further == ()
    return reason.code, dict(reason.facts)


def test_with_zero_technicians_nobody_works(cast: Cast) -> None:
    made = offers(cast.problem([], routes={}), cast.request())

    assert only_reason(made)[0] is Code.NOBODY_WORKS
    assert [miss.reason.code for miss in made.misses] == [Code.NOBODY_WORKS] * 4


def test_a_skill_that_nobody_has_is_named(cast: Cast) -> None:
    needs = cast.visit("finch", skills={"gas": 1})

    code, facts = only_reason(offers(cast.problem([cast.technician(skills={"plumbing": 1})]), cast.request(needs)))

    assert (code, facts) == (Code.NOBODY_WITH_SKILL, {"skill": "gas", "level": 1, "best_level": 0})


def test_a_skill_at_too_low_a_level_is_named_with_the_best_there_is(cast: Cast) -> None:
    needs = cast.visit("finch", skills={"gas": 3})

    _, facts = only_reason(offers(cast.problem([cast.technician(skills={"gas": 2})]), cast.request(needs)))

    assert facts == {"skill": "gas", "level": 3, "best_level": 2}


def test_skills_that_nobody_has_together_are_named_together(cast: Cast) -> None:
    people = [cast.technician("ade", skills={"gas": 1}), cast.technician("lucy", skills={"plumbing": 1})]
    needs = cast.visit("finch", skills={"gas": 1, "plumbing": 1})

    _, facts = only_reason(offers(cast.problem(people, routes={}), cast.request(needs)))

    assert facts["skill"] == "gas + plumbing"


def test_a_part_that_is_in_no_van_is_named(cast: Cast) -> None:
    code, facts = only_reason(offers(cast.problem(), cast.request(cast.visit("finch", parts=frozenset({"pump"})))))

    assert (code, facts) == (Code.NOBODY_WITH_PART, {"part": "pump"})


def test_when_the_customer_excludes_everybody_the_reason_says_how_many(cast: Cast) -> None:
    nobody_else = cast.visit("finch", never=frozenset({"sam"}))

    assert only_reason(offers(cast.problem(), cast.request(nobody_else))) == (Code.NOBODY_ALLOWED, {"skilled": 1})


def test_wishes_that_contradict_each_other_leave_nobody(cast: Cast) -> None:
    torn = cast.visit("finch", only=frozenset({"sam"}), never=frozenset({"sam"}))

    assert only_reason(offers(cast.problem(), cast.request(torn)))[0] is Code.NOBODY_ALLOWED


def test_a_visit_longer_than_any_shift_says_by_how_much(cast: Cast) -> None:
    endless = cast.visit("finch", minutes=11 * 60)

    code, facts = only_reason(offers(cast.problem(), cast.request(endless)))

    assert (code, facts) == (Code.LONGER_THAN_SHIFT, {"needed_s": 11 * HOUR, "longest_s": 9.5 * HOUR})


def test_a_window_in_which_nobody_works_says_so(cast: Cast) -> None:
    assert only_reason(offers(cast.problem(), cast.request(windows=[(19, 21)])))[0] is Code.NOBODY_ON_SHIFT


def test_without_candidate_windows_there_is_nothing_to_offer(cast: Cast) -> None:
    assert only_reason(offers(cast.problem(), cast.request(windows=[])))[0] is Code.NO_WINDOW


def test_windows_of_yesterday_are_past(cast: Cast) -> None:
    code, facts = only_reason(offers(cast.problem(), cast.request(windows=[(-16, -14)])))

    assert (code, facts) == (Code.PAST, {"closes_s": -14 * HOUR, "now_s": 8 * HOUR})


@pytest.mark.parametrize("emergency", [False, True])
def test_a_site_that_cannot_be_reached_says_from_where_to_where(cast: Cast, emergency: bool) -> None:
    travel = Travel(seconds=np.full((3, 3), np.nan))

    code, facts = only_reason(offers(cast.problem(travel=travel), cast.request(emergency=emergency)))

    assert (code, facts) == (Code.UNREACHABLE, {"technician": "sam", "from_site": 0, "to_site": 1})


def test_a_site_from_which_there_is_no_way_home_is_not_offered(cast: Cast) -> None:
    seconds = cast.travel().seconds.copy()
    seconds[1, 0] = np.nan
    travel = Travel(seconds=seconds)

    made = offers(cast.problem([cast.technician(end_site=0)], travel=travel), cast.request())

    assert only_reason(made)[0] is Code.UNREACHABLE


def test_late_risk_says_how_sure_it_would_be_and_how_sure_it_must_be(cast: Cast) -> None:
    promised = cast.visit("adeyemi", minutes=100, cv=0.6, window=(8, 8.25))

    made = offers(cast.problem(visits=[promised]), cast.request(cast.visit("finch", minutes=200), [(9, 10.5)]))

    (miss,) = made.misses
    assert miss.nearest is not None and miss.reason.code is Code.LATE_RISK
    assert miss.reason.facts == {"technician": "sam", "p_kept": miss.nearest.p_kept, "needed": 0.93}
    assert 0.3 < miss.nearest.p_kept < 0.93


def test_the_nearest_miss_is_the_one_that_breaks_least(cast: Cast) -> None:
    """ "Nobody free before 10; nearest: Ade, breaks Mr Finch's window": Ade's is the gentler break."""
    people = [cast.technician("sam"), cast.technician("ade")]
    visits = [
        cast.visit("adeyemi", site=1, minutes=60, window=(8, 9)),
        cast.visit("finch", site=1, minutes=60, cv=0.3, window=(8.5, 9.75)),
    ]
    request = cast.request(cast.visit("new", site=1, minutes=75, cv=0.3), [(8, 8.75)])

    made = offers(cast.problem(people, visits, {"sam": ["adeyemi"], "ade": ["finch"]}), request)

    reason = made.misses[0].reason
    assert (reason.code, reason.facts["technician"], reason.facts["visit"]) == (Code.BREAKS_FLOOR, "ade", "finch")
    assert 0.0 < float(str(reason.facts["after"])) < float(str(reason.facts["floor"]))


def test_the_absence_that_is_in_the_way_is_named(cast: Cast) -> None:
    away = cast.technician(absences=(Absence(from_s=8.5 * HOUR, to_s=12.5 * HOUR),))

    made = offers(cast.problem([away]), cast.request(windows=[(8.5, 10)]))

    code, facts = only_reason(made)
    assert (code, facts["from_s"], facts["to_s"]) == (Code.ABSENT, 8.5 * HOUR, 12.5 * HOUR)


def test_a_search_that_is_cut_short_by_its_stop_rule_says_so(cast: Cast) -> None:
    later = [cast.visit(f"v{n}", site=1, minutes=30) for n in range(8)]

    made = offers(cast.problem(visits=later, policy=Policy(most_stops=1)), cast.request(windows=[(8, 10)]))

    assert Code.TOO_MANY in {miss.reason.code for miss in made.misses}
