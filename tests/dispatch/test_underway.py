"""On the way: the customer hears who comes and when; and when somebody had to turn back (S0-6)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from tests.cast import Cast, at, door
from tests.field import promised, site_of, visit_of

from goodword.customers.models import Site
from goodword.dispatch.reactions import set_out, turned_back
from goodword.kit.clock import standing_at
from goodword.kit.models import Event, Link
from goodword.messaging.models import Message
from goodword.next_steps.models import Step
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.visits.queries import visit_for


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    visit = visit_of(site, cast.sam, "10:00", "11:00")
    promised(visit, "09:30", "11:30")
    return visit


def heard(name: str, reaction: Callable[[Event], None], now: datetime) -> None:
    """The worker does what follows from the newest of these events, at that time."""
    with standing_at(now):
        reaction(Event.objects.filter(name=name).order_by("-id")[0])


def gone(cast: Cast, visit: Visit, when: str = "09:45", now: str = "09:46") -> None:
    with standing_at(at(when)):
        visits.depart(visit.id, **door(cast.sam, at(when)))
    heard("visit.on_the_way", set_out, at(now))


def back(cast: Cast, visit: Visit, why: str, when: str = "09:50") -> None:
    with standing_at(at(when)):
        visits.turn_back(visit.id, why, **door(cast.sam, at(when)))
    heard("visit.turned_back", turned_back, at(when))


def letter(purpose: str) -> Message:
    return Message.objects.get(purpose=purpose)


@pytest.mark.shows("S0-6")
def test_whoever_waits_is_told_who_comes_and_when(cast: Cast, visit: Visit) -> None:
    gone(cast, visit)

    body = letter("on_the_way").body
    assert body.startswith("Dear Mrs Adeyemi,\n\nSam Tully is on the way to you. Expect us at about 9:4")
    assert "/v/" in body and Link.objects.filter(about_id=visit.id).count() == 1


def test_later_than_promised_is_said_at_once(cast: Cast) -> None:
    far = visit_of(site_of("Mrs Petrov", cast.aldermere, "petrov@example.org", lat=52.6), cast.sam)
    promised(far, "09:30", "11:30")
    gone(cast, far, "11:20", "11:21")

    assert "We are sorry: we said by 11:30, and it looks like about 1" in letter("on_the_way").body


def test_nobody_is_told_what_is_no_news_any_more(cast: Cast, visit: Visit) -> None:
    gone(cast, visit, "09:45", now="09:56")

    assert not Message.objects.exists()


def test_nobody_at_the_door_is_announced(cast: Cast, visit: Visit) -> None:
    with standing_at(at("09:45")):
        visits.depart(visit.id, **door(cast.sam, at("09:45")))
        visits.arrive(visit.id, **door(cast.sam, at("09:46")))
    heard("visit.on_the_way", set_out, at("09:47"))

    assert not Message.objects.exists()


def test_a_slip_is_taken_back_only_where_it_was_heard(cast: Cast, visit: Visit) -> None:
    gone(cast, visit)
    back(cast, visit, "slip")

    assert "we have not left yet. What we promised holds: We come." in letter("turned_back").body
    assert not Step.objects.exists()


def test_unheard_a_slip_writes_nothing(cast: Cast, visit: Visit) -> None:
    with standing_at(at("09:45")):
        visits.depart(visit.id, **door(cast.sam, at("09:45")))
    back(cast, visit, "slip")

    assert not Message.objects.exists()


def test_who_had_to_turn_back_has_the_customer_called(cast: Cast, visit: Visit) -> None:
    gone(cast, visit)
    back(cast, visit, "called_elsewhere")

    assert "had to turn back" in letter("turned_back").body
    assert Step.objects.get().words.startswith("The technician was on the way and had to turn back.")


def test_who_cannot_be_written_to_is_called_all_the_same(cast: Cast) -> None:
    visit = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "10:00", "11:00")
    promised(visit, "09:30", "11:30")
    gone(cast, visit)
    back(cast, visit, "in_the_way")

    assert not Message.objects.exists()
    assert Step.objects.count() == 1


def test_setting_out_again_is_written_again(cast: Cast, visit: Visit) -> None:
    gone(cast, visit)
    back(cast, visit, "slip")
    gone(cast, visit, "10:00", "10:01")

    assert Message.objects.filter(purpose="on_the_way").count() == 2


def test_the_same_event_heard_twice_writes_once(cast: Cast, visit: Visit) -> None:
    gone(cast, visit)
    heard("visit.on_the_way", set_out, at("09:46"))

    assert Message.objects.count() == 1


def test_forecast_and_board_know_that_nobody_is_on_the_way(cast: Cast, visit: Visit) -> None:
    gone(cast, visit)
    back(cast, visit, "called_elsewhere")

    row: Any = visit_for(cast.viewer("priya"), visit.id)
    assert row.on_the_way_at is None and row.forecast.p50 is not None
