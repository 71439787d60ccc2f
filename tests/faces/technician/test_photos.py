"""Photos from the technician's phone: on their own visit, for the office and, where marked, for the customer."""

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.cast import Cast, door
from tests.faces.api.conftest import said, with_device
from tests.faces.signing_in import as_
from tests.kit import pictures

from goodword.kit.files import keep
from goodword.kit.models import Attachment, Held
from goodword.visits.models import Visit


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER = tmp_path


def photos(*data: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{n}.jpg", one, "image/jpeg") for n, one in enumerate(data)]


@pytest.mark.shows("S0-14")
def test_several_photos_are_kept_with_one_form_and_seen_on_the_visit(cast: Cast, visit: Visit) -> None:
    sam, page = as_(cast.sam), reverse("technician:visit", args=[visit.id])
    form = sam.get(page).content.decode()
    assert 'capture="environment"' in form and "multiple" in form and 'enctype="multipart/form-data"' in form

    sent = {"file": photos(pictures.half_red(), pictures.half_red(6)), "words": "All left clean", "next": page}
    answer = sam.post(reverse("files:add", args=["visit", visit.id]), sent, follow=True)

    assert "2 files are kept." in answer.content.decode()
    assert answer.content.decode().count("All left clean") >= 2
    small = sam.get(reverse("files:file", args=[Attachment.objects.all()[0].id, "small"]))
    assert small.status_code == 200


def test_on_a_colleagues_visit_there_is_nothing(cast: Cast, visit: Visit) -> None:
    ade = as_(cast.ade)

    answer = ade.post(reverse("files:add", args=["visit", visit.id]), {"file": photos(pictures.half_red())})

    assert answer.status_code == 404
    assert not Attachment.objects.exists()


def test_on_a_customer_the_technician_reads_only(cast: Cast, visit: Visit) -> None:
    address = reverse("files:add", args=["customer", visit.order.customer_id])

    assert as_(cast.sam).post(address, {"file": photos(pictures.half_red())}).status_code == 403


def test_the_phones_command_attaches_what_was_sent_before(cast: Cast, visit: Visit) -> None:
    file = keep(pictures.half_red(), "image/jpeg", cast.aldermere.id, **door(cast.sam))
    facts = {"sha256": file.sha256, "name": "a.jpg", "words": "Before", "for_customer": True}

    answers = with_device(cast.sam).batch(said("file.attach", visit.id, "09:30", facts=facts))

    row = Attachment.objects.get()
    assert answers[0]["status"] == "applied"
    assert (row.words, row.for_customer, row.added_by) == ("Before", True, cast.sam.id)


def test_knowing_the_hash_of_another_branchs_photo_attaches_nothing(cast: Cast, visit: Visit) -> None:
    file = keep(pictures.half_red(), "image/jpeg", cast.kilnsea.id, **door())

    answers = with_device(cast.sam).batch(said("file.attach", visit.id, "09:30", facts={"sha256": file.sha256}))

    assert (answers[0]["status"], answers[0]["code"]) == ("held", "file-not-here")
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("visit.sign", {"file_sha256": "it"}),
        ("visit.agree_change", {"words": "Gas off", "how": "emergency", "price_minor": 0, "photo": "it"}),
    ],
)
def test_knowing_a_hash_neither_signs_nor_proves_an_emergency(
    cast: Cast, visit: Visit, kind: str, facts: dict[str, Any]
) -> None:
    file = keep(pictures.half_red(), "image/jpeg", cast.kilnsea.id, **door())
    facts = {key: file.sha256 if value == "it" else value for key, value in facts.items()}

    answers = with_device(cast.sam).batch(said(kind, visit.id, "09:30", facts=facts))

    assert (answers[0]["status"], answers[0]["code"]) == ("held", "file-not-here")


@pytest.mark.parametrize(
    "facts",
    [{}, {"sha256": 5}, {"sha256": "a" * 64}, {"sha256": "a" * 65}, {"sha256": "a" * 64, "for_customer": "yes"}],
)
def test_a_command_that_names_no_file_is_held_whole(cast: Cast, visit: Visit, facts: dict[str, Any]) -> None:
    answers = with_device(cast.sam).batch(said("file.attach", visit.id, "09:30", facts=facts))

    assert answers[0]["status"] == "held"
    assert Held.objects.get().command.facts == facts


def test_a_photo_that_cannot_be_opened_is_held_with_the_reason(cast: Cast, visit: Visit) -> None:
    data = pictures.photo((600, 600))[:-2000]
    keep(data, "image/jpeg", cast.aldermere.id, **door(cast.sam))

    sha256 = hashlib.sha256(data).hexdigest()
    answers = with_device(cast.sam).batch(said("file.attach", visit.id, "09:30", facts={"sha256": sha256}))

    assert (answers[0]["status"], answers[0]["code"]) == ("held", "photo-broken")
