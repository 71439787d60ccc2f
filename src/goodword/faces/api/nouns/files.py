"""Photos and documents: announced by hash, sent in chunks of 1 MB, named by their hash in commands."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Path, Schema
from pydantic import Field

from goodword.crew.queries import files_visible_to
from goodword.crew.rules import Verb
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, door_at, found, home_branch, must_any, who
from goodword.faces.api.errors import TooLarge
from goodword.faces.api.inputs import Id, Sha256, Write
from goodword.faces.api.router import Noun
from goodword.kit.contents import ENDINGS, KINDS
from goodword.kit.files import CHUNK, LARGEST, begin, missing_chunks, path_of, put_chunk
from goodword.kit.ids import uuid7
from goodword.kit.models import File
from goodword.kit.refusals import BadInput, NotFound
from goodword.parts.attached import subject_of

router = Noun("files")
Hash = Annotated[Sha256, Path()]
BYTES = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}}
STREAM = {"responses": {200: {"description": "The bytes", "content": {kind: {} for kind in ENDINGS}}}}


class FileOut(Schema):
    """``missing``: the numbers of the chunks that have not arrived; where to go on after a cut."""

    sha256: str
    size: int
    kind: str
    scope: UUID | None
    stored_at: datetime | None
    missing: list[int]

    @staticmethod
    def resolve_missing(row: Any) -> list[int]:
        return missing_chunks(row)


class FileIn(Write):
    """What it is about, for whoever works in several branches: at most one of the four ids."""

    sha256: Sha256
    size: int
    kind: Annotated[str, Field(max_length=80, examples=sorted(KINDS))]
    visit_id: Id | None = None
    request_id: Id | None = None
    asset_id: Id | None = None
    customer_id: Id | None = None


@router.post("/files", response=FileOut)
def new_file(request: Asked, body: FileIn) -> Any:
    """Announce a file. Safe to send twice; one that is here already has nothing missing."""
    if not 0 < body.size <= LARGEST:
        raise BadInput("size", _("A file holds between 1 byte and 60 MB."))
    viewer = who(request)
    scope = home_branch(viewer.person.id)
    for about in ("visit", "request", "asset", "customer"):
        if (row_id := getattr(body, f"{about}_id")) is not None:
            scope = subject_of(viewer, about, row_id).branch_id
    must_any(request, scope, Verb.STAGE, Verb.BOOK, Verb.MONEY)
    return begin(body.sha256, body.size, body.kind, scope, **door(request, body))


def _file(request: Asked, sha256: str) -> File:
    return found(files_visible_to(who(request)), sha256)


@router.get("/files/{sha256}/progress", response=FileOut)
def file_progress(request: Asked, sha256: Hash) -> Any:
    return _file(request, sha256)


@router.put("/files/{sha256}/chunks/{int:number}", response=FileOut, openapi_extra=BYTES)
def new_chunk(request: Asked, sha256: Hash, number: int) -> Any:
    """The bytes of one chunk (1,000,000, the last one fewer). The last to arrive proves the whole by its hash."""
    file = _file(request, sha256)
    must_any(request, file.scope, Verb.STAGE, Verb.BOOK, Verb.MONEY)
    return put_chunk(file.sha256, min(number, LARGEST), _bytes(request), **door_at(request, uuid7()))


def _bytes(request: HttpRequest) -> bytes:
    if len(request.body) > CHUNK:
        raise TooLarge(CHUNK)
    return request.body


@router.get("/files/{sha256}", openapi_extra=STREAM)
def download(request: Asked, sha256: Hash) -> HttpResponseBase:
    """The bytes, to be saved and never shown in place."""
    file = _file(request, sha256)
    if file.stored_at is None:
        raise NotFound
    name = f"{file.sha256[:16]}.{ENDINGS.get(file.kind, 'bin')}"
    response = FileResponse(path_of(file).open("rb"), as_attachment=True, filename=name, content_type=file.kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
