"""Who may speak at all: by cookie with CSRF, or by a device's secret within its scopes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast, door
from tests.faces.api.conftest import Api, signed_in, with_device
from tests.field import visit_of

from goodword.crew import actions as crew
from goodword.customers.models import Site
from goodword.kit.ids import uuid7


def test_nobody_hears_how_to_sign_in(cast: Cast) -> None:
    answer = Api().get("/me")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() | {"detail": ""} == {
        "type": "about:blank#not-signed-in",
        "title": "not signed in",
        "status": 401,
        "detail": "",
        "code": "not-signed-in",
        "facts": {},
    }


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer wrong", "Basic cnV0aDp4", "x", "Bearer \udcff"])
def test_a_wrong_secret_is_not_let_in_by_the_cookie_beside_it(cast: Cast, header: str) -> None:
    ruth = signed_in(cast.ruth)
    ruth.headers = {"Authorization": header.encode("utf-8", "surrogateescape").decode("latin-1")}

    assert ruth.get("/me").status_code == 401


def test_a_change_by_cookie_needs_the_csrf_header(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ruth, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.post(
        "/api/v1/me/devices", {"command": str(uuid7()), "name": "x", "scopes": ["read"]}, "application/json"
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf-failed")
    assert client.get("/api/v1/me").status_code == 200
    assert Client(enforce_csrf_checks=True).post("/api/v1/me/devices").status_code == 401


def test_a_device_is_paired_with_a_secret_that_the_same_command_shows_again(cast: Cast) -> None:
    body = {"command": str(uuid7()), "name": "Sam's phone", "scopes": ["read", "stage"]}
    sam = signed_in(cast.sam)

    first, again = sam.raw("/me/devices", body), sam.raw("/me/devices", body)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    phone = Api(Authorization=f"Bearer {first.json()['secret']}")
    assert phone.get("/me").json()["scopes"] == ["read", "stage"]
    assert "secret" not in sam.get("/me/devices").json()["items"][0]


def test_an_ended_device_is_let_in_no_more(cast: Cast) -> None:
    phone = with_device(cast.sam)
    device = phone.get("/me/devices").json()["items"][0]["id"]

    assert phone.delete(f"/me/devices/{device}").status_code == 200

    assert phone.get("/me").status_code == 401


def test_a_token_has_its_persons_rights_within_its_scopes(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam)
    reader = with_device(cast.priya, {"read"})
    writer = with_device(cast.priya, {"book"})
    note: dict[str, Any] = {"words": "x"}

    assert reader.get(f"/visits/{visit.id}").status_code == 200
    assert reader.post(f"/visits/{visit.id}/notes", **note).status_code == 403
    assert writer.get(f"/visits/{visit.id}").json()["code"] == "out-of-scope"
    assert with_device(cast.tom, {"read", "book"}).get(f"/visits/{visit.id}").status_code == 404


def test_a_token_pairs_no_other_with_more_scopes_than_its_own(cast: Cast) -> None:
    phone = with_device(cast.ruth, {"read", "stage"})

    answer = phone.post("/me/devices", name="more", scopes=["read", "settings"])

    assert (answer.status_code, answer.json()["facts"]) == (403, {"scope": "settings"})


def test_a_session_ends_when_its_person_is_disabled(cast: Cast) -> None:
    sam = signed_in(cast.sam)
    assert sam.get("/me").status_code == 200

    crew.disable_person(cast.sam.id, **door(cast.colm))

    assert sam.get("/me").status_code == 401


def test_me_says_what_i_may_do(cast: Cast, api: Callable[[str], Api]) -> None:
    me = api("sam").get("/me").json()

    assert me["roles"] == [{"name": "technician", "branch_id": str(cast.aldermere.id)}]
    assert me["verbs"] == ["money", "read", "stage"]
    assert (me["company"]["currency"], me["now"]) == ("GBP", "2026-11-02T09:40:00Z")
