"""From the phone call to a promise: offers with reasons, held, chosen, confirmed."""

from datetime import timedelta

import pytest
from tests.cast import NOW, Cast, at, door
from tests.field import promised, request_of, site_of, visit_of, worked_through

from goodword.crew import actions as crew
from goodword.crew.errors import DoubleBooked
from goodword.crew.models import Engagement
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.dispatch import errors
from goodword.dispatch.models import Option
from goodword.kit.clock import standing_at
from goodword.kit.models import Event, Link
from goodword.messaging.models import Message
from goodword.next_steps.models import Step
from goodword.promises.models import Promise
from goodword.promises.queries import judgement
from goodword.promises.rules import State
from goodword.visits import actions as visits
from goodword.visits.models import Request


def offered(site: Site, cast: Cast, work: str = "boiler_service", **more: object) -> list[Option]:
    request = request_of(site, work, **more)
    return list(dispatch.offer(request.id, **door(cast.hanna)).options.all())


@pytest.mark.shows("S3-1")
def test_a_request_gets_at_least_three_windows_each_with_a_plain_reason(cast: Cast, site: Site) -> None:
    options = offered(site, cast)

    assert len(options) >= 3
    assert len({(o.opens_at, o.closes_at) for o in options}) == len(options)
    assert all(o.reasons and o.reasons[0]["says"] for o in options)
    assert all(o.p_kept >= 0.9 and o.closes_at > NOW for o in options)


def test_what_is_not_offered_says_why(cast: Cast, site: Site) -> None:
    request = request_of(site, "leak")
    crew.report_absence(cast.sam.id, at("07:00"), at("16:30"), "sick", **door(cast.priya))

    offer = dispatch.offer(request.id, **door(cast.hanna))

    assert not offer.options.exists()
    assert offer.refusals
    assert all(row["says"] for row in offer.refusals)


def test_a_skill_that_nobody_has_is_named(cast: Cast, site: Site) -> None:
    visits.add_work_type("cooling_repair", "cooling repair", ["cooling"], 6000, 0.5, **door())

    offer = dispatch.offer(request_of(site, "cooling_repair").id, **door(cast.hanna))

    assert offer.refusals[0]["code"] == "nobody-with-skill"
    assert "cooling" in offer.refusals[0]["says"]


@pytest.mark.shows("S3-4")
def test_choosing_makes_visit_promise_link_and_confirmation_in_one_go(cast: Cast, site: Site) -> None:
    option = offered(site, cast, words="It bangs at night.")[0]

    promise = dispatch.book(option.id, **door(cast.hanna))

    assert promise.visit is not None
    assert promise.visit.technician_id is not None
    assert "between" in promise.said
    assert Engagement.objects.get(about_id=promise.visit_id, live=True).kind == "visit"
    message = Message.objects.get(about_id=promise.id)
    assert message.to_address == "adeyemi@example.org"
    assert promise.said in message.body
    assert Link.objects.get(about_id=promise.visit_id).purpose == "visit"
    assert Request.objects.get().status == "booked"


def test_the_confirmation_holds_a_calendar_file_and_the_customers_own_link(cast: Cast, site: Site) -> None:
    promise = dispatch.book(offered(site, cast)[0].id, **door(cast.hanna))

    message = Message.objects.get(about_id=promise.id)
    file = message.attachments[0]
    assert (file["name"], file["type"]) == ("visit.ics", "text/calendar")
    assert "BEGIN:VEVENT" in file["text"]
    assert "/v/" in message.body


def test_nobody_to_write_to_becomes_a_call_for_a_person(cast: Cast) -> None:
    """P-54."""
    silent = site_of("Mr Finch", cast.aldermere)

    promise = dispatch.book(offered(silent, cast)[0].id, **door(cast.hanna))

    assert Step.objects.get(about_id=promise.id).kind == "confirm_by_call"
    assert not Message.objects.exists()


@pytest.mark.shows("S3-4")
def test_every_booked_visit_has_exactly_one_window_promise(cast: Cast, site: Site) -> None:
    for _n in range(3):
        dispatch.book(offered(site, cast)[0].id, **door(cast.hanna))

    windows = Promise.objects.filter(type="arrival_window")
    assert windows.count() == len({p.visit_id for p in windows}) == 3


