"""Secret links survive mail programs, and end when they are told to."""

from datetime import timedelta

import pytest
from tests.kit.sending import AT, OFFICE, at_once

from goodword.kit.clock import company_now
from goodword.kit.ids import uuid7
from goodword.kit.links import (
    LinkEnded,
    NoSuchLink,
    make_link,
    new_token,
    open_link,
    read_token,
    revoke_link,
    url_of,
)
from goodword.kit.models import Event, Link, LinkUse


def door():
    return {"by": OFFICE, "at": AT, "command": uuid7()}


def a_link(expires_in: timedelta = timedelta(days=1)) -> tuple[str, Link]:
    token = new_token()
    about = Link(id=uuid7())
    return token, make_link(token, "visit", about, None, None, company_now() + expires_in, **door())


def test_a_token_has_256_bits_and_only_its_hash_is_kept(db):
    token, link = a_link()

    assert len(token) == 52
    assert len({new_token() for _ in range(1000)}) == 1000
    assert token not in str(list(Link.objects.values()))
    assert url_of(token).endswith(f"/v/{token}")


MANGLED = [
    ("as it is", lambda t: t),
    ("upper case", str.upper),
    ("a full stop behind it", lambda t: t + "."),
    ("a bracket and a comma behind it", lambda t: t + "),"),
    ("angle brackets around it", lambda t: f"<{t}>"),
    ("wrapped by a mail program", lambda t: f"{t[:30]}=\r\n{t[30:]}"),
    ("spaces and a line break around it", lambda t: f"  {t}\n"),
    ("percent-encoded line break decoded", lambda t: t + "\r\n"),
]


@pytest.mark.parametrize(("how", "mangle"), MANGLED, ids=[m[0] for m in MANGLED])
def test_what_a_mail_program_does_to_it_is_forgiven(db, how, mangle):
    token, link = a_link()

    assert open_link(mangle(token), "GET").id == link.id


@pytest.mark.parametrize(
    "typed", ["", "a", "x" * 52, "../../etc/passwd", "\x00", "%00", "'; --", "ß" * 52, "1" * 52, "a" * 100_000]
)
def test_a_guess_leads_nowhere(db, typed):
    a_link()

    with pytest.raises(NoSuchLink) as caught:
        open_link(typed, "GET")
    assert caught.value.status == 404
    assert LinkUse.objects.count() == 0


def test_a_token_that_was_cut_off_leads_nowhere(db):
    token, _link = a_link()

    with pytest.raises(NoSuchLink):
        open_link(token[:-1], "GET")


def test_an_expired_link_says_so_and_still_names_what_it_was_about(db):
    token, link = a_link(timedelta(seconds=-1))

    with pytest.raises(LinkEnded) as caught:
        open_link(token, "GET")
    assert (caught.value.status, caught.value.link.about_id) == (410, link.about_id)


def test_it_ends_at_the_very_instant_that_was_said(db, monkeypatch):
    token, link = a_link()

    monkeypatch.setattr("goodword.kit.links.company_now", lambda: link.expires_at - timedelta(microseconds=1))
    open_link(token, "GET")
    monkeypatch.setattr("goodword.kit.links.company_now", lambda: link.expires_at)
    with pytest.raises(LinkEnded):
        open_link(token, "GET")


def test_a_revoked_link_is_ended_for_good(db):
    token, link = a_link()

    revoke_link(link.id, **door())
    first = Link.objects.get().revoked_at
    revoke_link(link.id, **{**door(), "at": AT + timedelta(hours=1)})

    with pytest.raises(LinkEnded):
        open_link(token, "GET")
    assert Link.objects.get().revoked_at == first


def test_every_use_is_logged_and_the_first_opening_is_an_event(db):
    token, link = a_link()

    open_link(token, "HEAD")
    assert Event.objects.filter(name="link.opened").count() == 0, "a scanner's HEAD opens nothing"
    open_link(token, "GET")
    open_link(token, "POST")
    revoke_link(link.id, **door())
    with pytest.raises(LinkEnded):
        open_link(token, "GET")

    uses = LinkUse.objects.order_by("id").values_list("method", "outcome")
    assert list(uses) == [("HEAD", "looked"), ("GET", "opened"), ("POST", "opened"), ("GET", "ended")]
    assert Event.objects.filter(name="link.opened", by_kind="link", by_id=link.id).count() == 1


def test_opening_it_many_times_at_once_fails_nobody(committed_db):
    token, link = a_link()

    assert {found.id for found in at_once(6, lambda _n: open_link(token, "GET"))} == {link.id}


def test_what_is_left_of_a_token_holds_only_its_own_letters():
    assert read_token("AB-cd 234\r\n=189ß") == "abcd234"
