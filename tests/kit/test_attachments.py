"""What is attached: photos are opened apart and written anew for the customer; what is not taken says why."""

import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from tests.kit import pictures
from tests.kit.sending import AT, SAM

from goodword.kit import photos
from goodword.kit.attachments import (
    FileNotHere,
    NotForCustomers,
    attach,
    attached_to,
    restore,
    show_to_customer,
    shown_name,
    withdraw,
)
from goodword.kit.contents import NotTaken, NotWhatItSays, PhotoIsHeic, kind_of
from goodword.kit.files import begin, keep, keep_opened, path_of
from goodword.kit.ids import uuid7
from goodword.kit.models import Attachment, Event, File, Link
from goodword.kit.photos import PhotoBroken, PhotoTooLarge
from goodword.kit.refusals import BadInput, NotFound

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path
    return tmp_path


def door():
    return {"by": SAM, "at": AT, "command": uuid7()}


ABOUT = Link(id=uuid7())  # any row of any room


def put(data: bytes, kind: str = JPEG, **more) -> Attachment:
    return attach(keep(data, kind, None, **door()).sha256, ABOUT, None, **more, **door())


def opened(file: File) -> Image.Image:
    return Image.open(io.BytesIO(path_of(file).read_bytes()))


def test_a_photo_is_kept_as_it_came_and_written_anew_for_the_customer(db):
    data = pictures.half_red()

    row = put(data, name="IMG_1.jpg", words="The valve", for_customer=True)

    assert path_of(row.file).read_bytes() == data
    assert pictures.PLACE in data
    for file in (row.view, row.thumb):
        said = path_of(file).read_bytes()
        assert (opened(file).getexif(), pictures.PLACE in said) == (Image.Exif(), False)
        assert not {b"Exif", b"xmp", b"Photoshop"} & {w for w in (b"Exif", b"xmp", b"Photoshop") if w in said}
    assert Event.objects.get(name="file.attached").facts == {
        "about": "link", "id": str(ABOUT.id), "kind": JPEG, "size": len(data), "for_customer": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (80, 40), (5, 20)), (2, (80, 40), (75, 20)), (3, (80, 40), (75, 20)), (4, (80, 40), (5, 20)),
        (5, (40, 80), (20, 5)), (6, (40, 80), (20, 5)), (7, (40, 80), (20, 75)), (8, (40, 80), (20, 75)),
    ],
)  # fmt: skip
def test_a_photo_stands_upright_however_the_phone_was_held(db, orientation, size, red_at):
    view = opened(put(pictures.half_red(orientation)).view)

    assert view.size == size
    red, _green, blue = view.getpixel(red_at)
    assert red > 200 > 50 > blue


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(pictures.photo(progressive=True), JPEG, id="progressive"),
        pytest.param(pictures.photo(mode="CMYK", color=(0, 9, 9, 9)), JPEG, id="cmyk"),
        pytest.param(pictures.photo(mode="L"), JPEG, id="grey"),
        pytest.param(pictures.photo(kind="PNG", mode="I;16", color=40_000), PNG, id="16-bit"),
        pytest.param(pictures.photo(kind="PNG", mode="RGBA", color=(9, 9, 9, 0)), PNG, id="transparent"),
        pytest.param(pictures.photo(kind="PNG", mode="P", color=3), PNG, id="palette"),
        pytest.param(pictures.photo(kind="WEBP"), WEBP, id="webp"),
        pytest.param(pictures.animated("PNG"), PNG, id="animated-png"),
        pytest.param(pictures.animated("WEBP"), WEBP, id="animated-webp"),
        pytest.param(pictures.broken_profile(), JPEG, id="broken-profile"),
        pytest.param(pictures.photo() + pictures.HTML + b"PK\x03\x04", JPEG, id="polyglot"),
        pytest.param(pictures.photo((1, 1)), JPEG, id="one-pixel"),
        pytest.param(pictures.photo((4000, 3000)), JPEG, id="twelve-megapixels"),
    ],
)
def test_what_a_camera_may_send_becomes_a_plain_picture(db, data, kind):
    row = put(data, kind)

    view, thumb = opened(row.view), opened(row.thumb)
    assert (view.format, view.mode, getattr(view, "n_frames", 1)) == ("JPEG", "RGB", 1)
    assert max(view.size) <= 2048 and max(thumb.size) <= 360
    assert b"<script>" not in path_of(row.view).read_bytes()


