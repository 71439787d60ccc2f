"""Shifts and absences."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from ninja import Schema, Status

from goodword.crew import queries as crew
from goodword.crew.actions import end_absence, report_absence, set_shift
from goodword.crew.models import Absence
from goodword.crew.rules import Verb
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import colleague, door, found, must, who
from goodword.faces.api.inputs import Cursor, Id, Instant, Limit, Write
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun

router = Noun("time")
BY_START = By("starts_at", datetime)


class ShiftOut(Schema):
    id: UUID
    person_id: UUID
    branch_id: UUID
    starts_at: datetime
    ends_at: datetime


class ShiftIn(Write):
    person_id: Id
    branch_id: Id
    starts_at: Instant
    ends_at: Instant


class AbsenceOut(Schema):
    id: UUID
    person_id: UUID
    starts_at: datetime
    ends_at: datetime
    reason: str
    reported_at: datetime
    ended_early_at: datetime | None


class AbsenceIn(Write):
    person_id: Id
    starts_at: Instant
    ends_at: Instant
    reason: Literal["sick", "holiday", "training", "other"]


class BackIn(Write):
    ends_at: Instant | None = None


@router.get("/shifts", response=Page[ShiftOut])
def shifts(request: Asked, since: Instant, until: Instant, after: Cursor = None, limit: Limit = 50) -> Any:
    """Shifts that touch a span, of the branches whose staff the caller sees."""
    rows = crew.shifts_visible_to(who(request)).filter(starts_at__lt=until, ends_at__gt=since)
    return page(rows, BY_START, after, limit)


@router.post("/shifts", response={201: ShiftOut})
def new_shift(request: Asked, body: ShiftIn) -> Any:
    branch = found(crew.branches_visible_to(who(request)), body.branch_id)
    person = colleague(request, body.person_id)
    must(request, Verb.SHIFTS, branch.id)
    assert person is not None
    return Status(201, set_shift(person, branch.id, body.starts_at, body.ends_at, **door(request, body)))


@router.get("/absences", response=Page[AbsenceOut])
def absences(request: Asked, since: Instant, until: Instant, after: Cursor = None, limit: Limit = 50) -> Any:
    rows = _absences(request).filter(starts_at__lt=until, ends_at__gt=since)
    return page(rows, BY_START, after, limit)


def _absences(request: Asked) -> QuerySet[Absence]:
    return crew.absences_visible_to(who(request))


@router.post("/absences", response={201: AbsenceOut})
def new_absence(request: Asked, body: AbsenceIn) -> Any:
    """A person is away. What was planned for them stays theirs until a dispatcher hands it over."""
    person = colleague(request, body.person_id)
    assert person is not None
    _must_plan(request, person)
    return Status(201, report_absence(person, body.starts_at, body.ends_at, body.reason, **door(request, body)))


def _must_plan(request: Asked, person_id: UUID) -> None:
    """The right to shifts in one of the person's branches."""
    branches = {branch for _role, branch in crew.roles_of(person_id)}
    if not any(who(request).may(Verb.SHIFTS, branch) for branch in branches if branch is not None):
        must(request, Verb.SHIFTS, None if None in branches else next(iter(branches), None))


@router.post("/absences/{uuid:absence_id}/return", response=AbsenceOut)
def back_early(request: Asked, absence_id: UUID, body: BackIn) -> Any:
    there = found(_absences(request), absence_id)
    _must_plan(request, there.person_id)
    return end_absence(there.id, body.ends_at, **door(request, body))
