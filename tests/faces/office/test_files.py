"""Photos and papers on a visit, a request, equipment and a customer: sent by a form or in chunks, seen by right."""

import hashlib
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.cast import Cast, door, queries
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import promised, request_of, visit_of
from tests.kit import pictures

from goodword.assets.actions import add_asset
from goodword.customers.models import Site
from goodword.kit.contents import HEAD
from goodword.kit.models import Attachment, Event, File
from goodword.visits.models import Visit


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER = tmp_path


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    visit = visit_of(site, cast.sam, "10:00", "11:00")
    promised(visit)
    return visit


def up(name: str, data: bytes, kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)


def add(client: Client, kind: str, row_id: UUID, *files: SimpleUploadedFile, **facts: Any) -> str:
    """Send the form as a browser without script does; the words of the page it leads to."""
    page = reverse(f"office:{kind}", args=[row_id])
    answer = sent(client, reverse("files:add", args=[kind, row_id]), file=list(files), next=page, follow=True, **facts)
    assert answer.status_code == 200
    return text_of(answer)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("kind", ["visit", "request", "asset", "customer"])
def test_a_photo_is_kept_on_each_of_the_four(cast: Cast, site: Site, visit: Visit, kind: str) -> None:
    rows = {
        "visit": visit,
        "request": request_of(site, words="It drips."),
        "asset": add_asset(site.id, "boiler", **door()),
        "customer": site.customer,
    }
    priya = at_the_desk(cast.priya)

    page = add(priya, kind, rows[kind].pk, up("valve.jpg", pictures.half_red()), words="The valve, before")

    row = Attachment.objects.get()
    assert "1 file is kept." in page and "The valve, before" in page and "Priya Nair" in page
    assert (row.about_kind, row.about_id, row.scope) == (kind, rows[kind].pk, cast.aldermere.id)
    assert Event.objects.get(name="file.attached").facts["about"] == kind


def test_of_several_files_the_good_ones_are_kept_and_the_others_say_why(cast: Cast, visit: Visit) -> None:
    page = add(
        at_the_desk(cast.priya),
        "visit",
        visit.id,
        up("IMG_1.HEIC", pictures.HEIC, "image/heic"),
        up("IMG_2.HEIC", pictures.HEIC, "application/octet-stream"),
        up("a.jpg", pictures.half_red()),
        up("page.html", pictures.HTML, "text/html"),
        up("drawing.svg", pictures.SVG, "image/svg+xml"),
        up("lie.jpg", pictures.photo(kind="PNG")),
        up("plan.pdf", pictures.PDF, "application/pdf"),
        up("empty.jpg", b""),
        up("half.jpg", pictures.photo((600, 600))[:-2000]),
    )

    assert "2 files are kept." in page
    assert "IMG_1.HEIC was not kept. This photo is HEIC" in page and "Most Compatible" in page
    assert "IMG_2.HEIC was not kept. This photo is HEIC" in page
    assert "lie.jpg was not kept. This file calls itself a JPEG picture, but it is a PNG picture." in page
    assert "page.html was not kept. This kind of file cannot be kept here." in page
    assert "drawing.svg was not kept." in page and "half.jpg was not kept. This picture cannot be opened" in page
    assert "empty.jpg was not kept. A file holds between 1 byte and 60 MB." in page
    assert set(Attachment.objects.values_list("name", flat=True)) == {"a.jpg", "plan.pdf"}


def test_a_form_without_a_file_says_so(cast: Cast, visit: Visit) -> None:
    assert "Choose a file first." in add(at_the_desk(cast.priya), "visit", visit.id)


def test_the_form_sent_twice_keeps_each_file_once(cast: Cast, visit: Visit) -> None:
    priya, once = at_the_desk(cast.priya), str(uuid4())

    for _n in range(2):
        add(priya, "visit", visit.id, up("a.jpg", pictures.half_red()), command=once)

    assert Attachment.objects.count() == 1


def test_what_came_in_chunks_is_attached_by_its_hash(cast: Cast, visit: Visit) -> None:
    """The way of the script: announce, pieces (one of them twice), then the form with the hash."""
    priya, data = at_the_desk(cast.priya), pictures.half_red() + bytes(1_200_000)
    sha256 = hashlib.sha256(data).hexdigest()
    facts = {"command": str(uuid4()), "sha256": sha256, "size": len(data), "kind": "image/jpeg"}
    said = priya.post("/api/v1/files", facts | {"visit_id": str(visit.id)}, "application/json").json()
    for number in (*said["missing"], 0):
        piece = data[number * 1_000_000 : (number + 1) * 1_000_000]
        priya.put(f"/api/v1/files/{sha256}/chunks/{number}", piece, "application/octet-stream")

    page = add(priya, "visit", visit.id, sha256=sha256, name="valve.jpg", for_customer="yes")

    assert said["missing"] == [0, 1]
    assert "valve.jpg" in page and "the customer sees it" in page


@pytest.mark.parametrize("sha256", ["", "x", "a" * 64])
def test_a_hash_of_nothing_is_said_so(cast: Cast, visit: Visit, sha256: str) -> None:
    page = add(at_the_desk(cast.priya), "visit", visit.id, sha256=sha256)

    assert "has not arrived whole yet" in page