def test_transparent_becomes_white(db):
    view = opened(put(pictures.photo(kind="PNG", mode="RGBA", color=(9, 9, 9, 0)), PNG).view)

    assert view.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        pytest.param(pictures.bomb(50_000, 50_000), PNG, PhotoTooLarge, id="bomb"),
        pytest.param(pictures.bomb(7072, 7072), PNG, PhotoTooLarge, id="just-over-50-megapixels"),
        pytest.param(pictures.bomb(0, 9), PNG, PhotoBroken, id="no-width"),
        pytest.param(pictures.photo((600, 600))[:-2000], JPEG, PhotoBroken, id="truncated"),
        pytest.param(b"\xff\xd8\xff", JPEG, PhotoBroken, id="three-bytes"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(99), PNG, PhotoBroken, id="zeros"),
        pytest.param(pictures.HEIC, JPEG, PhotoIsHeic, id="heic-as-jpeg"),
        pytest.param(pictures.photo(kind="PNG"), JPEG, NotWhatItSays, id="png-as-jpeg"),
        pytest.param(pictures.photo(kind="GIF"), JPEG, NotWhatItSays, id="gif-as-jpeg"),
        pytest.param(pictures.photo(kind="TIFF"), JPEG, NotWhatItSays, id="tiff-as-jpeg"),
        pytest.param(pictures.photo(kind="EPS"), JPEG, NotWhatItSays, id="eps-as-jpeg"),
        pytest.param(b"8BPS\x00\x01" + bytes(99), JPEG, NotWhatItSays, id="psd-as-jpeg"),
        pytest.param(b"SIMPLE  =                    T" + bytes(99), JPEG, NotWhatItSays, id="fits-as-jpeg"),
        pytest.param(pictures.HTML, JPEG, NotWhatItSays, id="html-as-jpeg"),
        pytest.param(pictures.SVG, PNG, NotWhatItSays, id="svg-as-png"),
        pytest.param(pictures.HTML, PDF, NotWhatItSays, id="html-as-pdf"),
        pytest.param(b"PK\x03\x04" + bytes(99), PDF, NotWhatItSays, id="zip-as-pdf"),
        pytest.param(b"x", JPEG, NotWhatItSays, id="one-byte"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_the_reason_and_nothing_is_lost(db, data, kind, why):
    with pytest.raises(why) as refused:
        put(data, kind)

    assert str(refused.value).endswith((".", "JPEG."))
    assert Attachment.objects.count() == 0
    assert path_of(File.objects.get()).read_bytes() == data


@pytest.mark.parametrize(
    ("kind", "why"), [("image/heic", PhotoIsHeic), ("image/heif", PhotoIsHeic), ("image/svg+xml", NotTaken),
                      ("text/html", NotTaken), ("application/zip", NotTaken), ("", NotTaken)],
)  # fmt: skip
def test_what_is_not_taken_is_refused_before_it_travels(db, kind, why):
    with pytest.raises(why):
        begin("a" * 64, 9, kind, None, **door())
    with pytest.raises(PhotoIsHeic, match="Most Compatible"):
        begin("a" * 64, 9, "image/heic", None, **door())


def test_a_paper_is_a_plain_file_and_never_for_the_customers_page(db):
    row = put(pictures.PDF, PDF)

    assert (row.view, row.thumb) == (None, None)
    with pytest.raises(NotForCustomers):
        show_to_customer(row.id, True, **door())
    withdraw(row.id, **door())
    with pytest.raises(NotForCustomers):
        put(pictures.PDF, PDF, for_customer=True)


def test_the_same_file_on_the_same_thing_is_there_once(db):
    first, again = put(pictures.half_red()), put(pictures.half_red())

    assert first == again
    assert Event.objects.filter(name="file.attached").count() == 1


def test_a_picture_that_was_announced_wrongly_can_be_put_right(db):
    with pytest.raises(NotWhatItSays):
        put(pictures.photo(kind="PNG"), JPEG)

    assert put(pictures.photo(kind="PNG"), PNG).file.kind == PNG


def test_what_has_not_arrived_whole_cannot_be_attached(db):
    file = begin("a" * 64, 9, JPEG, None, **door())

    for name in (file.sha256, "b" * 64):
        with pytest.raises(FileNotHere):
            attach(name, ABOUT, None, **door())


def test_withdrawn_is_hidden_and_can_be_taken_back(db):
    row = put(pictures.half_red())

    withdraw(row.id, **door())
    assert not attached_to("link", [ABOUT.id])
    withdraw(row.id, **door())
    restore(row.id, **door())

    assert list(attached_to("link", [ABOUT.id])) == [row]
    names = Event.objects.filter(name__startswith="file.").order_by("id").values_list("name", flat=True)
    assert list(names) == ["file.attached", "file.withdrawn", "file.restored"]


def test_taken_back_after_it_was_attached_again_it_is_there_once(db):
    row = put(pictures.half_red())
    withdraw(row.id, **door())
    again = put(pictures.half_red())

    restore(row.id, **door())

    assert list(attached_to("link", [ABOUT.id])) == [again]


def test_a_photo_is_put_on_the_customers_page_and_taken_off(db):
    row = put(pictures.half_red())

    assert show_to_customer(row.id, True, **door()).for_customer
    assert not show_to_customer(row.id, False, **door()).for_customer
    assert Event.objects.filter(name__in=["file.shown", "file.hidden"]).count() == 2
    with pytest.raises(NotFound):
        show_to_customer(uuid7(), True, **door())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\CON", "CON"),
        ("valve\u202egpj.exe", "valvegpj.exe"),
        ("a\x00b\r\nc.jpg", "abc.jpg"),
        ("\ud800.jpg", ".jpg"),
        ("", ""),
        ('a"; filename=x.html', 'a"; filename=x.html'),
        ("..%2f..%2fx.jpg", "..%2f..%2fx.jpg"),
        ("\U0001f527.jpg", "\U0001f527.jpg"),
        ("x" * 300 + ".jpg", "x" * 60 + "…" + "x" * 46 + ".jpg"),
    ],
)
def test_a_files_name_is_only_read_and_never_used(name, shown):
    assert shown_name(name) == shown


