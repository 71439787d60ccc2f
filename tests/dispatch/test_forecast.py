"""What will happen to each promise from here, and when that was first known."""

from datetime import timedelta

import pytest
from tests.cast import MONDAY, NOW, Cast, at, door, queries
from tests.field import promised, site_of, visit_of, worked_through

from goodword.crew import actions as crew
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.dispatch.models import Forecast
from goodword.dispatch.queries.board import board
from goodword.kit.clock import standing_at
from goodword.kit.models import Event
from goodword.parts.bracket import Audience, view
from goodword.parts.promised import bracket_of
from goodword.visits import actions as visits


@pytest.mark.shows("S3-5")
def test_every_visit_to_come_has_a_range_around_its_arrival(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam, "11:00", "12:00")
    promised(visit, "10:00", "12:00")

    dispatch.reforecast(cast.aldermere.id)

    forecast = Forecast.objects.get(visit=visit)
    assert forecast.p10 and forecast.p50 and forecast.p90
    assert NOW <= forecast.p10 <= forecast.p50 <= forecast.p90
    assert forecast.assumed


@pytest.mark.shows("S3-5")
def test_the_customer_sees_window_and_about_when_and_no_percentage(cast: Cast, site: Site) -> None:
    promised(visit_of(site, cast.sam, "11:00", "12:00"), "10:00", "12:00")
    dispatch.reforecast(cast.aldermere.id)
    stop = board(cast.aldermere, MONDAY).stops[0]

    said = view(bracket_of(stop, Audience.CUSTOMER)).words  # type: ignore[arg-type]

    assert "between 10:00 and 12:00" in said
    assert "%" not in said


def test_nobody_assigned_has_no_forecast_and_says_so(cast: Cast, site: Site) -> None:
    promised(visit_of(site, None))

    dispatch.reforecast(cast.aldermere.id)

    assert not Forecast.objects.exclude(p50=None).exists()


@pytest.mark.shows("S0-5")
def test_an_overrun_puts_the_next_promise_at_risk_and_then_known_each_once(cast: Cast, site: Site) -> None:
    """P-28, P-29, P-30."""
    first = visit_of(site, cast.sam, "08:00", "09:00")
    second = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "09:30", "10:30")
    promise = promised(second, "09:00", "10:00")
    with standing_at(at("08:30")):
        worked_through(first.id, cast.sam, "08:05", until="start_work")
        visits.running_late(first.id, 60, **door(cast.sam, at("08:30")))
        dispatch.reforecast(cast.aldermere.id)
    with standing_at(at("09:45")):
        dispatch.reforecast(cast.aldermere.id)
        dispatch.reforecast(cast.aldermere.id)

    marks = list(
        Event.objects.filter(about_id=promise.id, name__in=["promise.at_risk", "promise.known"]).order_by("id")
    )
    assert [m.name for m in marks] == ["promise.at_risk", "promise.known"]


@pytest.mark.shows("S3-6")
@pytest.mark.parametrize("minutes", [15, 30, 60, 40])
def test_running_late_moves_later_arrivals_and_only_this_technicians(cast: Cast, site: Site, minutes: int) -> None:
    first = visit_of(site, cast.sam, "10:00", "11:00")
    later = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "11:30", "12:30")
    others = visit_of(site_of("Mrs Petrov", cast.aldermere), cast.ade, "11:30", "12:30")
    dispatch.reforecast(cast.aldermere.id)
    before = Forecast.objects.in_bulk()

    visits.running_late(first.id, minutes, **door(cast.sam))
    dispatch.reforecast(cast.aldermere.id)

    after = Forecast.objects.in_bulk()
    assert after[later.id].p50 > before[later.id].p50  # type: ignore[operator]
    assert after[others.id].p50 == before[others.id].p50


def test_a_technician_who_is_sick_puts_all_their_promises_at_risk(cast: Cast, site: Site) -> None:
    """P-47."""
    promise = promised(visit_of(site, cast.sam, "11:00", "12:00"), "10:00", "12:00")
    crew.report_absence(cast.sam.id, at("09:40"), at("16:30"), "sick", **door(cast.priya))

    dispatch.reforecast(cast.aldermere.id)

    assert promise.marks.filter(kind="known").exists()


def test_the_board_asks_the_same_number_of_queries_for_one_visit_and_for_twenty(cast: Cast, site: Site) -> None:
    for n in range(20):
        start = at("07:30") + timedelta(minutes=20 * n)
        order = visits.open_order(site.id, "boiler_service", cast.aldermere.id, **door())
        visit = visits.plan_visit(order.id, cast.sam.id, start, start + timedelta(minutes=15), **door())
        promised(visit, "09:30", "17:30")

    with queries(at_most=12):
        day = board(cast.aldermere, MONDAY)
        assert len([bracket_of(s) for s in day.stops]) == 20