def test_an_option_is_chosen_once(cast: Cast, site: Site) -> None:
    options = offered(site, cast)
    dispatch.book(options[0].id, **door(cast.hanna))

    with pytest.raises(errors.OfferGone):
        dispatch.book(options[1].id, **door(cast.hanna))


def test_the_same_command_books_once_and_answers_the_same(cast: Cast, site: Site) -> None:
    option, once = offered(site, cast)[0], door(cast.hanna)

    first, again = dispatch.book(option.id, **once), dispatch.book(option.id, **once)

    assert first.id == again.id
    assert Promise.objects.count() == 1


def test_a_held_offer_is_as_exclusive_as_a_visit(cast: Cast, site: Site) -> None:
    """E-27, design 7."""
    option = dispatch.hold(offered(site, cast)[0].id, **door(cast.hanna))
    order = visits.open_order(site.id, "boiler_service", cast.aldermere.id, **door())

    with pytest.raises(DoubleBooked):
        visits.plan_visit(order.id, option.technician_id, option.planned_start, option.planned_end, **door())


def test_choosing_another_option_than_the_held_one_lets_go_of_it(cast: Cast, site: Site) -> None:
    held, other = offered(site, cast)[:2]
    dispatch.hold(held.id, **door(cast.hanna))

    promise = dispatch.book(other.id, **door(cast.hanna))

    held.refresh_from_db()
    assert (held.status, held.held_until) == ("offered", None)
    assert Engagement.objects.get(live=True).about_id == promise.visit_id


def test_nothing_can_be_held_of_an_offer_from_which_one_was_chosen(cast: Cast, site: Site) -> None:
    options = offered(site, cast)
    dispatch.book(options[0].id, **door(cast.hanna))

    with pytest.raises(errors.OfferGone):
        dispatch.hold(options[1].id, **door(cast.hanna))


def test_a_hold_lapses_after_ten_minutes(cast: Cast, site: Site) -> None:
    option = dispatch.hold(offered(site, cast)[0].id, **door(cast.hanna))
    assert option.held_until == NOW + timedelta(minutes=10)

    assert dispatch.lapse_offers() == 0
    with standing_at(NOW + timedelta(minutes=10)):
        assert dispatch.lapse_offers() == 1

    option.refresh_from_db()
    assert option.status == "lapsed"
    assert not Engagement.objects.filter(about_id=option.id, live=True).exists()


@pytest.mark.shows("S3-1")
def test_a_window_that_has_become_impossible_is_refused_when_chosen(cast: Cast, site: Site) -> None:
    option = offered(site, cast)[0]
    for person in (cast.sam, cast.ade):
        crew.report_absence(person.id, at("07:00"), at("16:30"), "sick", **door(cast.priya))

    with pytest.raises(errors.NoLongerFits, match="away"):
        dispatch.book(option.id, **door(cast.hanna))


def test_no_window_ends_in_a_promise_to_call_back(cast: Cast, site: Site) -> None:
    """E-22."""
    request = request_of(site)

    promise = dispatch.promise_call_back(request.id, at("12:00"), **door(cast.hanna))

    assert (promise.type, promise.closes_at) == ("call_back_by", at("12:00"))
    assert "12:00" in promise.said


def test_an_emergency_is_offered_the_earliest_arrivals(cast: Cast, site: Site) -> None:
    visits.add_work_type("no_heat", "no heat", ["gas"], 5700, 0.6, emergency=True, severity=1, **door())

    options = offered(site, cast, "no_heat")

    assert options
    assert min(o.closes_at for o in options) <= at("13:00")


@pytest.mark.shows("S0-5")
def test_a_plan_that_cannot_be_kept_is_never_confirmed_silently(cast: Cast, site: Site) -> None:
    request = request_of(site, "leak")

    with pytest.raises(errors.Infeasible, match="plumbing"):
        dispatch.book_by_hand(request.id, cast.ade.id, at("13:00"), at("15:00"), **door(cast.priya))

    promise = dispatch.book_by_hand(
        request.id, cast.ade.id, at("13:00"), at("15:00"), anyway="Ade did this before", **door(cast.priya)
    )
    assert promise.visit is not None
    assert promise.visit.technician_id == cast.ade.id