def test_a_form_brings_a_file_of_several_pieces(db):
    data = pictures.half_red() + bytes(2_500_000)

    file = keep_opened(io.BytesIO(data), JPEG, None, by=SAM, at=AT)
    again = keep_opened(io.BytesIO(data), JPEG, None, by=SAM, at=AT)

    assert file == again
    assert hashlib.sha256(path_of(file).read_bytes()).hexdigest() == file.sha256
    with pytest.raises(BadInput):
        keep_opened(io.BytesIO(b""), JPEG, None, by=SAM, at=AT)


@pytest.mark.parametrize("head", [b"", b"\xff", b"RIFF", b"RIFF....WAVE", b"....ftypmp42", b" %PDF-1"])
def test_nothing_is_known_of_other_beginnings(head):
    assert kind_of(head) == ""


def test_a_picture_that_takes_too_long_is_refused(db, monkeypatch):
    monkeypatch.setattr(photos, "PATIENCE_S", 0.001)

    with pytest.raises(PhotoBroken):
        put(pictures.photo())


def test_the_process_cannot_take_more_memory_than_it_is_given():
    """What a hostile picture would ask for, asked for plainly."""
    ask = f"import runpy; runpy.run_path({str(photos.SCRIPT)!r})['limit'](); bytearray(2_000_000_000)"

    done = subprocess.run([sys.executable, "-I", "-c", ask], capture_output=True, text=True)

    assert "MemoryError" in done.stderr


def test_the_process_knows_nothing_of_goodword(monkeypatch):
    """It is started without our surroundings: no secret, no database, no module of ours."""
    asked = {}

    def run(ask, **more):
        asked.update(more, ask=ask)
        return subprocess.CompletedProcess(ask, 1)

    monkeypatch.setattr(photos.subprocess, "run", run)
    with pytest.raises(PhotoBroken):
        photos.views_of(Path("x"))

    assert asked["env"] == {"LANG": "C.UTF-8"}
    assert "-I" in asked["ask"]
    assert "goodword." not in photos.SCRIPT.read_text().replace("goodword-photo", "")
