"""What a visit costs: only what was agreed and done; a second visit of one order is not asked the price again."""

import pytest
from tests.cast import Cast, at, door
from tests.field import visit_of, work_type, worked_through

from goodword.customers.models import Site
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.visits.queries import charges_of, due_minor


@pytest.fixture
def repair(cast: Cast, site: Site) -> Visit:
    work_type("repair", price_minor=96_00)
    return visit_of(site, cast.sam, work="repair")


def agreed(visit: Visit, cast: Cast, words: str, minor: int) -> None:
    visits.agree_change(visit.id, words, minor, finish_at=at("12:00"), **door(cast.sam, at("10:00")))


def test_what_was_agreed_and_is_not_done_is_not_charged(cast: Cast, repair: Visit) -> None:
    visit = repair
    worked_through(visit.id, cast.sam, "09:30", until="start_work")
    agreed(visit, cast, "New pump", 80_00)
    agreed(visit, cast, "New valve", 30_00)
    pump = visit.order.lines.get(words="New pump")

    visits.finish_line(visit.id, pump.id, **door(cast.sam, at("10:30")))

    found = charges_of(visit)
    assert [(each.words, each.minor) for each in found.charged] == [("repair", 96_00), ("New pump", 80_00)]
    assert [(each.words, each.minor) for each in found.not_done] == [("New valve", 30_00)]
    assert found.due_minor == due_minor(visit) == 176_00


def test_the_second_visit_of_an_order_asks_what_is_left(cast: Cast, repair: Visit) -> None:
    visit = repair
    worked_through(visit.id, cast.sam, "09:30", until="start_work")
    visits.observe_working(visit.id, works=False, **door(cast.sam, at("10:00")))
    visits.record_payment(visit.id, "card", 96_00, "They wished to.", **door(cast.sam, at("10:10")))
    again = visits.plan_visit(visit.order_id, cast.sam.id, at("14:00"), at("15:00"), **door())

    assert due_minor(again) == 0
    worked_through_again(again, cast)
    assert charges_of(again).due_minor == 80_00
    assert charges_of(again).paid_before_minor == 96_00


def worked_through_again(again: Visit, cast: Cast) -> None:
    visits.complete(
        Visit.objects.exclude(id=again.id).get().id, "needs_return", leave_now=True, **door(cast.sam, at("10:20"))
    )
    worked_through(again.id, cast.sam, "14:00", until="start_work")
    visits.agree_change(again.id, "New pump", 80_00, finish_at=at("15:00"), **door(cast.sam, at("14:10")))
    line = again.order.lines.get(words="New pump")
    visits.finish_line(again.id, line.id, **door(cast.sam, at("14:20")))


def test_an_unpaid_first_visit_is_asked_at_the_second(cast: Cast, repair: Visit) -> None:
    worked_through(repair.id, cast.sam, "09:30", until="start_work")
    visits.observe_working(repair.id, works=False, **door(cast.sam, at("10:00")))
    visits.record_payment(repair.id, "none", 0, "When it works.", **door(cast.sam, at("10:10")))
    again = visits.plan_visit(repair.order_id, cast.sam.id, at("14:00"), at("15:00"), **door())

    assert due_minor(again) == 96_00
