"""The rows tagged [G] of the bad-input catalogue: a clear answer, nothing lost, never a 500."""

import json
import unicodedata
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from tests.cast import CUSTOMERS, Cast
from tests.faces.api.conftest import Api

from goodword.customers.models import Customer, Site
from goodword.kit.ids import uuid7

KNOWN = len(CUSTOMERS)
HOUSE = {"street": "Tanner's Row", "house_number": "3", "city": "Aldermere"}


@pytest.fixture
def hanna(api: Callable[[str], Api]) -> Api:
    return api("hanna")


def customer(hanna: Api, cast: Cast, **more: Any) -> Any:
    return hanna.post("/customers", **({"kind": "person", "name": "X", "branch_id": cast.aldermere.id} | more))


# JSON and HTTP

DEEP = b"[" * 100_000 + b"]" * 100_000
BODIES = [
    b"", b"{", b"null", b"[]", b'"x"', b"7", b"\xff\xfe{}", "{}".encode("utf-16"), b'{"a": 1, "a": 2}', DEEP,
    b'{"a":' * 40 + b"1" + b"}" * 40, b'{"name": "\\u0000"}', b'{"name": "\\ud800"}', b'{"\\u0000": 1}',
    b'{"lat": NaN}', b'{"lat": Infinity}', b'{"lat": 1e999}', b'{"n": ' + b"9" * 5_000 + b"}", b"{}garbage",
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("path", ["/customers", "/commands"])
def test_an_unreadable_body_is_said_so(hanna: Api, body: bytes, path: str) -> None:
    answer = hanna.raw(path, body)

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_body_of_another_type_is_named(hanna: Api) -> None:
    for kind in ("text/plain", "application/xml", "multipart/form-data; boundary=x", ""):
        answer = hanna.client.post("/api/v1/customers", b"{}", content_type=kind)
        assert (answer.status_code, answer.json()["code"]) == (415, "not-json")


def test_a_body_that_is_too_large_is_not_read(hanna: Api) -> None:
    answer = hanna.raw("/customers", b'{"name": "' + b"x" * 2_600_000 + b'"}')

    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


def test_a_method_that_is_not_there_names_those_that_are(hanna: Api) -> None:
    answer = hanna.client.put("/api/v1/customers", {}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")
    assert sorted(answer["Allow"].split(", ")) == ["GET", "POST"]


def test_a_method_is_not_overridden_by_a_header_or_a_field(hanna: Api) -> None:
    answer = hanna.client.get("/api/v1/customers?_method=DELETE", headers={"X-HTTP-Method-Override": "DELETE"})

    assert answer.status_code == 200


def test_head_is_answered_like_get_without_a_body(hanna: Api) -> None:
    for path in ("/me", "/customers", f"/visits/{uuid4()}", "/openapi.json", "/docs"):
        got, head = hanna.get(path), hanna.client.head("/api/v1" + path)
        assert (head.status_code, head.content) == (got.status_code, b"")


def test_a_forged_host_is_not_believed(hanna: Api) -> None:
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https"}

    assert hanna.client.get("/api/v1/me", headers=forged).status_code == 200
    assert hanna.client.get("/api/v1/me", headers={"Host": "evil.example"}).status_code == 400


def test_a_command_id_with_another_body_is_a_conflict_and_writes_nothing(hanna: Api, cast: Cast) -> None:
    command = str(uuid7())
    first = customer(hanna, cast, command=command, name="Iris")

    again = customer(hanna, cast, command=command, name="Iris")
    other = customer(hanna, cast, command=command, name="Ivo")

    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert (other.status_code, other.json()["code"]) == (409, "command-reused")
    assert Customer.objects.count() == KNOWN + 1


@pytest.mark.parametrize(
    "command",
    [
        "",
        "x",
        7,
        None,
        "0" * 32,
        "{" + "01a21244-b995-79c7-b5f9-d5c9b0c4074b" + "}",
        [],
        "urn:uuid:" + "01a21244-b995-79c7-b5f9-d5c9b0c4074b",
    ],
)
def test_a_command_id_is_a_uuid(hanna: Api, cast: Cast, command: Any) -> None:
    answer = customer(hanna, cast, command=command)

    assert (answer.status_code, answer.json()["facts"]["field"]) == (422, "command")


def test_an_unknown_field_is_named_and_not_dropped(hanna: Api, cast: Cast) -> None:
    answer = customer(hanna, cast, merged_into_id=str(uuid4()), added_at="2020-01-01T00:00:00Z")

    assert answer.status_code == 422
    assert [f["field"] for f in answer.json()["facts"]["fields"]] == ["merged_into_id", "added_at"]


# Pages

BAD_PAGES: list[dict[str, Any]] = [
    {"limit": -1}, {"limit": 0}, {"limit": 201}, {"limit": 10**9}, {"limit": 10**30}, {"limit": "all"},
    {"limit": "1e2"}, {"after": "x"}, {"after": "é"}, {"after": "W10"}, {"after": "WzEsMl0"}, {"after": "x" * 5_000},
    {"after": "WyJcdTAwMDAiLCJ4Il0"}, {"after": "\x00"}, {"after": "' OR 1=1 --"},
]  # fmt: skip


@pytest.mark.parametrize("query", BAD_PAGES, ids=range(len(BAD_PAGES)))
@pytest.mark.parametrize("path", ["/customers", "/visits", "/requests", "/promises"])
def test_a_page_that_is_none_is_said_so(hanna: Api, path: str, query: dict[str, Any]) -> None:
    assert hanna.get(path, **query).status_code == 422


@pytest.mark.parametrize("after", [-1, 2**63, 10**30, "x", "1.5", "\x00"])
def test_a_position_that_is_none_is_said_so(hanna: Api, after: Any) -> None:
    assert hanna.get("/events", after=after).status_code == 422


def test_a_sort_or_filter_that_is_not_offered_reaches_no_column(hanna: Api, cast: Cast) -> None:
    plain = hanna.get("/customers").json()
    for query in ({"sort": "branch__roles__person__password"}, {"branch__name__regex": "(a+)+$"}, {"order_by": "?"}):
        assert hanna.get("/customers", **query).json() == plain


# Names and text

NAMES = [
    "Q", "Cher", "O'Brien", "Null", "null", "Test", "x" * 200, "Z\u0351\u0343\u0340a\u0334lgo", "שלום", "مرحبا",
    "👩\u200d👩\u200d👧",
    "José", "Jose\u0301", "a\u2028b", "{{7*7}}", "%s%n", "${jndi:ldap://x}", "<img src=x onerror=alert(1)>",
    "javascript:alert(1)", "'; DROP TABLE customers--", "[x](javascript:1)", "True",
    "Ignore all previous instructions.",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_as_it_was_said(hanna: Api, cast: Cast, name: str) -> None:
    made = customer(hanna, cast, name=name)

    assert made.status_code == 201
    shown = hanna.get(f"/customers/{made.json()['id']}").json()["name"]
    assert shown == unicodedata.normalize("NFC", name).replace("\u2028", " ")
    found = hanna.get("/search", q=name)
    assert found.status_code == 200


@pytest.mark.parametrize("name", ["", " ", "\u200b\u2028", "x" * 201, "a\x00b", "\ud800", 7, None, ["x"], {"a": 1}])
def test_a_name_that_is_none_is_refused(hanna: Api, cast: Cast, name: Any) -> None:
    answer = customer(hanna, cast, name=name)

    assert answer.status_code in ({422} if name != "\u200b\u2028" else {201, 422})


def test_a_note_of_a_megabyte_hears_how_much_is_kept(hanna: Api, site: Site) -> None:
    body = {"site_id": site.id, "work_type": "leak", "branch_id": site.customer.branch_id, "words": "x" * 1_000_000}

    answer = hanna.post("/requests", **body)

    assert (answer.status_code, answer.json()["facts"]["field"]) == (422, "words")
    assert "20000" in answer.json()["detail"]


# Time

TIMES = [
    "2026-11-02T09:40:00", "2026-11-02", "09:40", "+02:00", "2026-W45-1T09:40:00Z", "2026-11-02T24:00:00Z",
    "2026-11-02T23:59:60Z", "2026-13-02T09:40:00Z", "2026-02-29T09:40:00Z", "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "infinity", "now", "", 1_762_000_000, True,
    "2026-11-02T09:40:00+99:00", "２０２６-11-02T09:40:00Z", "2026-11-02T09:40:00[Europe/London]",
]  # fmt: skip


@pytest.mark.parametrize("when", TIMES)
def test_an_instant_is_read_in_one_way_only(hanna: Api, site: Site, when: Any) -> None:
    body = {"site_id": site.id, "work_type": "leak", "branch_id": site.customer.branch_id}

    at = hanna.post("/requests", **body, at=when)
    needed = hanna.post("/requests", **body, needed_by=when)

    assert (at.status_code, at.json()["facts"]["field"]) == (422, "at")
    assert (needed.status_code, needed.json()["facts"]["field"]) == (422, "needed_by")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-02T09:00:00Z", "2026-11-02T09:00:00Z"),
        ("2026-11-02T10:00:00Z", "2026-11-02T09:00:00Z"),
        ("2026-11-02T10:00:00Z", "2027-11-02T09:00:00Z"),
    ],
)
def test_a_shift_of_no_or_endless_length_is_refused(
    cast: Cast, api: Callable[[str], Api], start: str, end: str
) -> None:
    body = {"person_id": cast.sam.id, "branch_id": cast.aldermere.id, "starts_at": start, "ends_at": end}

    answer = api("priya").post("/shifts", **body)

    assert (answer.status_code, answer.json()["facts"]["field"]) == (422, "ends_at")


@pytest.mark.parametrize(
    "zone", ["US/Nowhere", "../../etc/passwd", "GMT+25", "\u202eEurope/London", "EST5EDT4", "x" * 61]
)
def test_a_zone_that_nobody_knows_is_refused(hanna: Api, cast: Cast, zone: str) -> None:
    answer = customer(hanna, cast, sites=[HOUSE | {"zone": zone}])

    assert answer.status_code == 422
    assert Customer.objects.count() == KNOWN


@pytest.mark.parametrize("day", ["2026-1-2", "tomorrow", "2026-02-30", "99999-01-01", "1500-01-01", "2026-11-02T00Z"])
def test_a_day_is_read_in_one_way_only(hanna: Api, day: str) -> None:
    assert hanna.get("/visits", day=day).status_code == 422


# Money and numbers


@pytest.mark.parametrize("price", [-1, -0.0, 1e-9, 1.5, 10**19, 2**53 * 1000, "12", "1e3", True])
def test_a_price_is_a_whole_number_of_minor_units(api: Callable[[str], Api], price: Any) -> None:
    body = {"code": "x", "name": "X", "mean_s": 3600, "cv": 0.3}

    answer = api("ruth").post("/work-types", **body, price_minor=price)

    assert (answer.status_code, answer.json()["facts"]["field"]) == (422, "price_minor")


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (0, 181), (0, 0), (-1.7, 52.4), ("52", "1"), (52.4, None)])
def test_a_place_that_is_none_is_refused(hanna: Api, cast: Cast, lat: Any, lon: Any) -> None:
    answer = customer(hanna, cast, sites=[HOUSE | {"lat": lat, "lon": lon}])

    assert answer.status_code == 422
    assert Customer.objects.count() == KNOWN


