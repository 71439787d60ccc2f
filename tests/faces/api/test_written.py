"""Files on a row, notes and talks on the phone, over HTTP: written, listed, corrected, taken away and back."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast
from tests.faces.api.conftest import Api, with_device
from tests.field import visit_of
from tests.kit import pictures

from goodword.customers.models import Site
from goodword.visits.models import Visit


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    return visit_of(site, cast.sam)


@pytest.mark.shows("S0-20")
def test_a_photo_is_announced_sent_put_on_a_visit_listed_and_taken_away(
    cast: Cast, visit: Visit, api: Callable[[str], Api], settings: Any, tmp_path: Path
) -> None:
    settings.FILES_FOLDER = tmp_path
    data, phone, priya = pictures.half_red(), with_device(cast.sam), api("priya")
    sha256 = hashlib.sha256(data).hexdigest()
    on: dict[str, Any] = {"about_kind": "visit", "about_id": str(visit.id)}
    early = phone.post("/attachments", **on, sha256=sha256)
    phone.post("/files", sha256=sha256, size=len(data), kind="image/jpeg")
    piece = f"/api/v1/files/{sha256}/chunks/0"
    phone.client.put(piece, data, "application/octet-stream", headers=phone.headers)

    made = phone.post("/attachments", **on, sha256=sha256, name="a.jpg", words="Rust", for_customer=True)

    assert (early.status_code, early.json()["code"], made.status_code) == (409, "file-not-here", 201)
    listed = priya.get("/attachments", **on).json()["items"]
    assert [(f["words"], f["sha256"], f["for_customer"]) for f in listed] == [("Rust", sha256, True)]
    address = f"/attachments/{made.json()['id']}"
    assert not priya.post(f"{address}/showing", shown=False).json()["for_customer"]
    priya.post(f"{address}/withdrawal")
    assert priya.get("/attachments", **on).json()["items"] == []
    assert len(priya.get("/attachments", **on, withdrawn=True).json()["items"]) == 1
    assert priya.post(f"{address}/withdrawal", undo=True).json()["withdrawn_at"] is None


def test_a_note_is_corrected_and_withdrawn_by_who_wrote_it_or_by_the_office(
    cast: Cast, visit: Visit, api: Callable[[str], Api]
) -> None:
    sam, priya = api("sam"), api("priya")
    theirs = priya.post(f"/visits/{visit.id}/notes", words="Rings twice.").json()
    on_them = priya.post(f"/customers/{visit.order.customer_id}/notes", words="Pays late.").json()
    own = sam.post(f"/visits/{visit.id}/notes", words="Left valve.").json()

    new = sam.post(f"/notes/{own['id']}/correction", words="Right valve.").json()

    assert sam.post(f"/notes/{theirs['id']}/correction", words="No.").status_code == 403
    assert sam.post(f"/notes/{on_them['id']}/correction", words="No.").status_code == 404
    assert (new["corrects_id"], new["visit_id"]) == (own["id"], str(visit.id))
    assert [n["words"] for n in sam.get("/notes", visit_id=visit.id).json()["items"]] == [
        "Right valve.",
        "Rings twice.",
    ]
    assert priya.post(f"/notes/{new['id']}/withdrawal").json()["withdrawn_at"]
    assert priya.post(f"/notes/{new['id']}/withdrawal", undo=True).json()["withdrawn_at"] is None
    assert priya.get("/notes").status_code == 422


def test_a_call_is_logged_listed_and_withdrawn(cast: Cast, visit: Visit, api: Callable[[str], Api]) -> None:
    priya, customer = api("priya"), visit.order.customer_id
    said: dict[str, Any] = {"we_called": True, "theirs": "her son", "words": "At work.", "lasted_s": 240}

    made = priya.post(f"/customers/{customer}/calls", **said, visit_id=str(visit.id)).json()

    assert (made["ours_id"], made["lasted_s"]) == (str(cast.priya.id), 240)
    assert [c["id"] for c in priya.get("/calls", customer_id=customer).json()["items"]] == [made["id"]]
    assert [c["id"] for c in api("sam").get("/calls", visit_id=visit.id).json()["items"]] == [made["id"]]
    assert priya.post(f"/calls/{made['id']}/withdrawal").json()["withdrawn_at"]
    other = visit_of(cast.finch.sites.get(), cast.ade)
    assert priya.post(f"/customers/{customer}/calls", **said, visit_id=str(other.id)).status_code == 404
