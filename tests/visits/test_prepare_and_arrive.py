"""Prepare and Arrive, step by step: what each records, what it asks for, and every way on (4.13)."""

import pytest
from tests.cast import Cast, at, door
from tests.field import promised, visit_of
from tests.visits.steps import LINES, after, asked, line, newest

from goodword.customers import actions as customers
from goodword.customers.models import Site
from goodword.kit.asks import Asks
from goodword.kit.clock import standing_at
from goodword.kit.refusals import BadInput
from goodword.next_steps.models import Step
from goodword.promises.models import Promise
from goodword.promises.queries import judgement
from goodword.promises.reactions import finish_told, part_missing
from goodword.promises.rules import State
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.visits.reactions import read_again
from goodword.visits.rules import Stage, minutes_to_tell


@pytest.mark.shows("S0-2")
def test_a_critical_part_is_checked_before_departure(cast: Cast, visit: Visit) -> None:
    visits.set_lines(visit.order_id, LINES, **door(cast.hanna))

    with pytest.raises(Asks) as refused:
        visits.depart(visit.id, **door(cast.sam, at("09:40")))
    assert asked(refused) == ["parts_checked"]

    visits.check_parts(visit.id, **door(cast.sam, at("09:41")))
    visits.depart(visit.id, **door(cast.sam, at("09:42")))
    assert all(row.is_gathered for row in visit.order.lines.exclude(kind="work"))


@pytest.mark.shows("S0-2")
def test_a_missing_critical_part_puts_the_window_at_risk_and_says_so(monday: None, cast: Cast, visit: Visit) -> None:
    visits.set_lines(visit.order_id, LINES, **door(cast.hanna))
    promise = promised(visit)

    visits.check_parts(visit.id, [line(visit, "part")], **door(cast.sam, at("08:10")))
    for _again in range(2):
        part_missing(newest("visit.parts_checked"))

    assert promise.marks.get().kind == "at_risk"
    owed = Step.objects.get(about_id=visit.id, reason="part_missing")
    assert (owed.owner_role, "Seal set" in owed.words, owed.due_at) == ("dispatcher", True, at("10:00"))


def test_a_missing_tool_is_told_to_the_office_but_puts_no_promise_at_risk(cast: Cast, visit: Visit) -> None:
    visits.set_lines(visit.order_id, LINES, **door(cast.hanna))
    promise = promised(visit)

    visits.check_parts(visit.id, [line(visit, "tool")], **door(cast.sam, at("08:10")))
    part_missing(newest("visit.parts_checked"))

    assert not promise.marks.exists()
    assert Step.objects.filter(about_id=visit.id, reason="part_missing").exists()


def test_what_was_missing_and_is_on_board_now_is_owed_by_nobody(cast: Cast, visit: Visit) -> None:
    visits.set_lines(visit.order_id, LINES, **door(cast.hanna))
    visits.check_parts(visit.id, [line(visit, "part")], **door(cast.sam, at("08:10")))

    visits.check_parts(visit.id, **door(cast.sam, at("08:30")))

    assert Step.objects.get(reason="part_missing").done_at is not None


@pytest.mark.shows("S0-4")
def test_an_order_that_changes_after_it_was_read_clears_the_stamp_and_alerts(cast: Cast, visit: Visit) -> None:
    visits.review(visit.id, **door(cast.sam, at("08:00")))
    assert Visit.objects.get(id=visit.id).is_read

    visits.set_lines(visit.order_id, LINES[:1], **door(cast.hanna, at("08:30")))
    for _again in range(2):
        read_again(newest("order.changed"))

    assert not Visit.objects.get(id=visit.id).is_read
    alert = Step.objects.get(about_id=visit.id, reason="order_changed")
    assert alert.owner_id == cast.sam.id
    with pytest.raises(Asks) as refused:
        visits.depart(visit.id, **door(cast.sam, at("09:40")))
    assert asked(refused) == ["reviewed"]

    visits.review(visit.id, **door(cast.sam, at("09:41")))
    alert.refresh_from_db()
    assert alert.done_at is not None
    visits.depart(visit.id, **door(cast.sam, at("09:42")))


# Arrive


@pytest.mark.shows("S0-7")
@pytest.mark.parametrize("who", ["minor", "nobody", "wrong_person"])
def test_nobody_who_may_let_us_work_blocks_the_work(cast: Cast, visit: Visit, who: str) -> None:
    after(visit, cast, "arrive")
    visits.confirm_scope(visit.id, **door(cast.sam, at("09:42")))
    visits.meet(visit.id, who, **door(cast.sam, at("09:43")))

    with pytest.raises(Asks) as refused:
        visits.start_work(visit.id, **door(cast.sam, at("09:44")))

    assert asked(refused) == ["nobody_may_work"]
    assert refused.value.asks[0].way_on


def test_a_parent_by_phone_lets_the_work_begin(cast: Cast, visit: Visit) -> None:
    """E-13."""
    after(visit, cast, "arrive")
    visits.meet(visit.id, "minor", allowed_by="Mr Adeyemi, by phone", **door(cast.sam, at("09:42")))
    visits.confirm_scope(visit.id, **door(cast.sam, at("09:43")))

    visits.start_work(visit.id, **door(cast.sam, at("09:44")))

    assert Visit.objects.get(id=visit.id).meeting.allowed_by == "Mr Adeyemi, by phone"