def test_a_hash_alone_opens_nothing_of_another_branch(cast: Cast, visit: Visit) -> None:
    add(at_the_desk(cast.priya), "visit", visit.id, up("a.jpg", pictures.half_red()))
    sha256 = Attachment.objects.get().file_id
    tom = at_the_desk(cast.tom)

    page = add(tom, "customer", cast.petrov.id, sha256=sha256)

    assert "has not arrived whole yet" in page
    assert tom.get(reverse("files:file", args=[Attachment.objects.get().id, "view"])).status_code == 404


def test_heic_is_refused_before_it_travels(cast: Cast, visit: Visit) -> None:
    facts = {"command": str(uuid4()), "sha256": "a" * 64, "size": 9, "kind": "image/heic"}

    answer = at_the_desk(cast.priya).post("/api/v1/files", facts, "application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "photo-is-heic")
    assert "Most Compatible" in answer.json()["detail"]


def test_the_file_as_it_came_is_saved_and_only_our_own_picture_is_shown_in_place(cast: Cast, visit: Visit) -> None:
    priya = at_the_desk(cast.priya)
    data = pictures.half_red() + pictures.HTML
    add(priya, "visit", visit.id, up("valve\u202egpj.exe", data))
    row = Attachment.objects.get()

    original, view = (priya.get(reverse("files:file", args=[row.id, size])) for size in ("original", "view"))

    assert original["Content-Disposition"] == f'attachment; filename="{row.file_id[:16]}.jpg"'
    assert view["Content-Disposition"].startswith("inline")
    for answer in (original, view):
        assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "image/jpeg")
        assert "sandbox" in answer["Content-Security-Policy"]
    shown = body(view)
    assert body(original) == data
    assert pictures.PLACE not in shown and b"<script>" not in shown and shown[:HEAD].startswith(b"\xff\xd8\xff")


def test_a_paper_has_no_picture_and_is_only_saved(cast: Cast, visit: Visit) -> None:
    priya = at_the_desk(cast.priya)
    add(priya, "visit", visit.id, up("plan.pdf", pictures.PDF, "application/pdf"), for_customer="yes")
    row = Attachment.objects.get()

    assert not row.for_customer
    assert priya.get(reverse("files:file", args=[row.id, "view"])).status_code == 404
    assert priya.get(reverse("files:file", args=[row.id, "else"])).status_code == 404
    saved = priya.get(reverse("files:file", args=[row.id, "original"]))
    assert saved["Content-Disposition"].startswith("attachment")
    assert body(saved) == pictures.PDF


def test_taken_away_it_is_seen_by_nobody_and_can_be_put_back(cast: Cast, visit: Visit) -> None:
    priya, page = at_the_desk(cast.priya), reverse("office:visit", args=[visit.id])
    add(priya, "visit", visit.id, up("a.jpg", pictures.half_red()))
    row = Attachment.objects.get()
    away = reverse("files:withdrawal", args=[row.id])

    assert "1 file was taken away" in text_of(sent(priya, away, next=page, follow=True))
    assert priya.get(reverse("files:file", args=[row.id, "view"])).status_code == 404
    assert "It is back." in text_of(sent(priya, away, next=page, undo="yes", follow=True))

    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_who_only_reads_sees_the_files_and_no_form(cast: Cast, visit: Visit) -> None:
    add(at_the_desk(cast.priya), "visit", visit.id, up("a.jpg", pictures.half_red()))
    june = at_the_desk(cast.june)

    html = june.get(reverse("office:visit", args=[visit.id])).content.decode()

    assert "a.jpg" in html and "/files/on/" not in html and "/withdrawal/" not in html
    assert sent(june, reverse("files:add", args=["visit", visit.id])).status_code == 403


@pytest.mark.parametrize("kind", ["person", "branch", "file"])
def test_nothing_is_attached_to_what_takes_nothing(cast: Cast, visit: Visit, kind: str) -> None:
    assert sent(at_the_desk(cast.priya), reverse("files:add", args=[kind, visit.id])).status_code == 404


def test_too_many_files_in_one_form_get_a_page_and_no_fault(cast: Cast, visit: Visit) -> None:
    many = [up(f"{n}.jpg", b"x") for n in range(25)]

    answer = sent(at_the_desk(cast.priya), reverse("files:add", args=["visit", visit.id]), file=many)

    assert answer.status_code == 400
    assert not File.objects.exists()


def test_the_page_asks_no_more_with_more_files(cast: Cast, visit: Visit) -> None:
    priya, page = at_the_desk(cast.priya), reverse("office:visit", args=[visit.id])
    priya.get(page)
    counted = []
    for n in (1, 6):
        files = [up(f"{n}-{i}.pdf", pictures.PDF + bytes([n, i]), "application/pdf") for i in range(n)]
        add(priya, "visit", visit.id, *files)
        with queries(100) as seen:
            assert priya.get(page).status_code == 200
        counted.append(len(seen))

    assert counted[0] == counted[1]
