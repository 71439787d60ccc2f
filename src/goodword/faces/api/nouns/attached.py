"""What is attached: files that were sent before (``files``), put on a visit, a request, a customer or equipment."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Path, Schema, Status

from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, who
from goodword.faces.api.inputs import Cursor, Id, Limit, Line, Sha256, Write
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.kit.attachments import attach, attached_to, restore, show_to_customer, withdraw
from goodword.kit.models import Attachment
from goodword.parts.attached import Kind, attachment_for, file_here, subject_of

router = Noun("attachments")
BY_ADDED = By("added_at", datetime)
Attached = Annotated[UUID, Path()]


class AttachmentOut(Schema):
    """``sha256`` and ``kind`` name the file as it came (``GET /files/{sha256}``)."""

    id: UUID
    about_kind: str
    about_id: UUID
    sha256: str
    kind: str
    size: int
    name: str
    words: str
    for_customer: bool
    added_at: datetime
    added_by: UUID | None
    withdrawn_at: datetime | None

    @staticmethod
    def resolve_sha256(row: Attachment) -> str:
        return row.file_id

    @staticmethod
    def resolve_kind(row: Attachment) -> str:
        return row.file.kind

    @staticmethod
    def resolve_size(row: Attachment) -> int:
        return row.file.size


class AttachmentIn(Write):
    about_kind: Kind
    about_id: Id
    sha256: Sha256
    name: Line = ""
    words: Line = ""
    for_customer: bool = False


class UndoIn(Write):
    """``undo``: take it back."""

    undo: bool = False


class ShowingIn(Write):
    shown: bool


@router.get("/attachments", response=Page[AttachmentOut])
def list_attachments(
    request: Asked, about_kind: Kind, about_id: Id, withdrawn: bool = False, after: Cursor = None, limit: Limit = 50
) -> Any:
    """What is on one row, the oldest first. ``withdrawn``: also what was taken away, for who may put it back."""
    subject = subject_of(who(request), about_kind, about_id)
    also = withdrawn and subject.may_be_written_on(who(request))
    return page(attached_to(subject.kind, [subject.row.pk], withdrawn=also), BY_ADDED, after, limit)


@router.post("/attachments", response={201: AttachmentOut})
def new_attachment(request: Asked, body: AttachmentIn) -> Any:
    """Put a file that is here whole on a row. The same file on the same row is there once."""
    subject = subject_of(who(request), body.about_kind, body.about_id)
    subject.require(who(request))
    file = file_here(who(request), body.sha256)
    to = (file.sha256, subject.row, subject.branch_id)
    return Status(201, attach(*to, body.name, body.words, body.for_customer, **door(request, body)))


@router.post("/attachments/{uuid:attachment_id}/showing", response=AttachmentOut)
def attachment_showing(request: Asked, attachment_id: Attached, body: ShowingIn) -> Any:
    """Put a photo on the customer's page, or take it off."""
    row, subject = attachment_for(who(request), attachment_id)
    subject.require(who(request))
    return show_to_customer(row.id, body.shown, **door(request, body))


@router.post("/attachments/{uuid:attachment_id}/withdrawal", response=AttachmentOut)
def attachment_withdrawal(request: Asked, attachment_id: Attached, body: UndoIn) -> Any:
    """Take it away; with ``undo`` put it back."""
    row, subject = attachment_for(who(request), attachment_id)
    subject.require(who(request))
    return (restore if body.undo else withdraw)(row.id, **door(request, body))
