"""Files by hash, in chunks of 1 MB: a cut connection costs one chunk. A file counts only when its hash is proven."""

import hashlib
import os
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.clock import company_now
from goodword.kit.contents import HEAD, check_claim, kind_of
from goodword.kit.ids import uuid7
from goodword.kit.models import File, FileChunk
from goodword.kit.refusals import BadInput, NotFound

CHUNK = 1_000_000
LARGEST = 60_000_000


def _folder(sha256: str) -> Path:
    return Path(settings.FILES_FOLDER) / sha256[:2]


def path_of(file: File) -> Path:
    return _folder(file.sha256) / file.sha256


@action("file.begin")
def begin(sha256: str, size: int, kind: str, scope: UUID | None, *, by: Actor, at: datetime, command: UUID) -> File:
    """Announce a file. Safe to send twice; a file that is here already is simply here."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise BadInput("sha256", _("Name the file by its SHA-256 in lower-case hexadecimal."))
    if not 0 < size <= LARGEST:
        raise BadInput("size", _("A file holds between 1 byte and 60 MB."))
    check_claim(kind)
    file, _new = File.objects.select_for_update().get_or_create(
        sha256=sha256, defaults={"size": size, "kind": kind, "scope": scope, "begun_at": at}
    )
    if (file.size, file.kind) != (size, kind):
        _announced_otherwise(file, size, kind)
    return file


def _announced_otherwise(file: File, size: int, kind: str) -> None:
    """A proven file is what it is. One that is not here yet may have been announced wrongly: the last word counts."""
    if file.stored_at is not None and file.size != size:
        raise BadInput("size", _("This file is here already, and it has another size."))
    if file.stored_at is not None:
        with path_of(file).open("rb") as opened:
            if kind_of(opened.read(HEAD)) != kind:
                return
        file.kind = kind
        file.save(update_fields=["kind"])
    else:
        file.chunks.all().delete()
        file.size, file.kind = size, kind
        file.save(update_fields=["size", "kind"])


def missing_chunks(file: File) -> list[int]:
    """The numbers of the chunks that have not arrived: where to go on after a cut."""
    if file.stored_at is not None:
        return []
    here = set(file.chunks.values_list("number", flat=True))
    return [n for n in range(_count(file)) if n not in here]


def _count(file: File) -> int:
    return -(-file.size // CHUNK)


@action("file.chunk")
def put_chunk(sha256: str, number: int, data: bytes, *, by: Actor, at: datetime, command: UUID) -> File:
    """Keep one chunk; the last one proves the whole by its hash."""
    file = File.objects.select_for_update().filter(sha256=sha256).first()
    if file is None:
        raise NotFound
    chunks = _count(file)
    expected = CHUNK if number < chunks - 1 else file.size - CHUNK * (chunks - 1)
    if not 0 <= number < chunks or len(data) != expected:
        raise BadInput("chunk", _("Chunk %(n)d of this file holds %(size)d bytes.") % {"n": number, "size": expected})
    if file.stored_at is not None:
        return file
    _write(_part(file, number), [data])
    FileChunk.objects.get_or_create(file=file, number=number, defaults={"size": len(data)})
    if file.chunks.count() == chunks:
        _join(file, chunks)
    return file


@action("file.keep")
def keep(data: bytes, kind: str, scope: UUID | None, *, by: Actor, at: datetime, command: UUID) -> File:
    """A small file that is here whole: a signature, say."""
    file = begin(hashlib.sha256(data).hexdigest(), len(data), kind, scope, by=by, at=at, command=command)
    for number in missing_chunks(file):
        piece = data[number * CHUNK : (number + 1) * CHUNK]
        file = put_chunk(file.sha256, number, piece, by=by, at=at, command=command)
    return file


def keep_opened(opened: BinaryIO, kind: str, scope: UUID | None, *, by: Actor, at: datetime) -> File:
    """A file that a form brought, read piece by piece: never more than 1 MB of it in memory.

    Sent twice it is here once: it is named by what it holds, so every step of it may have a new command id.
    """
    proof, size = hashlib.sha256(), 0
    while piece := opened.read(CHUNK):
        proof.update(piece)
        size += len(piece)
    file = begin(proof.hexdigest(), size, kind, scope, by=by, at=at, command=uuid7())
    for number in missing_chunks(file):
        opened.seek(number * CHUNK)
        file = put_chunk(file.sha256, number, opened.read(CHUNK), by=by, at=at, command=uuid7())
    return file


def remove(file: File) -> None:
    """Take the file and its bytes away, those that have arrived of an unfinished one too.

    Bytes go first: cut off in between, whoever removes it does it again.
    """
    for path in _folder(file.sha256).glob(f"{file.sha256}*"):
        path.unlink(missing_ok=True)
    file.delete()


def _part(file: File, number: int) -> Path:
    return _folder(file.sha256) / f"{file.sha256}.{number}"


def _write(target: Path, pieces: Iterable[bytes]) -> None:
    """The whole file under its name or nothing, on the disk before anybody is told."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.partial")
    with partial.open("wb") as out:
        for piece in pieces:
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _join(file: File, chunks: int) -> None:
    parts = [_part(file, n) for n in range(chunks)]
    lost = [n for n, part in enumerate(parts) if not part.exists()]
    if lost:
        file.chunks.filter(number__in=lost).delete()
        return
    proof = hashlib.sha256()
    for part in parts:
        proof.update(part.read_bytes())
    if proof.hexdigest() != file.sha256:
        raise BadInput("sha256", _("The chunks do not make the file that was announced. Send it again."))
    _write(path_of(file), (part.read_bytes() for part in parts))
    file.stored_at = company_now()
    file.save(update_fields=["stored_at"])
    for part in parts:
        part.unlink(missing_ok=True)
