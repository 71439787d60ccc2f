"""Single steps that are told after what came later: each lands in its place, and nobody is asked for what was done."""

from typing import Any

import pytest
from tests.cast import Cast, at, door
from tests.field import site_of, visit_of, worked_through
from tests.reliability.days import Phone

from goodword.customers.models import Site
from goodword.kit.clock import standing_at
from goodword.kit.commands import receive_batch
from goodword.kit.models import Held
from goodword.next_steps.models import Step
from goodword.next_steps.queries import steps_about
from goodword.visits import actions as visits
from goodword.visits import errors
from goodword.visits.models import Visit


@pytest.fixture
def site(cast: Cast) -> Site:
    return site_of("Mrs Adeyemi", cast.aldermere)


@pytest.fixture
def left_early(cast: Cast, site: Site) -> Visit:
    """Completed at 10:00 with the walk-through and the answer missing: the office owes both."""
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40", until="clean_up")
    visits.complete(visit.id, "fixed", leave_now=True, **door(cast.sam, at("10:00")))
    visit.refresh_from_db()
    assert visit.steps_missed == ["walked_through", "satisfied"]
    return visit


def owed(visit: Visit) -> list[str]:
    return sorted(steps_about([visit.id]).waiting().values_list("kind", flat=True))


def test_a_walk_through_that_is_told_late_is_no_longer_owed_by_the_office(cast: Cast, left_early: Visit) -> None:
    visits.walk_through(left_early.id, **door(cast.sam, at("09:50")))

    left_early.refresh_from_db()
    assert (left_early.walked_through_at, left_early.steps_missed) == (at("09:50"), ["satisfied"])
    assert owed(left_early) == ["satisfied"]
    assert Step.objects.get(kind="walked_through").done_by == cast.sam.id


def test_a_walk_through_after_the_end_did_not_happen_in_the_visit(cast: Cast, left_early: Visit) -> None:
    with pytest.raises(errors.VisitIsOver):
        visits.walk_through(left_early.id, **door(cast.sam, at("10:01")))


def test_a_no_that_is_told_after_the_end_still_needs_its_next_step(cast: Cast, left_early: Visit) -> None:
    """E-6."""
    visits.answer_satisfied(left_early.id, False, **door(cast.sam, at("09:55")))

    left_early.refresh_from_db()
    assert set(left_early.steps_missed) == {"walked_through", "not_satisfied"}
    assert owed(left_early) == ["not_satisfied", "walked_through"]


def test_of_two_answers_the_later_one_counts_in_whatever_order_they_are_told(cast: Cast, left_early: Visit) -> None:
    visits.answer_satisfied(left_early.id, True, **door(cast.sam, at("09:58")))
    visits.answer_satisfied(left_early.id, False, **door(cast.sam, at("09:52")))

    left_early.refresh_from_db()
    assert (left_early.satisfied, left_early.satisfied_at) == (True, at("09:58"))
    assert owed(left_early) == ["walked_through"]


def test_whom_the_technician_met_can_be_told_after_the_work(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40")

    visits.meet(visit.id, "contact", **door(cast.sam, at("09:42")))

    visit.refresh_from_db()
    assert (visit.met_at, visit.met_who) == (at("09:42"), "contact")


def test_a_meeting_before_the_arrival_is_not_believed(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40")

    with pytest.raises(errors.EarlierThanBefore):
        visits.meet(visit.id, "contact", **door(cast.sam, at("09:40")))


@pytest.mark.shows("S0-4")
def test_what_was_changed_after_the_technician_read_it_they_have_not_read(cast: Cast, site: Site) -> None:
    """The phone tells at 9:00 that the order was read at 8:00; at 8:30 the office had changed it."""
    visit = visit_of(site, cast.sam)
    visits.change_order(visit.order_id, "and look at the pump", **door(cast.hanna, at("08:30")))

    visits.review(visit.id, **door(cast.sam, at("08:00")))

    visit.refresh_from_db()
    assert (visit.reviewed_at, visit.reviewed_version) == (at("08:00"), 1)


def told(by: Any, cast: Cast, *raw: dict[str, Any]) -> list[str]:
    with standing_at(at("18:00")):
        answers = receive_batch(list(raw), by=by.actor, online=False, scope=cast.aldermere.id)
    return [a["status"] for a in answers]


def test_work_that_is_told_before_the_scope_was_confirmed_waits_and_goes_through_by_itself(
    cast: Cast, site: Site
) -> None:
    """The way on of a technician without signal is not a person in the office (S0-8)."""
    visit, phone = visit_of(site, cast.sam), Phone()
    worked_through(visit.id, cast.sam, "09:40", until="arrive")
    scope = phone.command("visit.confirm_scope", visit.id, at("09:45"), {})
    work = phone.command("visit.start_work", visit.id, at("09:50"), {})

    assert told(cast.sam, cast, work) == ["held"]
    assert told(cast.sam, cast, scope) == ["applied"]

    visit.refresh_from_db()
    assert visit.work_started_at == at("09:50")
    assert Held.objects.get().how == "by_itself"


@pytest.mark.shows("S0-18")
def test_an_arrival_that_is_told_before_the_hand_over_was_accepted_goes_through_when_it_is(
    cast: Cast, site: Site
) -> None:
    visit, phone = visit_of(site, cast.sam), Phone()
    worked_through(visit.id, cast.sam, "09:40", until="depart")
    offered = visits.offer_handover(visit.id, cast.ade.id, **door(cast.sam, at("09:50")))
    accept = phone.command("handover.accept", offered.id, at("09:55"), {})
    arrive = phone.command("visit.arrive", visit.id, at("10:10"), {})

    assert told(cast.ade, cast, arrive) == ["held"]
    assert told(cast.ade, cast, accept) == ["applied"]

    visit.refresh_from_db()
    assert (visit.technician_id, visit.arrived_at) == (cast.ade.id, at("10:10"))
    assert not Held.objects.filter(settled_at=None).exists()
