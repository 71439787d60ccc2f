"""Work and Complete, step by step: what each records, what it asks for, and every way on (4.13)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.cast import Cast, at, door
from tests.field import site_of, visit_of, work_type, worked_through
from tests.visits.steps import LINES, after, asked, line, newest

from goodword.customers.models import Site
from goodword.kit.asks import Asks
from goodword.kit.clock import standing_at
from goodword.kit.models import Event
from goodword.kit.refusals import BadInput, NotFound
from goodword.next_steps.models import Step
from goodword.promises.models import Promise
from goodword.promises.queries import judgement
from goodword.promises.reactions import finish_told
from goodword.promises.rules import State
from goodword.visits import actions as visits
from goodword.visits import errors
from goodword.visits.models import Visit


@pytest.mark.shows("S0-12")
def test_an_obstacle_keeps_its_effect_and_when_the_customer_heard_of_it(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "start_work")
    found = visits.meet_obstacle(visit.id, "hidden", "Rust behind it", 40, 60_00, **door(cast.sam, at("10:00")))
    assert (found.has_effect, found.told_at) == (True, None)

    told = visits.tell_obstacle(visit.id, found.id, **door(cast.sam, at("10:10")))
    earlier = visits.tell_obstacle(visit.id, found.id, **door(cast.sam, at("10:05")))

    assert (told.told_at, earlier.told_at) == (at("10:10"), at("10:05"))
    assert newest("visit.obstacle_met").facts["more_s"] == 2400
    assert "Rust" not in str(newest("visit.obstacle_met").facts)


@pytest.mark.shows("S0-13")
def test_a_change_needs_the_customers_yes_with_price_and_finish(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "start_work")
    with pytest.raises(BadInput):
        visits.agree_change(visit.id, "New pump", 80_00, **door(cast.sam, at("10:00")))

    change = visits.agree_change(visit.id, "New pump", 80_00, finish_at=at("12:00"), **door(cast.sam, at("10:00")))

    assert change.line.words == "New pump"
    assert Visit.objects.get(id=visit.id).finish_told_at == at("12:00")


@pytest.mark.shows("S0-13", "S0-22")
def test_the_new_finish_takes_the_place_of_the_old_one(monday: None, cast: Cast, visit: Visit) -> None:
    after(visit, cast, "arrive")
    with standing_at(at("10:00")):
        visits.confirm_scope(visit.id, minutes=60, **door(cast.sam, at("09:45")))
        finish_told(newest("visit.scope_confirmed"))
        visits.start_work(visit.id, **door(cast.sam, at("09:46")))
        visits.agree_change(visit.id, "New pump", 80_00, finish_at=at("12:00"), **door(cast.sam, at("09:55")))
        finish_told(newest("visit.change_agreed"))

    old, new = Promise.objects.filter(type="finish_by").order_by("made_at")
    assert (new.successor_of_id, new.closes_at) == (old.id, at("12:00"))
    assert judgement(old, at("13:00")).state is State.RENEGOTIATED


def test_a_limit_agreed_beforehand_is_a_yes_up_to_its_end(cast: Cast, visit: Visit) -> None:
    """E-16."""
    visits.set_limit(visit.order_id, 100_00, "Mrs Adeyemi", **door(cast.hanna))
    after(visit, cast, "start_work")
    visits.agree_change(visit.id, "New valve", 70_00, "limit", **door(cast.sam, at("10:00")))

    with pytest.raises(errors.OverTheLimit, match="3000"):
        visits.agree_change(visit.id, "New pump", 40_00, "limit", **door(cast.sam, at("10:05")))
    visits.agree_change(visit.id, "New seal", 30_00, "limit", **door(cast.sam, at("10:06")))


def test_an_emergency_is_a_yes_with_a_photo(cast: Cast, visit: Visit) -> None:
    """E-17."""
    after(visit, cast, "start_work")
    with pytest.raises(BadInput):
        visits.agree_change(visit.id, "Close the pipe", 0, "emergency", **door(cast.sam, at("10:00")))

    visits.agree_change(visit.id, "Close the pipe", 0, "emergency", photo="a" * 64, **door(cast.sam, at("10:00")))


@pytest.mark.shows("S0-13")
def test_only_lines_of_the_order_are_done(cast: Cast, site: Site, visit: Visit) -> None:
    visits.set_lines(visit.order_id, LINES[:1], **door(cast.hanna))
    other = visit_of(site_of("Mr Finch", cast.aldermere), cast.ade)
    visits.set_lines(other.order_id, LINES[:1], **door(cast.hanna))
    after(visit, cast, "start_work")

    for _twice in range(2):
        visits.finish_line(visit.id, line(visit, "work"), **door(cast.sam, at("10:00")))
    for wrong in (line(other, "work"), uuid4()):
        with pytest.raises(NotFound):
            visits.finish_line(visit.id, wrong, **door(cast.sam, at("10:01")))

    assert Event.objects.filter(name="visit.line_done").count() == 1


# Complete


@pytest.mark.shows("S0-14")
def test_cleaning_up_is_asked_for_or_why_not(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "observe_working")
    visits.walk_through(visit.id, **door(cast.sam, at("10:00")))
    visits.answer_satisfied(visit.id, True, **door(cast.sam, at("10:01")))
    with pytest.raises(Asks) as refused:
        visits.complete(visit.id, "fixed", **door(cast.sam, at("10:02")))
    assert asked(refused) == ["cleaned_up"]
    with pytest.raises(BadInput):
        visits.clean_up(visit.id, "not_needed", **door(cast.sam, at("10:03")))

    visits.clean_up(visit.id, "not_needed", "Worked in the yard.", **door(cast.sam, at("10:03")))
    visits.complete(visit.id, "fixed", **door(cast.sam, at("10:04")))


@pytest.mark.shows("S0-15")
def test_the_walk_through_keeps_questions_and_answers_item_by_item(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "clean_up")
    items = [{"words": "Boiler cleaned"}, {"words": "Pressure", "question": "How often?", "answer": "Once a year."}]

    visits.walk_through(visit.id, "together", items, **door(cast.sam, at("10:00")))

    shown = list(Visit.objects.get(id=visit.id).shown.values_list("words", "question", "answer"))
    assert shown == [("Boiler cleaned", "", ""), ("Pressure", "How often?", "Once a year.")]
    assert newest("visit.walked_through").facts == {"how": "together", "items": 2, "asked": 1}


def test_nobody_there_it_is_sent(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "clean_up")

    visits.walk_through(visit.id, "sent", [{"words": "Boiler cleaned"}], **door(cast.sam, at("10:00")))

    assert Visit.objects.get(id=visit.id).walked_through_how == "sent"


@pytest.fixture
def paying(cast: Cast, visit: Visit) -> Visit:
    work_type(price_minor=96_00)
    return after(visit, cast, "observe_working")


@pytest.mark.shows("S0-16")
def test_payment_before_the_walk_through_needs_a_reason(cast: Cast, paying: Visit) -> None:
    with pytest.raises(BadInput):
        visits.record_payment(paying.id, "card", 96_00, **door(cast.sam, at("10:00")))

    visits.record_payment(paying.id, "card", 96_00, "She has to leave.", **door(cast.sam, at("10:00")))

    assert newest("visit.paid").facts == {"kind": "card", "amount_minor": 96_00, "early": True}


@pytest.mark.shows("S0-16")
def test_after_the_walk_through_it_is_asked_for_and_a_reason_why_not_will_do(cast: Cast, paying: Visit) -> None:
    for minute, do in enumerate((visits.clean_up, visits.walk_through)):
        do(paying.id, **door(cast.sam, at(f"10:0{minute}")))
    visits.answer_satisfied(paying.id, True, "Lovely.", **door(cast.sam, at("10:02")))
    with pytest.raises(Asks) as refused:
        visits.complete(paying.id, "fixed", **door(cast.sam, at("10:03")))
    assert asked(refused) == ["paid"]

    with pytest.raises(BadInput):
        visits.record_payment(paying.id, "none", **door(cast.sam, at("10:03")))
    visits.record_payment(paying.id, "none", 0, "By transfer, on Friday.", **door(cast.sam, at("10:03")))
    visits.complete(paying.id, "fixed", **door(cast.sam, at("10:04")))

    assert Visit.objects.get(id=paying.id).leaving.customer_words == "Lovely."


@pytest.mark.shows("S0-16")
def test_who_pays_by_account_or_owes_nothing_is_not_asked(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:40")

    assert Visit.objects.get(id=visit.id).outcome == "fixed"


def test_a_payment_told_after_the_end_is_owed_by_nobody(cast: Cast, paying: Visit) -> None:
    visits.complete(paying.id, "fixed", leave_now=True, **door(cast.sam, at("10:10")))
    assert "paid" in Visit.objects.get(id=paying.id).steps_missed

    visits.walk_through(paying.id, **door(cast.sam, at("10:00")))
    visits.record_payment(paying.id, "cash", 96_00, **door(cast.sam, at("10:05")))

    assert "paid" not in Visit.objects.get(id=paying.id).steps_missed
    assert Step.objects.get(reason="paid").done_at is not None


@pytest.mark.parametrize(
    ("do", "facts"),
    [
        (visits.check_parts, {}),
        (visits.confirm_site, {}),
        (visits.meet_obstacle, {"kind": "other"}),
        (visits.agree_change, {"words": "x", "price_minor": 0, "finish_at": at("12:00")}),
        (visits.take_reading, {"name": "pressure", "value": "1.4"}),
    ],
)
def test_what_belongs_to_the_door_and_to_work_may_be_told_after_the_end(
    cast: Cast, visit: Visit, do: Any, facts: dict[str, Any]
) -> None:
    worked_through(visit.id, cast.sam, "09:40")

    do(visit.id, **facts, **door(cast.sam, at("09:43")))

    with pytest.raises(errors.VisitIsOver):
        do(visit.id, **facts, **door(cast.sam, at("09:40") + timedelta(hours=3)))
