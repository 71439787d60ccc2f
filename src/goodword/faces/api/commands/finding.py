"""Which row a delivered command is about, for the person who sent it. Unseen and not there are one answer."""

from uuid import UUID

from django.db.models import QuerySet

from goodword.crew.models import Person
from goodword.crew.queries import files_visible_to, person, require, viewer_of
from goodword.crew.rules import Verb
from goodword.faces.api.errors import SenderDisabled
from goodword.kit.actors import Actor
from goodword.kit.attachments import FileNotHere
from goodword.kit.commands import Envelope
from goodword.kit.held import held_of
from goodword.kit.models import File, Held
from goodword.kit.refusals import NotFound
from goodword.visits.errors import NotAccountable
from goodword.visits.models import Handover, Visit
from goodword.visits.queries import Theirs, handovers_visible_to, theirs, visible_to


def visit_of(envelope: Envelope, by: Actor) -> UUID:
    """The visit, when it is the sender's now, however long ago it was; or one that they may correct.

    A held command has been looked at: a person settles it, in the inbox of one branch and for visits of that branch,
    or it is tried again by itself. Whether the sender is accountable, the action asks in every case.

    Raises
    ------
    SenderDisabled, NotAccountable, NotFound, Forbidden
        Each is held. Only NotAccountable tells anything, to the office of the visit's branch.
    """
    visit = _asked_about(envelope)
    if (held := held_of(envelope.command)) is not None:
        return _in_scope(held, visit.branch_id if visit else None, envelope)
    sender = _still_here(by)
    how = theirs(sender.id, visit.id) if visit else Theirs.NEVER
    if visit is not None and how in (Theirs.ONCE, Theirs.SOON):
        raise NotAccountable(who=visit.technician.name if visit.technician else "-", scope=visit.branch_id)
    viewer = viewer_of(sender)
    if visit is None or (how is Theirs.NEVER and not visible_to(viewer).filter(id=visit.id).exists()):
        raise NotFound
    require(viewer, Verb.STAGE if how is Theirs.NOW else Verb.CORRECT, visit.branch_id)
    return visit.id


def handover_of(envelope: Envelope, by: Actor) -> UUID:
    """The hand-over that was offered to the sender."""
    rows = Handover.objects.select_related("visit")
    row = rows.filter(id=envelope.about).first() if envelope.about else None
    if (held := held_of(envelope.command)) is not None:
        return _in_scope(held, row.visit.branch_id if row else None, envelope)
    sender = _still_here(by)
    if row is None or not handovers_visible_to(viewer_of(sender)).filter(id=row.id).exists():
        raise NotFound
    return row.id


def files_of_sender(by: Actor) -> QuerySet[File]:
    """The files that whoever sent a command may see, also when it is tried again: a hash alone opens nothing."""
    return files_visible_to(viewer_of(person(by.id))) if by.id is not None else File.objects.none()


def _asked_about(envelope: Envelope) -> Visit | None:
    rows = Visit.objects.select_related("technician")
    return rows.filter(id=envelope.about).first() if envelope.about else None


def _in_scope(held: Held, branch_id: UUID | None, envelope: Envelope) -> UUID:
    if envelope.about is None or branch_id is None or held.scope not in (None, branch_id):
        raise NotFound
    return envelope.about


def _still_here(by: Actor) -> Person:
    if by.id is None:
        raise NotFound
    sender = person(by.id)
    if not sender.is_active:
        raise SenderDisabled(who=sender.name)
    return sender


def sent_before(by: Actor, sha256: str) -> str:
    """The hash of a file that the sender may see; raises FileNotHere for any other. Empty: no file was meant."""
    if sha256 and not files_of_sender(by).filter(sha256=sha256).exists():
        raise FileNotHere
    return sha256
