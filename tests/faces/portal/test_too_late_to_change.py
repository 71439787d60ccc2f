"""When a visit can no longer be moved or cancelled by link, the page says why, and whom to call."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast, door
from tests.faces.office.desk import text_of
from tests.faces.portal.looking import opened, pressed

from goodword.dispatch.actions import reforecast
from goodword.kit.calendar import zone
from goodword.kit.clock import standing_at
from goodword.parts.times import clock_words
from goodword.promises.models import Promise
from goodword.visits import actions as visits
from goodword.visits.models import Visit

POLICY = "2 hours before its time begins."
CALL = '<a href="tel:+441632960100">+441632960100</a>, and we find a way.'


@pytest.mark.parametrize(("seconds", "too_late"), [(-60, False), (0, False), (1, True), (3600, True)])
def test_the_policy_stands_there_with_its_time_as_soon_as_it_is_too_late(
    link: str, client: Client, promise: Promise, seconds: int, too_late: bool
) -> None:
    """P-42: two hours before the window opens, to the second."""
    assert promise.opens_at is not None
    until = promise.opens_at - timedelta(hours=2)

    with standing_at(until + timedelta(seconds=seconds)):
        page = opened(client, link)
        says = text_of(client.get(link, follow=True))

    assert ("cancellation/" in page) is not too_late
    assert (CALL in page) is too_late
    where = promise.visit.branch.zone  # type: ignore[union-attr]
    words = f"You could move or cancel this visit here until {clock_words(until, zone(where))}, {POLICY}"
    assert (words in says) is too_late


def test_whoever_is_on_the_way_is_the_reason(link: str, client: Client, cast: Cast, promise: Promise) -> None:
    assert promise.opens_at is not None
    visit = Visit.objects.get(id=promise.visit_id)
    assert visit.technician is not None
    early = promise.opens_at - timedelta(hours=3)
    with standing_at(early):
        visits.depart(visit.id, **door(visit.technician, early))
        page = opened(client, link)

    assert "is on the way to you. From then on a visit cannot be moved or cancelled here." in page
    assert CALL in page and POLICY not in page and "cancellation/" not in page


@pytest.mark.parametrize(("minutes", "blames"), [(-20, False), (0, True), (30, True)])
def test_nobody_is_blamed_who_was_not_there_outside_the_promised_time(
    link: str, client: Client, promise: Promise, minutes: int, blames: bool
) -> None:
    visit, opens = Visit.objects.get(id=promise.visit_id), promise.opens_at
    assert opens is not None
    came = opens + timedelta(minutes=minutes)
    with standing_at(came + timedelta(minutes=15)):
        visits.depart(visit.id, **door(visit.technician, came - timedelta(minutes=10)))
        visits.arrive(visit.id, **door(visit.technician, came))
        proof = {"waited_s": 900, "calls": 2}
        visits.complete(visit.id, "no_access", proof, **door(visit.technician, came + timedelta(minutes=15)))
        page = opened(client, link)

    assert ("nobody opened" in page) is blames
    assert ("as we had promised. We are sorry." in page) is not blames


def test_late_and_on_the_way_they_can_say_that_they_wait_or_call(link: str, client: Client, promise: Promise) -> None:
    visit, opens = Visit.objects.get(id=promise.visit_id), promise.opens_at
    assert opens is not None and visit.technician is not None
    with standing_at(opens):
        visits.depart(visit.id, **door(visit.technician, opens))
        visits.running_late(visit.id, 240, **door(visit.technician, opens))
        reforecast(visit.branch_id)
        page = opened(client, link)
        thanks = pressed(client, link, "choice/", page, option="wait")

    assert "we will be late" in page
    assert "Another time: call us" in page and "/times/" not in page
    assert thanks.status_code == 302


def test_after_the_visit_nothing_is_said_of_it(link: str, client: Client, promise: Promise) -> None:
    visit = Visit.objects.get(id=promise.visit_id)
    assert promise.opens_at is not None
    with standing_at(promise.opens_at):
        visits.depart(visit.id, **door(visit.technician, promise.opens_at))
        visits.arrive(visit.id, **door(visit.technician, promise.opens_at))

        assert "moved or cancelled" not in opened(client, link)
