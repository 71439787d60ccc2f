"""What is written down: notes on a visit or a customer, and talks on the phone. Mistakes are corrected or withdrawn."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.models import Person
from goodword.customers.queries import customer as customer_by_id
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput, NotFound
from goodword.kit.text import NOTE, clean
from goodword.visits.errors import NoSuchVisit, NoteReplaced
from goodword.visits.models import Call, Note, Visit

LONGEST_CALL = timedelta(hours=12)  # ours: longer is a mistyped number


@action("note.add")
def add_note(visit_id: UUID, words: str, *, by: Actor, at: datetime, command: UUID) -> Note:
    """Write something down about a visit; possible before, during and after it."""
    visit = _visit(visit_id)
    note = Note.objects.create(visit=visit, words=_words(words), at=at, by_id=by.id)
    _record("note.added", note, by=by, at=at, command=command)
    return note


@action("note.add_on_customer")
def add_customer_note(customer_id: UUID, words: str, *, by: Actor, at: datetime, command: UUID) -> Note:
    """Write something down about a customer, whatever visit it is."""
    note = Note.objects.create(customer=customer_by_id(customer_id), words=_words(words), at=at, by_id=by.id)
    _record("note.added", note, by=by, at=at, command=command)
    return note


@action("note.correct")
def correct_note(note_id: UUID, words: str, *, by: Actor, at: datetime, command: UUID) -> Note:
    """Write it anew: a new note takes its place. The same words again change nothing."""
    old = _note(note_id)
    if old.withdrawn_at is not None or Note.objects.filter(corrects=old).exists():
        raise NoteReplaced
    new = _words(words)
    if new == old.words:
        return old
    note = Note.objects.create(visit=old.visit, customer=old.customer, words=new, at=at, by_id=by.id, corrects=old)
    _record("note.corrected", note, by=by, at=at, command=command)
    return note


@action("note.withdraw")
def withdraw_note(note_id: UUID, undo: bool = False, *, by: Actor, at: datetime, command: UUID) -> Note:
    """It shall not count; with ``undo`` it counts again. Done already, it stays so."""
    note = _note(note_id)
    if _turn(note, undo, by, at):
        _record("note.restored" if undo else "note.withdrawn", note, by=by, at=at, command=command)
    return note


@action("call.log")
def log_call(
    customer_id: UUID,
    we_called: bool,
    theirs: str,
    words: str,
    lasted_s: int | None = None,
    visit_id: UUID | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Call:
    """A talk on the phone, at the time it began.

    Parameters
    ----------
    theirs
        Who was on the customer's side, in words.
    lasted_s
        How long, in seconds; None where nobody knows.
    """
    if lasted_s is not None and not 0 <= lasted_s <= LONGEST_CALL.total_seconds():
        raise BadInput("minutes", _("A call lasts at most twelve hours. Check the number."))
    visit = _visit(visit_id) if visit_id is not None else None
    call = Call.objects.create(
        customer=customer_by_id(customer_id), visit=visit, we_called=we_called, words=_words(words), at=at,
        theirs=clean(theirs, "theirs", needed=True), lasted_s=lasted_s, ours=_person(by),
    )  # fmt: skip
    facts = {"we_called": we_called, "lasted_s": lasted_s}
    _record("call.logged", call, facts, by=by, at=at, command=command)
    return call


@action("call.withdraw")
def withdraw_call(call_id: UUID, undo: bool = False, *, by: Actor, at: datetime, command: UUID) -> Call:
    """It was entered by mistake; with ``undo`` it counts again."""
    call: Call | None = Call.objects.select_for_update(of=("self",)).filter(id=call_id).first()
    if call is None:
        raise NotFound
    if _turn(call, undo, by, at):
        _record("call.restored" if undo else "call.withdrawn", call, by=by, at=at, command=command)
    return call


def _turn(row: Note | Call, undo: bool, by: Actor, at: datetime) -> bool:
    """Whether anything changed."""
    if (row.withdrawn_at is None) == undo:
        return False
    row.withdrawn_at, row.withdrawn_by = (None, None) if undo else (at, by.id)
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return True


def _record(name: str, row: Note | Call, more: dict[str, Any] | None = None, **door: Any) -> None:
    branch_id = row.visit.branch_id if row.visit is not None else row.customer.branch_id  # type: ignore[union-attr]
    about = {"visit": str(row.visit_id)} if row.visit_id else {"customer": str(row.customer_id)}
    record(name, about=row, scope=branch_id, facts=about | (more or {}), **door)


def _words(words: str) -> str:
    return clean(words, "words", limit=NOTE, needed=True)


def _visit(visit_id: UUID) -> Visit:
    visit = Visit.objects.filter(id=visit_id).first()
    if visit is None:
        raise NoSuchVisit
    return visit


def _note(note_id: UUID) -> Note:
    note: Note | None = Note.objects.select_for_update(of=("self",)).filter(id=note_id).first()
    if note is None:
        raise NotFound
    return note


def _person(by: Actor) -> Person | None:
    return Person.objects.filter(id=by.id).first() if by.id is not None else None
