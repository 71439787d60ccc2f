"""What the ground keeps of somebody who was erased: files, what phones sent about them, links."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.commands import mark_settled
from goodword.kit.files import remove
from goodword.kit.links import revoke_link
from goodword.kit.models import Attachment, Command, File, Held, Link


def _attached(about: Mapping[str, Iterable[UUID]]) -> QuerySet[Attachment]:
    rows = Attachment.objects.none()
    for kind, ids in about.items():
        rows = rows | Attachment.objects.filter(about_kind=kind, about_id__in=list(ids))
    return rows


def files_on(about: Mapping[str, Iterable[UUID]]) -> set[str]:
    """The SHA-256 of every file on these rows, of originals and of the views made from them."""
    return {sha for row in _attached(about).values_list("file", "view", "thumb") for sha in row if sha}


@action("files.erase")
def erase_files(
    about: Mapping[str, Iterable[UUID]],
    more: Iterable[str] = (),
    needed: Iterable[str] = (),
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> None:
    """Take away what is attached to these rows, and the bytes of every file that nothing else needs.

    Parameters
    ----------
    about
        Ids of rows, by kind.
    more, needed
        SHA-256 of files that a room refers to by itself: that go too, and that must stay.
    """
    named, kept = files_on(about) | set(more), set(needed)
    files = list(File.objects.select_for_update().filter(sha256__in=named - kept).order_by("sha256"))
    Attachment.objects.filter(id__in=_attached(about).values("id")).delete()
    for file in files:
        uses = Q(file=file) | Q(view=file) | Q(thumb=file)
        if not Attachment.objects.filter(uses).exists():
            remove(file)


@action("commands.erase")
def erase_commands(about: Iterable[UUID], *, by: Actor, at: datetime, command: UUID) -> None:
    """Take the words out of what was sent about these rows; what still waits for a person cannot be applied any more.

    Its digest stays: sent again, it is still known.
    """
    sent = Command.objects.filter(about__in=list(about))
    for held in Held.objects.select_for_update().filter(command__in=sent).order_by("id"):
        held.says, held.words, held.changes = "", "", {}
        if held.settled_at is None:
            Command.objects.filter(id=held.command_id).update(status=Command.Status.DECLINED)
            mark_settled(held, Held.How.DECLINED, by, at, command)
        held.save(update_fields=["says", "words", "changes"])
    for row in sent.exclude(facts={}):
        row.facts, row.answer = {}, {k: v for k, v in row.answer.items() if k not in {"says", "asks"}}
        row.save(update_fields=["facts", "answer"])


@action("links.end")
def end_links(about: Iterable[UUID], *, by: Actor, at: datetime, command: UUID) -> None:
    """No link about these rows opens any more."""
    for link_id in Link.objects.filter(about_id__in=list(about), revoked_at=None).values_list("id", flat=True):
        revoke_link(link_id, by=by, at=at, command=command)
