"""The picture of who comes: only behind the link of a visit that is to come, only the small one made by us."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.cast import Cast, door
from tests.faces.office.desk import sent, text_of
from tests.faces.portal.looking import opened
from tests.faces.signing_in import as_
from tests.kit import pictures

from goodword.crew.models import Person
from goodword.dispatch import actions as dispatch
from goodword.kit.attachments import show_to_customer
from goodword.kit.models import Attachment
from goodword.promises.models import Promise
from goodword.visits.models import Visit


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER = tmp_path


def who_comes(promise: Promise) -> Person:
    technician = Visit.objects.get(id=promise.visit_id).technician
    assert technician is not None
    return technician


def pictured(by: Person, of: Person) -> Any:
    file = SimpleUploadedFile("me.jpg", pictures.half_red(), "image/jpeg")
    there = reverse("files:add", kwargs={"kind": "person", "row_id": of.id})
    return sent(as_(by), there, file=file, for_customer="yes", next=reverse("office:person", args=[of.id]), follow=True)


def test_initials_stand_there_until_somebody_gives_a_picture(
    link: str, client: Client, cast: Cast, promise: Promise
) -> None:
    technician = who_comes(promise)
    assert 'class="face" aria-hidden="true"' in opened(client, link)
    assert client.get(f"{link}picture/", follow=True).status_code == 404

    assert "the customer sees it" in text_of(pictured(cast.colm, technician))

    page = opened(client, link)
    assert '<img class="face"' in page and 'class="face" aria-hidden="true"' not in page
    answer = client.get(f"{link}picture/", follow=True)
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert data.startswith(b"\xff\xd8\xff") and pictures.PLACE not in data and b"Exif" not in data
    assert answer["Cache-Control"] == "no-store"

    show_to_customer(Attachment.objects.get().id, False, **door(cast.colm))
    assert client.get(f"{link}picture/", follow=True).status_code == 404


def test_a_colleagues_picture_and_that_of_who_has_been_are_not_shown(
    link: str, client: Client, cast: Cast, promise: Promise
) -> None:
    technician = who_comes(promise)
    pictured(cast.colm, cast.ade if technician == cast.sam else cast.sam)
    assert client.get(f"{link}picture/", follow=True).status_code == 404

    pictured(cast.colm, technician)
    assert client.get(f"{link}picture/", follow=True).status_code == 200
    assert promise.visit_id is not None
    dispatch.cancel(promise.visit_id, "us", "ill", **door(cast.hanna))
    assert client.get(f"{link}picture/", follow=True).status_code == 404


def test_who_may_not_change_somebody_gives_them_no_picture(cast: Cast) -> None:
    assert pictured(cast.hanna, cast.sam).status_code == 403
    assert pictured(cast.ines, cast.sam).status_code == 404
    assert not Attachment.objects.exists()
