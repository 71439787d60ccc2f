"""Photos on the customer's page: only those marked for them, only the stripped picture, only behind their link."""

from typing import Any

import pytest
from django.test import Client
from tests.cast import NOW, Cast, door
from tests.faces.portal.looking import changes, opened
from tests.kit import pictures

from goodword.kit.attachments import attach, show_to_customer, withdraw
from goodword.kit.files import keep
from goodword.kit.ids import uuid7
from goodword.kit.links import new_token
from goodword.kit.models import Attachment, Link
from goodword.promises.models import Promise


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER = tmp_path


@pytest.fixture
def photo(promise: Promise, cast: Cast) -> Attachment:
    file = keep(pictures.half_red(), "image/jpeg", cast.aldermere.id, **door(cast.sam))
    about = (promise.visit, cast.aldermere.id, "a.jpg", "The new valve")
    return attach(file.sha256, *about, for_customer=True, **door(cast.sam))  # type: ignore[arg-type]


def test_a_photo_for_the_customer_is_on_their_page_without_place_or_camera(
    link: str, photo: Attachment, client: Client
) -> None:
    page = opened(client, link)
    assert "The new valve" in page

    for size in ("view", "small"):
        answer = client.get(f"{link}photos/{photo.id}/{size}/", follow=True)
        data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert answer.status_code == 200
        assert data.startswith(b"\xff\xd8\xff") and pictures.PLACE not in data and b"Exif" not in data
        assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
        assert answer["Referrer-Policy"] == "no-referrer"


def test_the_address_of_a_photo_on_the_page_leads_to_it(link: str, photo: Attachment, client: Client) -> None:
    """On the page the secret has left the address bar; its photos are behind the same pass."""
    page = opened(client, link)
    key = Link.objects.get().id

    assert f"/v/{key}/photos/{photo.id}/small/" in page
    assert client.get(f"/v/{key}/photos/{photo.id}/small/").status_code == 200
    assert Client().get(f"/v/{key}/photos/{photo.id}/small/").status_code == 404


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_a_photo_changes_nothing(link: str, photo: Attachment, client: Client, method: str) -> None:
    before = changes()

    assert getattr(client, method)(f"{link}photos/{photo.id}/view/", follow=True).status_code == 200
    assert client.post(f"{link}photos/{photo.id}/view/").status_code == 405
    assert changes() == before


def test_what_is_not_for_them_is_not_there(link: str, photo: Attachment, client: Client, cast: Cast) -> None:
    address = f"{link}photos/{photo.id}"
    assert client.get(f"{address}/original/", follow=True).status_code == 404
    assert client.get(f"{link}photos/{uuid7()}/view/", follow=True).status_code == 404
    assert client.get(f"/v/{new_token()}/photos/{photo.id}/view/").status_code == 404

    show_to_customer(photo.id, False, **door(cast.hanna))
    assert client.get(f"{address}/view/", follow=True).status_code == 404
    assert "The new valve" not in opened(client, link)

    show_to_customer(photo.id, True, **door(cast.hanna))
    withdraw(photo.id, **door(cast.hanna))
    assert client.get(f"{address}/view/", follow=True).status_code == 404


def test_a_photo_of_another_visit_is_not_behind_this_link(
    link: str, photo: Attachment, client: Client, cast: Cast
) -> None:
    elsewhere = attach(photo.file_id, cast.finch, cast.aldermere.id, for_customer=True, **door(cast.hanna, NOW))

    assert client.get(f"{link}photos/{elsewhere.id}/view/", follow=True).status_code == 404
