"""Every write to next steps."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from goodword.crew.models import Person
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import NotFound
from goodword.kit.text import clean
from goodword.next_steps.errors import NobodyOwnsIt
from goodword.next_steps.models import Step

WORDS = 2_000  # ours: characters


@action("step.open")
def open_step(
    kind: str,
    owner_id: UUID | None,
    owner_role: str,
    branch_id: UUID | None,
    due_at: datetime,
    about_kind: str,
    about_id: UUID,
    reason: str,
    words: str = "",
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Step:
    """Say what is owed, by whom and by when. ``reason`` is a code; ``words`` are what a person reads."""
    if owner_id is None and not owner_role:
        raise NobodyOwnsIt
    step = Step.objects.create(
        kind=kind,
        owner=_person(owner_id),
        owner_role=owner_role,
        branch_id=branch_id,
        due_at=due_at,
        about_kind=about_kind,
        about_id=about_id,
        reason=reason,
        words=clean(words, "words", limit=WORDS),
        opened_at=at,
    )
    facts = {"kind": kind, "reason": reason, "about": str(about_id), "due_at": due_at.isoformat(), "role": owner_role}
    record("step.opened", about=step, by=by, at=at, command=command, scope=branch_id, facts=facts)
    return step


@action("step.hand")
def hand_step(
    step_id: UUID, owner_id: UUID | None, owner_role: str = "", *, by: Actor, at: datetime, command: UUID
) -> Step:
    """Give an open step to somebody else: a person, or whoever has the role."""
    if owner_id is None and not owner_role:
        raise NobodyOwnsIt
    step = _locked(step_id)
    before = step.owner_id
    step.hand(owner=_person(owner_id), role=owner_role, at=at)
    step.save(update_fields=["owner", "owner_role", "handed_at"])
    facts = {"from": before and str(before), "to": owner_id and str(owner_id), "role": owner_role}
    record("step.handed", about=step, by=by, at=at, command=command, scope=step.branch_id, facts=facts)
    return step


@action("step.done")
def done_step(step_id: UUID, words: str = "", *, by: Actor, at: datetime, command: UUID) -> Step:
    """It is done; ``words`` say how."""
    step = _locked(step_id)
    step.done(by=by.id, at=at, words=clean(words, "words", limit=WORDS))
    step.save(update_fields=["done_at", "done_by", "done_words"])
    facts = {"kind": step.kind, "about": str(step.about_id)}
    record("step.done", about=step, by=by, at=at, command=command, scope=step.branch_id, facts=facts)
    return step


@action("step.reopen")
def reopen_step(step_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Step:
    """It was not done after all, or the tap was a slip: it waits again, as due as before."""
    step = _locked(step_id)
    step.reopen()
    step.save(update_fields=["done_at", "done_by", "done_words"])
    facts = {"kind": step.kind, "about": str(step.about_id)}
    record("step.reopened", about=step, by=by, at=at, command=command, scope=step.branch_id, facts=facts)
    return step


@action("steps.erase")
def erase_steps(about: Iterable[UUID], *, by: Actor, at: datetime, command: UUID) -> None:
    """What was owed about rows that were erased is owed no more, and its words go."""
    rows = Step.objects.filter(about_id__in=list(about))
    for step in rows.filter(done_at=None).order_by("id"):
        done_step(step.id, by=by, at=at, command=command)
    rows.update(words="", done_words="")


def _locked(step_id: UUID) -> Step:
    step: Step | None = Step.objects.locked(step_id)
    if step is None:
        raise NotFound
    return step


def _person(person_id: UUID | None) -> Person | None:
    if person_id is None:
        return None
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person
