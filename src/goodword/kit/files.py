"""Files by hash, in chunks of 1 MB: a cut connection costs one chunk. A file counts only when its hash is proven."""

import hashlib
import os
import re
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.clock import company_now
from goodword.kit.models import File, FileChunk
from goodword.kit.refusals import BadInput, NotFound

CHUNK = 1_000_000
LARGEST = 60_000_000
KINDS = {"image/jpeg", "image/png", "image/webp", "application/pdf"}


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
    if kind not in KINDS:
        raise BadInput("kind", _("Send a JPEG, PNG or WebP picture, or a PDF."))
    return File.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "kind": kind, "scope": scope, "begun_at": at}
    )[0]


@action("file.chunk")
def put_chunk(sha256: str, number: int, data: bytes, *, by: Actor, at: datetime, command: UUID) -> File:
    """Keep one chunk; the last one proves the whole by its hash."""
    file = File.objects.select_for_update().filter(sha256=sha256).first()
    if file is None:
        raise NotFound
    chunks = -(-file.size // CHUNK)
    expected = CHUNK if number < chunks - 1 else file.size - CHUNK * (chunks - 1)
    if not 0 <= number < chunks or len(data) != expected:
        raise BadInput("chunk", _("Chunk %(n)d of this file holds %(size)d bytes.") % {"n": number, "size": expected})
    if file.stored_at is not None:
        return file
    part = _folder(sha256) / f"{sha256}.{number}"
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(data)
    FileChunk.objects.get_or_create(file=file, number=number, defaults={"size": len(data)})
    if file.chunks.count() == chunks:
        _join(file, chunks)
    return file


def _join(file: File, chunks: int) -> None:
    whole = _folder(file.sha256) / f"{file.sha256}.whole"
    proof = hashlib.sha256()
    parts = [_folder(file.sha256) / f"{file.sha256}.{n}" for n in range(chunks)]
    with whole.open("wb") as out:
        for part in parts:
            data = part.read_bytes()
            proof.update(data)
            out.write(data)
        out.flush()
        os.fsync(out.fileno())
    if proof.hexdigest() != file.sha256:
        whole.unlink()
        raise BadInput("sha256", _("The chunks do not make the file that was announced. Send it again."))
    whole.rename(path_of(file))
    file.stored_at = company_now()
    file.save(update_fields=["stored_at"])
    for part in parts:
        part.unlink(missing_ok=True)