# Phones and addresses, over HTTP only as far as that the answer is clear


@pytest.mark.parametrize("phone", ["+1 (555)", "999", "x12", "1-800-FLOWERS-", "02079460018, 02079460019", "☎"])
def test_a_phone_that_cannot_be_dialled_is_named(hanna: Api, cast: Cast, phone: str) -> None:
    contact = {"name": "X", "channels": [{"kind": "phone", "value": phone}]}

    answer = customer(hanna, cast, contacts=[contact])

    assert (answer.status_code, Customer.objects.count()) == (422, KNOWN)
    assert answer.json()["facts"]["why"]


@pytest.mark.parametrize("email", ["x", "a@b", "a@b.c\r\nBcc: d@e.f", "ä@x.y", "a@x.y" + "z" * 300])
def test_an_email_that_cannot_be_written_to_is_named(hanna: Api, cast: Cast, email: str) -> None:
    contact = {"name": "X", "channels": [{"kind": "email", "value": email}]}

    answer = customer(hanna, cast, contacts=[contact])

    assert (answer.status_code, Customer.objects.count()) == (422, KNOWN)


def test_the_openapi_document_says_every_problem(hanna: Api) -> None:
    paths = json.loads(hanna.get("/openapi.json").content)["paths"]

    for path, methods in paths.items():
        for method, operation in methods.items():
            wanted = {"401", "403", "404", "422"} | ({"409", "413"} if method != "get" else set())
            assert wanted <= operation["responses"].keys(), path
            assert operation["security"]
