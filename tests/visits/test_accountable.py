"""Exactly one technician answers for a visit from assignment to completion (S0-18, G-13)."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, at, door
from tests.field import site_of, visit_of, worked_through

from goodword.crew import actions as crew
from goodword.crew.errors import DoubleBooked
from goodword.crew.models import Engagement
from goodword.customers.models import Site
from goodword.kit.models import Event
from goodword.kit.refusals import Refusal, Stale
from goodword.visits import actions as visits
from goodword.visits import errors
from goodword.visits.models import Visit


@pytest.mark.shows("S0-18")
def test_until_on_my_way_the_dispatcher_assigns_freely(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)

    visits.assign(visit.id, cast.ade.id, at("10:00"), at("11:00"), **door(cast.priya))

    visit.refresh_from_db()
    assert visit.technician_id == cast.ade.id
    assert Engagement.objects.get(about_id=visit.id, live=True).person_id == cast.ade.id


@pytest.mark.shows("S0-18")
def test_from_on_my_way_on_it_is_a_hand_over(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40", until="depart")

    with pytest.raises(errors.UnderWay):
        visits.assign(visit.id, cast.ade.id, at("10:00"), at("11:00"), **door(cast.priya))


@pytest.mark.shows("S0-18")
def test_a_hand_over_is_offered_by_one_and_accepted_by_the_other(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40", until="depart")

    offered = visits.offer_handover(visit.id, cast.ade.id, **door(cast.sam, at("09:50")))
    visit.refresh_from_db()
    assert visit.technician_id == cast.sam.id

    visits.accept_handover(offered.id, **door(cast.ade, at("09:55")))
    visit.refresh_from_db()
    assert visit.technician_id == cast.ade.id


def test_nobody_accepts_for_somebody_else(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)
    offered = visits.offer_handover(visit.id, cast.ade.id, **door(cast.sam, at("09:50")))

    with pytest.raises(errors.NotYourHandover):
        visits.accept_handover(offered.id, "in a hurry", **door(cast.priya, at("09:55")))


def test_for_a_technician_who_is_absent_the_dispatcher_accepts_with_the_reason(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)
    worked_through(visit.id, cast.sam, "09:40", until="depart")
    crew.report_absence(cast.sam.id, at("09:45"), at("17:00"), "sick", **door(cast.priya, at("09:45")))
    offered = visits.offer_handover(visit.id, cast.ade.id, "sick", **door(cast.priya, at("09:50")))

    visits.accept_handover(offered.id, "sick", **door(cast.priya, at("09:55")))

    visit.refresh_from_db()
    assert visit.technician_id == cast.ade.id


def test_a_command_of_somebody_who_is_no_longer_accountable_is_refused_with_the_name(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.ade)

    with pytest.raises(errors.NotAccountable, match="Ade Bankole"):
        visits.depart(visit.id, **door(cast.sam, at("09:40")))


def test_a_swap_exchanges_two_visits_in_one_transaction(cast: Cast, site: Site) -> None:
    other = site_of("Mr Finch", cast.aldermere)
    mine, theirs = visit_of(site, cast.sam, "10:00", "11:00"), visit_of(other, cast.ade, "10:30", "11:30")

    visits.swap(mine.id, theirs.id, **door(cast.priya))

    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.technician_id, mine.planned_start) == (cast.ade.id, at("10:30"))
    assert (theirs.technician_id, theirs.planned_start) == (cast.sam.id, at("10:00"))


def test_two_visits_cannot_overlap_and_the_loser_is_told_who_is_there(cast: Cast, site: Site) -> None:
    visit_of(site, cast.sam, "10:00", "11:00")

    with pytest.raises(DoubleBooked, match="Sam Tully"):
        visit_of(site, cast.sam, "10:59", "12:00")


def test_the_time_that_an_ended_visit_leaves_over_can_be_planned_again(cast: Cast, site: Site) -> None:
    """Offered windows lie there: the engine sees that the visit is over, and so must the calendar."""
    visit = visit_of(site, cast.sam, "10:00", "12:00")
    worked_through(visit.id, cast.sam, "09:50", until="arrive")
    visits.complete(visit.id, "no_access", {"waited_s": 900, "calls": 2}, **door(cast.sam, at("10:10")))

    next_one = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "10:45", "11:45")

    assert Engagement.objects.get(person=cast.sam, live=True).about_id == next_one.id


def test_a_drop_on_a_visit_that_has_changed_meanwhile_is_refused(cast: Cast, site: Site) -> None:
    """Design 7."""
    visit = visit_of(site, cast.sam)
    visits.assign(visit.id, cast.ade.id, at("10:00"), at("11:00"), revision=1, **door(cast.priya))

    with pytest.raises(Stale):
        visits.assign(visit.id, cast.sam.id, at("10:00"), at("11:00"), revision=1, **door(cast.hanna))


def test_a_move_keeps_the_old_visit_and_makes_a_successor(cast: Cast, site: Site) -> None:
    old = visit_of(site, cast.sam)

    new = visits.move(old.id, cast.ade.id, at("14:00"), at("15:00"), "customer", "at work", **door(cast.priya))

    old.refresh_from_db()
    assert (old.moved_to_id, old.moved_at is not None, old.planned_start) == (new.id, True, at("10:00"))
    assert Engagement.objects.filter(about_id=old.id, live=True).count() == 0


DOINGS = st.lists(
    st.tuples(st.sampled_from(["assign", "take_off", "depart", "offer", "accept", "arrive", "end"]), st.booleans()),
    max_size=12,
)


@pytest.mark.shows("S0-18")
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOINGS)
def test_at_no_time_are_there_none_or_two_accountable(cast: Cast, site: Site, doings: list[tuple[str, bool]]) -> None:
    """Property over random, repeated and refused commands: the engagement and the visit always name the same one."""
    n = Visit.objects.count() % 1200
    visit = visit_of(site, cast.sam, f"{n // 60:02d}:{n % 60:02d}", f"{(n + 1) // 60:02d}:{(n + 1) % 60:02d}")
    started = False

    for doing, sam in doings:
        with suppress(Refusal):
            _do(doing, visit, cast, cast.sam if sam else cast.ade, at("09:00"))
        visit.refresh_from_db()
        started = started or visit.on_the_way_at is not None
        rows = Engagement.objects.filter(about_id=visit.id, live=True, kind="visit")
        live = list(rows.values_list("person_id", flat=True))
        assert live == ([visit.technician_id] if visit.technician_id and not visit.is_over else [])
        assert visit.technician_id is not None or not started
    given = Event.objects.filter(name="handover.accepted", facts__visit=str(visit.id)).count()
    assert given == visit.handovers.exclude(accepted_at=None).count()


def _do(doing: str, visit: Visit, cast: Cast, who: Any, when: Any) -> None:
    if doing == "assign":
        visits.assign(visit.id, who.id, visit.planned_start, visit.planned_end, **door(cast.priya))
    elif doing == "take_off":
        visits.assign(visit.id, None, visit.planned_start, visit.planned_end, **door(cast.priya))
    elif doing == "offer":
        visits.offer_handover(visit.id, who.id, **door(cast.sam if who == cast.ade else cast.ade, when))
    elif doing == "accept":
        offered = visit.handovers.filter(accepted_at=None).first()
        if offered is not None:
            visits.accept_handover(offered.id, **door(who, when))
    elif doing == "end":
        visits.complete(visit.id, "unsafe", **door(who, when))
    else:
        {"depart": visits.depart, "arrive": visits.arrive}[doing](visit.id, **door(who, when))
