"""What is attached to something: photos and papers of a visit, a request, a piece of equipment, a customer.

One mechanism for all of them. What it is attached to is a row of any room, named by kind and id; ``scope`` is its
branch. Whether somebody may see it or do it, the row's own room says; whoever calls these has asked it.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.contents import HEAD, PICTURES, check_content
from goodword.kit.events import record
from goodword.kit.files import keep, path_of
from goodword.kit.models import Attachment, File
from goodword.kit.photos import views_of
from goodword.kit.refusals import BadInput, NotFound, Refusal
from goodword.kit.text import LINE, clean

MOST = 200  # ours: files on one thing


class FileNotHere(Refusal):
    code = "file-not-here"
    says = _("The file has not arrived whole yet. Send what is missing first.")
    waits = True


class NotForCustomers(Refusal):
    code = "file-not-for-customers"
    says = _("Only pictures can be shown to the customer. Send them the paper itself.")
    status = 422


@action("file.attach")
def attach(
    sha256: str,
    about: models.Model,
    scope: UUID | None,
    name: str = "",
    words: str = "",
    for_customer: bool = False,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Attachment:
    """Attach a file that is here. The same file on the same thing is there once, however often it is sent.

    Parameters
    ----------
    for_customer
        Whether the customer sees it behind their link: only the stripped view, never the original.

    Raises
    ------
    FileNotHere, PhotoIsHeic, NotWhatItSays, NotTaken, PhotoBroken, PhotoTooLarge, NotForCustomers
        Nothing is attached then; the bytes that came stay where they are.
    """
    file = File.objects.filter(sha256=sha256).first()
    if file is None or file.stored_at is None:
        raise FileNotHere
    kind, about_id = about._meta.model_name or "", about.pk
    if for_customer and file.kind not in PICTURES:
        raise NotForCustomers
    if Attachment.objects.filter(about_kind=kind, about_id=about_id, withdrawn_at=None).count() >= MOST:
        raise BadInput("file", _("At most 200 files are kept here. Withdraw some that nobody needs."))
    door: dict[str, Any] = {"by": by, "at": at, "command": command}
    view, thumb = _views(file, scope, **door)
    if File.objects.select_for_update(no_key=True).filter(sha256=sha256).first() is None:  # decoding may take seconds
        raise FileNotHere
    before = Attachment.objects.filter(file=file, about_kind=kind, about_id=about_id, withdrawn_at=None).first()
    if before is not None:
        return before
    row = Attachment.objects.create(
        file=file, view=view, thumb=thumb, about_kind=kind, about_id=about_id, scope=scope, name=shown_name(name),
        words=clean(words, "words", limit=LINE), for_customer=for_customer, added_at=at, added_by=by.id,
    )  # fmt: skip
    facts = {"about": kind, "id": str(about_id), "kind": file.kind, "size": file.size, "for_customer": for_customer}
    record("file.attached", about=row, scope=scope, facts=facts, **door)
    return row


def _views(file: File, scope: UUID | None, **door: Any) -> tuple[File | None, File | None]:
    """The picture for the customer and the small one, made once for each file; none for a paper."""
    with path_of(file).open("rb") as opened:
        check_content(file.kind, opened.read(HEAD))
    if file.kind not in PICTURES:
        return None, None
    made = Attachment.objects.filter(file=file, view__isnull=False).select_related("view", "thumb").first()
    if made is not None:
        return made.view, made.thumb
    views = views_of(path_of(file))
    return keep(views.view, "image/jpeg", scope, **door), keep(views.thumb, "image/jpeg", scope, **door)


def shown_name(name: str) -> str:
    """A file's name as somebody gave it, fit to be read: no folders, no control characters, its end kept.

    Nothing on our disk is ever named by it.
    """
    last = re.split(r"[/\\]", str(name))[-1]
    text = "".join(c for c in last if c.isprintable() and not 0xD800 <= ord(c) <= 0xDFFF)
    return clean(text if len(text) <= 120 else f"{text[:60]}…{text[-50:]}", "name")


@action("file.show")
def show_to_customer(attachment_id: UUID, shown: bool, *, by: Actor, at: datetime, command: UUID) -> Attachment:
    """Put a photo on the customer's page, or take it off."""
    row = _locked(attachment_id)
    if shown and row.view_id is None:
        raise NotForCustomers
    if row.for_customer != shown:
        row.for_customer = shown
        row.save(update_fields=["for_customer"])
        name = "file.shown" if shown else "file.hidden"
        record(name, about=row, by=by, at=at, command=command, scope=row.scope, facts=_facts(row))
    return row


@action("file.withdraw")
def withdraw(attachment_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Attachment:
    """It does not belong here: it is shown to nobody any more, and can be taken back."""
    row = _locked(attachment_id)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by = at, by.id
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record("file.withdrawn", about=row, by=by, at=at, command=command, scope=row.scope, facts=_facts(row))
    return row


@action("file.restore")
def restore(attachment_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Attachment:
    """It does belong here after all. Where the same file was attached again meanwhile, that one stands."""
    row = _locked(attachment_id)
    again = Attachment.objects.filter(file=row.file_id, about_kind=row.about_kind, about_id=row.about_id)
    if row.withdrawn_at is None or again.filter(withdrawn_at=None).exists():
        return row
    row.withdrawn_at = row.withdrawn_by = None
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("file.restored", about=row, by=by, at=at, command=command, scope=row.scope, facts=_facts(row))
    return row


def _facts(row: Attachment) -> dict[str, str]:
    return {"about": row.about_kind, "id": str(row.about_id)}


def _locked(attachment_id: UUID) -> Attachment:
    row = Attachment.objects.select_for_update(of=("self",)).filter(id=attachment_id).first()
    if row is None:
        raise NotFound
    return row


def attached_to(kind: str, ids: Iterable[UUID], *, withdrawn: bool = False) -> models.QuerySet[Attachment]:
    """What is attached to some rows of one kind, the oldest first; with ``withdrawn`` also what was taken away."""
    rows = Attachment.objects.filter(about_kind=kind, about_id__in=list(ids)).select_related("file")
    return (rows if withdrawn else rows.filter(withdrawn_at=None)).order_by("added_at", "id")
