"""Files in chunks and customers' links, over HTTP."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from tests.cast import Cast
from tests.faces.api.conftest import Api, with_device
from tests.field import promised, visit_of

from goodword.customers.models import Site
from goodword.kit.files import CHUNK
from goodword.kit.ids import uuid7
from goodword.kit.links import open_link
from goodword.visits.models import Visit


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    made = visit_of(site, cast.sam)
    promised(made)
    return made


# Files


def test_a_photo_comes_in_chunks_and_goes_out_to_be_saved(cast: Cast, visit: Visit) -> None:
    data = b"\xff\xd8\xff" + b"p" * CHUNK
    sha256 = hashlib.sha256(data).hexdigest()
    phone = with_device(cast.sam)

    begun = phone.post("/files", sha256=sha256, size=len(data), kind="image/jpeg").json()
    for number in (1, 0):
        part = data[number * CHUNK : (number + 1) * CHUNK]
        sent = phone.client.put(
            f"/api/v1/files/{sha256}/chunks/{number}", part, "application/octet-stream", headers=phone.headers
        )
    got = phone.get(f"/files/{sha256}")

    assert (begun["missing"], sent.json()["missing"]) == ([0, 1], [])
    assert b"".join(got.streaming_content) == data
    assert got["Content-Disposition"].startswith("attachment")
    assert (got["X-Content-Type-Options"], "sandbox" in got["Content-Security-Policy"]) == ("nosniff", True)


@pytest.mark.parametrize(
    ("wrong", "field"), [({"size": 0}, "size"), ({"size": 10**12}, "size"), ({"kind": "text/html"}, "kind")]
)
def test_a_file_that_cannot_be_taken_is_named(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    body = {"sha256": "a" * 64, "size": 9, "kind": "image/png"} | wrong

    answer = with_device(cast.sam).post("/files", **body)

    assert (answer.status_code, answer.json()["facts"]["field"]) == (422, field)


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "a" * 63, "..%2f" * 10])
def test_a_file_has_no_name_but_its_hash(cast: Cast, name: str) -> None:
    assert with_device(cast.sam).get(f"/files/{name}").status_code in {404, 422}


def test_a_chunk_of_the_wrong_size_or_number_is_refused(cast: Cast) -> None:
    phone = with_device(cast.sam)
    phone.post("/files", sha256="b" * 64, size=9, kind="image/png")

    for number, data in ((0, b"x"), (1, b"x" * 9), (10**9, b"x" * 9), (0, b"x" * (CHUNK + 1))):
        path = f"/api/v1/files/{'b' * 64}/chunks/{number}"
        sent = phone.client.put(path, data, "application/octet-stream", headers=phone.headers)
        assert sent.status_code in {413, 422}


# Links


def test_a_link_is_made_shown_again_by_its_command_and_revoked(
    cast: Cast, api: Callable[[str], Api], visit: Visit
) -> None:
    priya = api("priya")
    body = {"command": str(uuid7()), "visit_id": str(visit.id), "expires_at": "2026-12-01T00:00:00Z"}

    first, again = priya.raw("/links", body), priya.raw("/links", body)

    assert (first.status_code, first.json()) == (201, again.json())
    assert open_link(first.json()["url"].rsplit("/", 1)[1], "GET").about_id == visit.id
    revoked = priya.post(f"/links/{first.json()['id']}/revocation")
    assert revoked.json()["revoked_at"] == "2026-11-02T09:40:00Z"
    assert "url" not in priya.get("/links").json()["items"][0]
