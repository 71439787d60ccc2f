"""The customer's page: a link, any phone, no account, no script."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import MONDAY, NOW, Cast, at, door, on_shift
from tests.field import request_of

from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.kit.clock import standing_at
from goodword.kit.links import new_token, revoke_link
from goodword.kit.models import Command, Event, Link, LinkUse
from goodword.messaging.models import Message
from goodword.promises.models import Promise
from goodword.promises.queries import judgement
from goodword.promises.rules import State
from goodword.visits import actions as visits
from goodword.visits.models import Visit


@pytest.fixture
def promise(cast: Cast, site: Site) -> Promise:
    """Booked for tomorrow at the earliest: there is time to change it."""
    for person in (cast.sam, cast.ade):
        on_shift(person, cast.aldermere, day=MONDAY + timedelta(days=1))
    offer = dispatch.offer(request_of(site, words="Please knock, do not ring.").id, **door(cast.hanna))
    later = [o for o in offer.options.all() if o.opens_at >= NOW + timedelta(hours=2, minutes=5)]
    return dispatch.book((later or list(offer.options.all()))[0].id, **door(cast.hanna))


@pytest.fixture
def link(promise: Promise) -> str:
    """The address in the confirmation, as the customer's mail program shows it."""
    body = Message.objects.get(about_id=promise.id).body
    found = re.search(r"/v/[a-z2-7]+", body)
    assert found
    return found[0] + "/"


def changes() -> tuple[int, int, int]:
    return Command.objects.count(), Event.objects.exclude(name="link.opened").count(), Visit.objects.count()


@pytest.mark.shows("S3-5")
def test_the_page_says_when_who_and_what_they_told_us_without_any_percentage(link: str, client: Client) -> None:
    page = client.get(link).content.decode()

    assert "Please knock, do not ring." in page
    assert "We arrive on" in page
    assert "sure" not in page
    assert "+441632960100" in page


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(link: str, client: Client, method: str) -> None:
    before = changes()

    answer = getattr(client, method)(link)

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

    answer = client.get("/v/" + spoil(token), follow=True)  # type: ignore[operator]

    assert answer.status_code == 200


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
    shown = client.post(link + "times/")
    option = re.findall(r'name="option" value="([0-9a-f-]{36})"', shown.content.decode())[-1]

    client.post(link + "choice/", {"option": option})

    assert judgement(promise, NOW).state is State.RELEASED
    successor = Promise.objects.get(successor_of=promise)
    page = client.get(link).content.decode()
    assert successor.said in page
    assert "Changed as you wished." in page


def test_cancelling_asks_once_more_first(link: str, client: Client, promise: Promise) -> None:
    before = changes()
    asked = client.post(link + "cancellation/")
    assert b"shall we not come" in asked.content
    assert changes() == before

    client.post(link + "cancellation/", {"sure": "yes"})

    assert judgement(promise, NOW).state is State.RELEASED
    assert "this visit is cancelled" in client.get(link).content.decode()


def test_when_it_is_too_late_to_change_by_link_a_person_still_finds_a_way(
    link: str, client: Client, promise: Promise
) -> None:
    with standing_at((promise.opens_at or NOW) - timedelta(minutes=30)):
        page = client.get(link).content.decode()
        answer = client.post(link + "cancellation/", {"sure": "yes"})

    assert "other times" not in page
    assert answer.status_code == 409
    assert b"Call us" in answer.content
    assert judgement(promise, NOW).state is State.OPEN


def test_another_customers_option_cannot_be_chosen(link: str, client: Client, cast: Cast, site: Site) -> None:
    strange = dispatch.offer(request_of(site).id, **door(cast.hanna)).options.all()[0]

    answer = client.post(link + "choice/", {"option": str(strange.id)})

    assert answer.status_code == 404


@pytest.mark.parametrize("option", ["", "x", "'--", "00000000-0000-0000-0000-000000000000"])
def test_an_option_that_is_none_gets_a_page_and_no_fault(link: str, client: Client, option: str) -> None:
    assert client.post(link + "choice/", {"option": option}).status_code in {404, 422}


def test_the_customer_answers_whether_they_are_satisfied(link: str, client: Client, promise: Promise) -> None:
    """E-6."""
    assert promise.visit is not None and promise.visit.technician is not None
    opens = promise.opens_at or NOW
    with standing_at(opens + timedelta(hours=2)):
        worked_through_on(promise, opens)
        client.post(link + "satisfaction/", {"answer": "no"})

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


def test_without_a_token_of_the_form_nothing_is_changed(link: str, promise: Promise) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(link + "cancellation/", {"sure": "yes"})

    assert answer.status_code == 403
    assert judgement(promise, NOW).state is State.OPEN
