"""The customer's page: a link, any phone, no account, no script."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import NOW, Cast, at, door
from tests.faces.portal.looking import changes, opened, pressed
from tests.field import request_of

from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.kit.clock import standing_at
from goodword.kit.links import new_token, revoke_link
from goodword.kit.models import Event, Link, LinkUse
from goodword.promises.models import Promise
from goodword.promises.queries import judgement
from goodword.promises.rules import State
from goodword.visits import actions as visits


@pytest.mark.shows("S3-5")
def test_the_page_says_when_who_and_what_they_told_us_without_any_percentage(link: str, client: Client) -> None:
    page = opened(client, link)

    assert "Please knock, do not ring." in page
    assert "We arrive on" in page
    assert "sure" not in page
    assert "+441632960100" in page


@pytest.mark.shows("S1-2")
def test_the_page_says_what_happens_next_who_comes_and_leaves_the_choice_to_them(
    link: str, client: Client, promise: Promise
) -> None:
    page = opened(client, link)

    assert "We arrive on" in page
    assert promise.visit.technician is not None and promise.visit.technician.name.split()[0] in page
    assert "Call" in page and "+441632960100" in page
    assert "times/" in page and "cancellation/" in page


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(link: str, client: Client, method: str) -> None:
    before = changes()

    answer = getattr(client, method)(link, follow=True)

    assert answer.status_code == 200
    assert changes() == before
    assert LinkUse.objects.count() == 1


def test_the_page_is_never_kept_indexed_or_passed_on(link: str, client: Client) -> None:
    answer = client.get(link)

    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]


@pytest.mark.parametrize("spoil", [str.upper, lambda s: s.rstrip("/") + ".", lambda s: s.rstrip("/") + ">,/"])
def test_a_link_survives_capitals_and_trailing_punctuation(link: str, client: Client, spoil: object) -> None:
    token = link.removeprefix("/v/")

    assert opened(client, "/v/" + spoil(token))  # type: ignore[operator]


def test_a_guessed_link_is_a_friendly_404(client: Client, cast: Cast) -> None:
    answer = client.get(f"/v/{new_token()}/")

    assert answer.status_code == 404
    assert b"does not lead anywhere" in answer.content


def test_a_revoked_link_still_leads_to_a_person(link: str, client: Client, cast: Cast) -> None:
    revoke_link(Link.objects.get().id, **door(cast.hanna))

    answer = client.get(link)

    assert answer.status_code == 410
    assert b"+441632960100" in answer.content


def test_an_expired_link_still_leads_to_a_person(link: str, client: Client) -> None:
    with standing_at(NOW + timedelta(days=90)):
        answer = client.get(link)

    assert answer.status_code == 410
    assert b"+441632960100" in answer.content


def test_other_times_are_shown_and_one_is_chosen(link: str, client: Client, promise: Promise) -> None:
    """P-42: the customer reschedules, the promise is released and its successor made."""
    shown = pressed(client, link, "times/").content.decode()
    option = re.findall(r'name="option" value="([0-9a-f-]{36})"', shown)[-1]

    pressed(client, link, "choice/", shown, option=option)

    assert judgement(promise, NOW).state is State.RELEASED
    successor = Promise.objects.get(successor_of=promise)
    page = opened(client, link)
    assert successor.said in page
    assert "Changed as you wished." in page


def test_cancelling_asks_once_more_first(link: str, client: Client, promise: Promise) -> None:
    before = changes()
    asked = pressed(client, link, "cancellation/").content.decode()
    assert "shall we not come" in asked
    assert changes() == before

    pressed(client, link, "cancellation/", asked, sure="yes")

    assert judgement(promise, NOW).state is State.RELEASED
    assert "this visit is cancelled" in opened(client, link)


def test_when_it_is_too_late_to_change_by_link_a_person_still_finds_a_way(
    link: str, client: Client, promise: Promise
) -> None:
    shown = opened(client, link)
    with standing_at((promise.opens_at or NOW) - timedelta(minutes=30)):
        page = opened(client, link)
        answer = pressed(client, link, "cancellation/", shown, sure="yes")

    assert "be home" not in page
    assert answer.status_code == 409
    assert b"Call us" in answer.content
    assert judgement(promise, NOW).state is State.OPEN


def test_another_customers_option_cannot_be_chosen(link: str, client: Client, cast: Cast, site: Site) -> None:
    strange = dispatch.offer(request_of(site).id, **door(cast.hanna)).options.all()[0]

    answer = pressed(client, link, "choice/", option=str(strange.id))

    assert answer.status_code == 404


@pytest.mark.parametrize("option", ["", "x", "'--", "00000000-0000-0000-0000-000000000000"])
def test_an_option_that_is_none_gets_a_page_and_no_fault(link: str, client: Client, option: str) -> None:
    assert pressed(client, link, "choice/", option=option).status_code in {404, 422}


def test_the_customer_answers_whether_they_are_satisfied(link: str, client: Client, promise: Promise) -> None:
    """E-6."""
    assert promise.visit is not None and promise.visit.technician is not None
    opens = promise.opens_at or NOW
    with standing_at(opens + timedelta(hours=2)):
        worked_through_on(promise, opens)
        pressed(client, link, "satisfaction/", answer="no")

    promise.visit.refresh_from_db()
    assert promise.visit.satisfied is False
    assert Event.objects.get(name="visit.satisfaction").by_kind == "link"


def worked_through_on(promise: Promise, opens: object) -> None:
    assert promise.visit is not None
    sam = promise.visit.technician
    when = promise.opens_at or at("10:00")
    for n, do in enumerate(
        [
            visits.depart,
            visits.arrive,
            visits.confirm_scope,
            visits.start_work,
            visits.observe_working,
            visits.walk_through,
        ]
    ):
        do(promise.visit_id, **door(sam, when + timedelta(minutes=n)))  # type: ignore[operator,arg-type]
