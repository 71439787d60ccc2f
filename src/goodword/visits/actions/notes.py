from datetime import datetime
from uuid import UUID

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.text import NOTE, clean
from goodword.visits.errors import NoSuchVisit
from goodword.visits.models import Note, Visit


@action("note.add")
def add_note(visit_id: UUID, words: str, *, by: Actor, at: datetime, command: UUID) -> Note:
    """Write something down about a visit; possible before, during and after it."""
    visit = Visit.objects.filter(id=visit_id).first()
    if visit is None:
        raise NoSuchVisit
    note = Note.objects.create(visit=visit, words=clean(words, "words", limit=NOTE, needed=True), at=at, by_id=by.id)
    record(
        "note.added", about=note, by=by, at=at, command=command, scope=visit.branch_id, facts={"visit": str(visit.id)}
    )
    return note
