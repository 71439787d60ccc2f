"""The secret leaves the address bar; links stand side by side; everything works without cookies and without script."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client, override_settings
from tests.cast import NOW, Cast, door
from tests.faces.portal.looking import changes, opened, pressed, proof_on

from goodword.customers.models import Site
from goodword.kit.clock import standing_at
from goodword.kit.ids import uuid7
from goodword.kit.links import make_link, new_token, revoke_link
from goodword.kit.models import Link, LinkUse
from goodword.promises.models import Promise
from goodword.promises.queries import judgement
from goodword.promises.rules import State


def plain(promise: Promise) -> str:
    return f"/v/{Link.objects.get(about_id=promise.visit_id).id}/"


def without_cookies(link: str) -> str:
    """What a browser without cookies sees: it follows by hand and sends nothing back."""
    where = Client().get(link)["Location"]
    return Client().get(where).content.decode()


def test_the_secret_leaves_the_address_bar(link: str, promise: Promise, client: Client) -> None:
    answer = client.get(link, follow=True)

    assert answer.request["PATH_INFO"] == plain(promise)
    assert link.split("/")[2] not in answer.content.decode()
    assert link.split("/")[2] not in str(client.cookies)


def test_the_cookie_is_kept_from_scripts_other_sites_and_other_pages(link: str, client: Client) -> None:
    client.get(link)

    (cookie,) = [c for name, c in client.cookies.items() if name.startswith("goodword_link_")]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/v/", True, "Lax")


def test_every_step_on_the_way_is_private(link: str, client: Client) -> None:
    first = client.get(link)
    second = client.get(first["Location"])
    third = client.get(second["Location"])

    for answer in (first, second, third):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]


def test_the_plain_address_without_the_cookie_is_as_if_it_were_not_there(
    link: str, promise: Promise, client: Client
) -> None:
    theirs, nothing = client.get(plain(promise)), client.get(f"/v/{uuid7()}/")

    assert (theirs.status_code, nothing.status_code) == (404, 404)
    assert theirs.content == nothing.content


@pytest.mark.parametrize("kept", ["", "x", "0" * 64, "ä"])
def test_a_made_up_cookie_opens_nothing(link: str, promise: Promise, client: Client, kept: str) -> None:
    client.cookies[f"goodword_link_{Link.objects.get().id.hex}"] = kept

    assert client.get(plain(promise)).status_code == 404


def test_the_cookie_of_one_link_opens_no_other(link: str, promise: Promise, client: Client, cast: Cast) -> None:
    opened(client, link)
    other = make_link(new_token(), "visit", promise.visit, None, None, NOW + timedelta(days=9), **door())
    mine = next(c.value for name, c in client.cookies.items() if name.startswith("goodword_link_"))
    client.cookies[f"goodword_link_{other.id.hex}"] = mine

    assert client.get(f"/v/{other.id}/").status_code == 404


def test_links_stand_side_by_side(link: str, promise: Promise, client: Client) -> None:
    token = new_token()
    make_link(token, "visit", promise.visit, None, None, NOW + timedelta(days=9), **door())

    opened(client, link)
    opened(client, f"/v/{token}/")

    for each in Link.objects.all():
        assert client.get(f"/v/{each.id}/").status_code == 200


def test_a_key_that_was_changed_in_good_order_locks_nobody_out(link: str, promise: Promise, client: Client) -> None:
    opened(client, link)

    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert client.get(plain(promise)).status_code == 200
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[]):
        assert client.get(plain(promise)).status_code == 404


def test_a_revoked_link_is_over_for_who_has_its_cookie_too(
    link: str, promise: Promise, client: Client, cast: Cast
) -> None:
    shown = opened(client, link)
    revoke_link(Link.objects.get().id, **door(cast.hanna))

    for answer in (client.get(plain(promise)), client.get(link), pressed(client, plain(promise), "times/", shown)):
        assert answer.status_code == 410
        assert b"+441632960100" in answer.content


def test_without_cookies_the_page_is_read_and_the_visit_cancelled(link: str, promise: Promise) -> None:
    page = without_cookies(link)
    assert "We arrive on" in page

    asked = pressed(Client(), link, "cancellation/", page).content.decode()
    pressed(Client(), link, "cancellation/", asked, sure="yes")

    assert judgement(promise, NOW).state is State.RELEASED
    assert "this visit is cancelled" in without_cookies(link)


def test_one_look_is_logged_once(link: str, client: Client) -> None:
    opened(client, link)
    without_cookies(link)

    assert list(LinkUse.objects.values_list("outcome", flat=True)) == ["opened", "opened"]


FORMS = ["times/", "choice/", "cancellation/", "undoing/", "satisfaction/"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("view", ["", "x", "00000000-0000-0000-0000-000000000000", "a:b:c"])
def test_who_posts_without_having_looked_changes_nothing(
    link: str, promise: Promise, client: Client, form: str, view: str
) -> None:
    """A mail scanner that posts to what it finds."""
    before = changes()

    answer = client.post(link + form, {"view": view, "sure": "yes", "answer": "no", "option": "wait"})

    assert answer.status_code == 409
    assert b"nothing was changed" in answer.content
    assert changes() == before
    assert judgement(promise, NOW).state is State.OPEN


def test_the_proof_of_another_link_proves_nothing(link: str, promise: Promise, client: Client, site: Site) -> None:
    token = new_token()
    make_link(token, "visit", promise.visit, None, None, NOW + timedelta(days=9), **door())
    shown = opened(client, f"/v/{token}/")

    assert pressed(client, link, "cancellation/", shown, sure="yes").status_code == 409
    assert judgement(promise, NOW).state is State.OPEN


def test_a_page_left_open_for_days_asks_once_more(link: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = opened(client, link)
    proof = proof_on(shown)
    monkeypatch.setattr("goodword.faces.portal.views.proof.LIVES", timedelta(seconds=-1))

    answer = client.post(link + "cancellation/", {"view": proof, "sure": "yes"})

    assert answer.status_code == 409
    assert proof_on(answer.content.decode()) != proof


def test_a_form_sent_twice_happens_once(link: str, client: Client) -> None:
    asked = pressed(client, link, "cancellation/").content.decode()

    first = pressed(client, link, "cancellation/", asked, sure="yes")
    once = changes()
    pressed(client, link, "cancellation/", asked, sure="yes")

    assert first.status_code == 302
    assert changes() == once


def test_every_form_carries_the_proof_and_none_is_sent_by_itself(link: str, client: Client) -> None:
    page = opened(client, link)

    forms = re.findall(r"<form.*?</form>", page, flags=re.S)
    assert forms
    assert all('name="view"' in form for form in forms)
    assert not re.search(r"onload|autosubmit|http-equiv", page)


def test_an_expired_link_is_over_by_the_companys_clock(link: str, promise: Promise, client: Client) -> None:
    opened(client, link)

    with standing_at(NOW + timedelta(days=90)):
        answer = client.get(plain(promise))

    assert answer.status_code == 410
    assert b"+441632960100" in answer.content