def test_making_safe_is_allowed_with_a_child_alone_too(cast: Cast, visit: Visit) -> None:
    """E-14."""
    after(visit, cast, "arrive")
    visits.meet(visit.id, "minor", **door(cast.sam, at("09:42")))

    visits.start_work(visit.id, make_safe=True, **door(cast.sam, at("09:43")))

    assert Visit.objects.get(id=visit.id).stage is Stage.WORK


def test_an_entry_that_was_agreed_beforehand_counts_as_met(cast: Cast, site: Site, visit: Visit) -> None:
    """E-15."""
    after(visit, cast, "arrive")
    with pytest.raises(BadInput):
        visits.meet(visit.id, "authorised", **door(cast.sam, at("09:42")))

    entry = {"authorised_entry": "Key safe by the door", "authorised_by": "Mrs Adeyemi"}
    customers.set_site_facts(site.id, entry, **door(cast.hanna))
    visits.meet(visit.id, "authorised", **door(cast.sam, at("09:43")))
    visits.confirm_scope(visit.id, "authorised", **door(cast.sam, at("09:44")))
    visits.start_work(visit.id, **door(cast.sam, at("09:45")))


@pytest.mark.shows("S0-7")
def test_how_they_like_to_be_called_is_kept_out_of_the_event(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "arrive")

    visits.meet(visit.id, "contact", "Folake", **door(cast.sam, at("09:42")))

    assert Visit.objects.get(id=visit.id).meeting.called == "Folake"
    assert "Folake" not in str(newest("visit.met").facts)


@pytest.mark.shows("S0-8")
@pytest.mark.parametrize("how", ["changed", "emergency"])
def test_a_scope_that_changed_says_why(cast: Cast, visit: Visit, how: str) -> None:
    after(visit, cast, "arrive")
    with pytest.raises(BadInput):
        visits.confirm_scope(visit.id, how, **door(cast.sam, at("09:42")))

    visits.confirm_scope(visit.id, how, "She wants the tap too.", **door(cast.sam, at("09:42")))
    visits.start_work(visit.id, **door(cast.sam, at("09:43")))

    assert Visit.objects.get(id=visit.id).meeting.scope_reason == "She wants the tap too."


@pytest.mark.shows("S0-9", "S0-10", "S0-11")
def test_same_as_last_time_is_one_tap_and_the_next_technician_sees_it(cast: Cast, site: Site, visit: Visit) -> None:
    """E-31."""
    after(visit, cast, "arrive")
    told = {"pets": "Dog, Biscuit.", "work_area": "Kitchen", "materials_area": "Hall, on the mat"}
    visits.confirm_site(visit.id, told, **door(cast.sam, at("09:42")))
    visits.complete(visit.id, "cancelled_at_door", **door(cast.sam, at("09:50")))
    again = visit_of(site, cast.ade, "14:00", "15:00")
    for do in (visits.depart, visits.arrive):
        do(again.id, **door(cast.ade, at("14:00")))
    visits.confirm_scope(again.id, **door(cast.ade, at("14:01")))

    with pytest.raises(Asks) as refused:
        visits.start_work(again.id, **door(cast.ade, at("14:02")))
    assert asked(refused) == ["site_confirmed"]
    visits.confirm_site(again.id, **door(cast.ade, at("14:03")))
    visits.start_work(again.id, **door(cast.ade, at("14:04")))

    meeting = Visit.objects.get(id=again.id).meeting
    assert (meeting.work_area, meeting.materials_area) == ("Kitchen", "Hall, on the mat")
    site.refresh_from_db()
    assert (site.pets, site.confirmed_at) == ("Dog, Biscuit.", at("14:03"))


@pytest.mark.shows("S0-22")
def test_the_told_duration_is_a_promise_to_finish_by_then(monday: None, cast: Cast, visit: Visit) -> None:
    after(visit, cast, "arrive")
    with standing_at(at("09:45")):
        visits.confirm_scope(visit.id, minutes=90, **door(cast.sam, at("09:45")))
        for _again in range(2):
            finish_told(newest("visit.scope_confirmed"))

    promise = Promise.objects.get(type="finish_by")
    assert (promise.closes_at, promise.said, promise.keeper) == (at("11:15"), "Done by 11:15.", cast.sam.id)
    assert Visit.objects.get(id=visit.id).finish_told_at == at("11:15")


@pytest.mark.shows("S0-22")
@pytest.mark.parametrize(("seen_at", "state"), [("11:15", State.KEPT), ("11:16", State.KEPT), ("11:17", State.BROKEN)])
def test_it_is_kept_when_somebody_saw_it_work_in_time(
    monday: None, cast: Cast, visit: Visit, seen_at: str, state: State
) -> None:
    after(visit, cast, "arrive")
    with standing_at(at("09:45")):
        visits.confirm_scope(visit.id, minutes=90, **door(cast.sam, at("09:45")))
        finish_told(newest("visit.scope_confirmed"))
        visits.start_work(visit.id, **door(cast.sam, at("09:46")))
    with standing_at(at("11:40")):
        visits.observe_working(visit.id, **door(cast.sam, at(seen_at)))

    assert judgement(Promise.objects.get(type="finish_by"), at("12:00")).state is state


@pytest.mark.parametrize(("mean", "cv", "minutes"), [(60, 0.35, 90), (35, 0.30, 60), (210, 0.30, 300), (45, 0, 45)])
def test_what_a_customer_is_told_holds_in_nine_visits_of_ten(mean: int, cv: float, minutes: int) -> None:
    assert minutes_to_tell(mean * 60, cv) == minutes
