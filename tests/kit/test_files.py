"""Files in chunks: a cut costs one chunk, and a file counts only when its hash is proven."""

import hashlib

import pytest
from tests.kit.sending import AT, SAM, at_once

from goodword.kit.files import CHUNK, LARGEST, begin, missing_chunks, path_of, put_chunk
from goodword.kit.ids import uuid7
from goodword.kit.models import File, FileChunk
from goodword.kit.refusals import BadInput, NotFound


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path
    return tmp_path


def door():
    return {"by": SAM, "at": AT, "command": uuid7()}


def picture(size: int, seed: int = 1) -> tuple[bytes, str]:
    data = (hashlib.sha256(bytes([seed])).digest() * (size // 32 + 1))[:size]
    return data, hashlib.sha256(data).hexdigest()


def announce(size: int, name: str, kind: str = "image/jpeg") -> File:
    return begin(name, size, kind, None, **door())


def put(name: str, data: bytes, number: int) -> File:
    return put_chunk(name, number, data[number * CHUNK : (number + 1) * CHUNK], **door())


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])
def test_a_file_of_any_size_arrives_whole(db, size):
    data, name = picture(size)
    file = announce(size, name)

    for number in missing_chunks(file):
        file = put(name, data, number)

    assert file.stored_at is not None
    assert path_of(file).read_bytes() == data
    assert [p.name for p in path_of(file).parent.iterdir()] == [name], "no parts are left lying about"


def test_after_a_cut_only_what_is_missing_is_sent_again(db):
    data, name = picture(3 * CHUNK)
    announce(len(data), name)
    put(name, data, 2)
    put(name, data, 0)

    file = announce(len(data), name)

    assert missing_chunks(file) == [1]
    assert put(name, data, 1).stored_at is not None
    assert missing_chunks(File.objects.get()) == []


def test_a_chunk_sent_twice_counts_once(db):
    data, name = picture(2 * CHUNK)
    announce(len(data), name)
    once = door()

    put_chunk(name, 0, data[:CHUNK], **once)
    put_chunk(name, 0, data[:CHUNK], **once)
    put(name, data, 0)

    assert FileChunk.objects.count() == 1


def test_a_file_that_is_here_is_simply_here(db):
    data, name = picture(10)
    announce(10, name)
    put(name, data, 0)
    stored = File.objects.get().stored_at

    assert announce(10, name).stored_at == stored
    assert put(name, data, 0).stored_at == stored


def test_chunks_that_do_not_make_the_file_are_refused_and_can_be_sent_again(db):
    data, name = picture(2 * CHUNK)
    announce(len(data), name)
    put_chunk(name, 0, b"x" * CHUNK, **door())

    with pytest.raises(BadInput, match="do not make the file"):
        put(name, data, 1)
    assert File.objects.get().stored_at is None

    put(name, data, 0)
    assert put(name, data, 1).stored_at is not None


def test_a_part_that_the_disk_has_lost_is_asked_for_again(db):
    data, name = picture(2 * CHUNK)
    file = announce(len(data), name)
    put(name, data, 0)
    (path_of(file).parent / f"{name}.0").unlink()

    assert put(name, data, 1).stored_at is None
    assert missing_chunks(file) == [0]
    assert put(name, data, 0).stored_at is not None


@pytest.mark.parametrize(("number", "size"), [(-1, CHUNK), (2, CHUNK), (0, CHUNK - 1), (0, 0), (1, 8), (10**9, 7)])
def test_a_chunk_of_another_number_or_size_is_refused(db, number, size):
    _data, name = picture(CHUNK + 7)
    announce(CHUNK + 7, name)

    with pytest.raises(BadInput):
        put_chunk(name, number, b"x" * size, **door())


@pytest.mark.parametrize(
    ("name", "size", "kind"),
    [
        ("A" * 64, 1, "image/jpeg"),
        ("../../../../etc/passwd", 1, "image/jpeg"),
        ("a" * 63, 1, "image/jpeg"),
        ("a" * 64 + "\n", 1, "image/jpeg"),
        ("a" * 64, 0, "image/jpeg"),
        ("a" * 64, -1, "image/jpeg"),
        ("a" * 64, LARGEST + 1, "image/jpeg"),
        ("a" * 64, 1, "image/svg+xml"),
        ("a" * 64, 1, "text/html"),
    ],
)
def test_what_cannot_be_a_file_is_refused(db, name, size, kind):
    with pytest.raises(BadInput):
        announce(size, name, kind)


def test_a_chunk_of_nothing_is_not_found(db):
    with pytest.raises(NotFound):
        put_chunk("a" * 64, 0, b"x", **door())


def test_a_wrong_announcement_can_be_put_right_until_the_file_is_here(db):
    """Otherwise whoever announces a hash first with a wrong size would keep the file out for ever."""
    data, name = picture(20)
    announce(3 * CHUNK, name)
    put_chunk(name, 0, b"x" * CHUNK, **door())

    announce(20, name, "image/png")
    file = put(name, data, 0)

    assert (file.size, file.kind, file.stored_at is not None) == (20, "image/png", True)
    with pytest.raises(BadInput, match="another size"):
        announce(21, name)


def test_all_chunks_at_once_make_one_file(committed_db):
    data, name = picture(4 * CHUNK)
    announce(len(data), name)

    found = at_once(8, lambda n: put(name, data, n % 4))

    assert not [f for f in found if isinstance(f, Exception)]
    assert path_of(File.objects.get()).read_bytes() == data
