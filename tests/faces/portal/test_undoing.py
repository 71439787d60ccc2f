"""What was changed by the link, by the customer, a child or a mail scanner, can be taken back for ten minutes."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import NOW, Cast, door
from tests.faces.portal.looking import opened, pressed

from goodword.crew import actions as crew
from goodword.crew.models import Engagement
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.kit.clock import standing_at
from goodword.kit.links import make_link, new_token
from goodword.kit.models import Event
from goodword.messaging.models import Message
from goodword.promises.models import Promise
from goodword.promises.queries import judgement
from goodword.promises.rules import State
from goodword.visits import actions as visits
from goodword.visits.models import Visit


def cancelled(client: Client, link: str) -> None:
    asked = pressed(client, link, "cancellation/").content.decode()
    pressed(client, link, "cancellation/", asked, sure="yes")


def moved(client: Client, link: str) -> None:
    shown = pressed(client, link, "times/").content.decode()
    option = re.findall(r'name="option" value="([0-9a-f-]{36})"', shown)[-1]
    pressed(client, link, "choice/", shown, option=option)


CHANGES = pytest.mark.parametrize("change", [cancelled, moved])


@CHANGES
def test_taken_back_everything_is_as_it_was(link: str, client: Client, promise: Promise, change: object) -> None:
    change(client, link)  # type: ignore[operator]
    before = promise.visit

    pressed(client, link, "undoing/")

    last = Promise.objects.order_by("made_at", "id").last()
    assert last is not None and last.visit is not None and before is not None
    assert (last.opens_at, last.closes_at, last.said) == (promise.opens_at, promise.closes_at, promise.said)
    assert (last.visit.technician_id, last.visit.planned_start) == (before.technician_id, before.planned_start)
    assert judgement(last, NOW).state is State.OPEN
    assert judgement(promise, NOW).state is State.RELEASED, "what happened is not wiped out"
    page = opened(client, link)
    assert promise.said in page
    assert "this visit is cancelled" not in page


@CHANGES
def test_the_customer_is_written_to_about_it(link: str, client: Client, promise: Promise, change: object) -> None:
    change(client, link)  # type: ignore[operator]

    pressed(client, link, "undoing/")

    last = Message.objects.order_by("id").last()
    assert last is not None
    assert promise.said in last.body


@CHANGES
@pytest.mark.parametrize(("seconds", "offered"), [(0, True), (599, True), (600, False), (3600, False)])
def test_it_is_offered_for_ten_minutes(
    link: str, client: Client, promise: Promise, change: object, seconds: int, offered: bool
) -> None:
    change(client, link)  # type: ignore[operator]

    with standing_at(NOW + timedelta(seconds=seconds)):
        page = opened(client, link)

    assert ("Take it back" in page) is offered


def test_pressed_too_late_it_leads_to_a_person(link: str, client: Client, promise: Promise) -> None:
    cancelled(client, link)
    shown = opened(client, link)

    with standing_at(NOW + timedelta(minutes=11)):
        answer = pressed(client, link, "undoing/", shown)

    assert answer.status_code == 409
    assert b"+441632960100" in answer.content
    assert Visit.objects.filter(cancelled_at=None).count() == 0


def test_where_the_time_was_given_away_meanwhile_nothing_is_written(
    link: str, client: Client, promise: Promise, cast: Cast
) -> None:
    cancelled(client, link)
    visit = promise.visit
    assert visit is not None and visit.technician_id is not None and visit.planned_start and visit.planned_end
    span = (visit.planned_start, visit.planned_end)
    crew.engage(visit.technician_id, visit.branch_id, *span, Engagement.Kind.VISIT, cast.company.id, **door())
    events = Event.objects.count()

    answer = pressed(client, link, "undoing/")

    assert answer.status_code == 409
    assert Event.objects.count() <= events + 1, "at most the opening of the link"
    assert Visit.objects.get().cancelled_at is not None


def test_what_the_office_cancelled_is_not_the_customers_to_take_back(
    link: str, client: Client, promise: Promise, cast: Cast
) -> None:
    dispatch.cancel(promise.visit_id, "customer", "called", **door(cast.hanna))  # type: ignore[arg-type]

    assert "Take it back" not in opened(client, link)


def test_another_link_to_the_same_visit_does_not_take_it_back(
    link: str, client: Client, promise: Promise, site: Site, cast: Cast
) -> None:
    token = new_token()
    make_link(token, "visit", promise.visit, None, None, NOW + timedelta(days=9), **door())
    cancelled(client, link)

    assert "Take it back" not in opened(client, f"/v/{token}/")


def test_an_answer_can_be_changed_for_ten_minutes(link: str, client: Client, promise: Promise) -> None:
    visit = promise.visit
    assert visit is not None and visit.technician is not None and promise.opens_at is not None
    steps = (visits.depart, visits.arrive, visits.confirm_scope, visits.start_work, visits.observe_working)
    for n, do in enumerate((*steps, visits.walk_through)):
        do(visit.id, **door(visit.technician, promise.opens_at + timedelta(minutes=n)))  # type: ignore[operator]
    answered = promise.opens_at + timedelta(hours=1)

    with standing_at(answered):
        pressed(client, link, "satisfaction/", answer="no")
    with standing_at(answered + timedelta(minutes=9)):
        shown = opened(client, link)
        pressed(client, link, "satisfaction/", shown, answer="yes")
    visit.refresh_from_db()
    assert visit.satisfied is True

    with standing_at(answered + timedelta(minutes=20)):
        assert "satisfaction/" not in opened(client, link)
        assert pressed(client, link, "satisfaction/", shown, answer="no").status_code == 409