@pytest.mark.shows("S0-5")
def test_giving_a_visit_to_somebody_untrained_needs_more_than_a_click(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam, "13:00", "14:15", work="leak")

    with pytest.raises(errors.Infeasible, match="plumbing"):
        dispatch.assign(visit.id, cast.ade.id, **door(cast.priya))


def test_moved_by_the_customer_is_released_and_linked_to_its_successor(cast: Cast, site: Site) -> None:
    """P-21, P-23."""
    first = dispatch.book(offered(site, cast)[0].id, **door(cast.hanna))
    offer = dispatch.offer(None, first.visit_id, "customer", **door(cast.hanna))

    second = dispatch.book(offer.options.all()[0].id, **door(cast.hanna))

    assert judgement(first, NOW).state is State.RELEASED
    assert second.successor_of_id == first.id


def test_moved_by_us_with_real_choices_is_agreed_anew_but_only_once(cast: Cast, site: Site) -> None:
    """P-20, P-22."""
    first = dispatch.book(offered(site, cast)[0].id, **door(cast.hanna))
    second = dispatch.book(
        dispatch.offer(None, first.visit_id, "us", **door(cast.priya)).options.all()[0].id, **door(cast.priya)
    )
    third = dispatch.book(
        dispatch.offer(None, second.visit_id, "us", **door(cast.priya)).options.all()[0].id, **door(cast.priya)
    )

    assert judgement(first, NOW).state is State.RENEGOTIATED
    assert (judgement(second, NOW).state, judgement(second, NOW).cause) == (State.BROKEN, "moved_again")
    assert judgement(third, NOW).state is State.OPEN


def test_another_window_is_never_the_one_they_have(cast: Cast, site: Site) -> None:
    promise = promised(visit_of(site, cast.sam, "11:00", "12:00"), "11:00", "13:00")

    offer = dispatch.offer(None, promise.visit_id, "customer", **door(cast.hanna))

    windows = {(o.opens_at, o.closes_at) for o in offer.options.all()}
    assert windows and (promise.opens_at, promise.closes_at) not in windows


@pytest.mark.parametrize(("by_whom", "state"), [("customer", State.RELEASED), ("us", State.BROKEN)])
def test_cancelled_is_released_by_the_customer_and_broken_by_us(
    cast: Cast, site: Site, by_whom: str, state: State
) -> None:
    promise = dispatch.book(offered(site, cast)[0].id, **door(cast.hanna))
    assert promise.visit_id is not None

    dispatch.cancel(promise.visit_id, by_whom, "x", **door(cast.hanna))

    later = promise.closes_at + timedelta(hours=1)
    assert judgement(promise, later).state is state


@pytest.mark.parametrize("by_whom", ["customer", "us"])
def test_a_visit_that_nobody_came_to_can_be_moved_and_cancelled_and_its_promise_stays_broken(
    cast: Cast, site: Site, by_whom: str
) -> None:
    first = dispatch.book(offered(site, cast)[0].id, **door(cast.hanna))
    assert first.visit_id is not None
    with standing_at(first.closes_at + timedelta(hours=1)):
        later = (at("16:00"), at("17:30"), by_whom)
        second = dispatch.move(first.visit_id, *later, **door(cast.hanna, at("15:00")))
        assert second.visit_id is not None
        dispatch.cancel(second.visit_id, by_whom, "x", **door(cast.hanna, at("15:10")))

    evening = at("20:00")
    assert judgement(first, evening).state is State.BROKEN
    assert second.successor_of_id == first.id


@pytest.mark.shows("S0-6", "S3-4")
def test_arriving_in_the_window_keeps_the_promise_by_the_event_alone(cast: Cast, site: Site) -> None:
    """P-11: nobody types kept."""
    option = offered(site, cast)[0]
    promise = dispatch.book(option.id, **door(cast.hanna))
    assert promise.visit is not None and promise.visit.technician is not None
    opens = promise.opens_at or NOW

    assert judgement(promise, NOW).state is State.OPEN
    with standing_at(opens + timedelta(minutes=30)):
        worked_through(promise.visit.id, promise.visit.technician, f"{opens.hour}:{opens.minute + 10}", until="arrive")

    assert judgement(promise, opens + timedelta(hours=9)).state is State.KEPT
    assert not [e for e in Event.objects.values_list("name", flat=True) if "kept" in e]
