"""Branches, their opening hours, and their technicians of a day."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema, Status
from pydantic import Field

from goodword.crew import queries as crew
from goodword.crew.actions import add_branch, set_hours
from goodword.crew.models import Branch
from goodword.crew.rules import Verb
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must, must_any, who
from goodword.faces.api.inputs import Cursor, Day, Lat, Limit, Line, Lon, Write
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.kit.refusals import Forbidden

router = Noun("branches")
BY_NAME = By("name", str)
Times = Annotated[list[Annotated[str, Field(max_length=5)]], Field(min_length=2, max_length=2)]
Weekday = Annotated[str, Field(pattern="^[0-6]$")]
Hours = Annotated[dict[Weekday, Times], Field(max_length=7)]
Holidays = Annotated[list[Annotated[str, Field(max_length=10)]], Field(max_length=200)]


class BranchOut(Schema):
    id: UUID
    name: str
    depot: str
    lat: float
    lon: float
    zone: str
    phone: str
    email: str


class BranchIn(Write):
    name: Annotated[str, Field(min_length=1, max_length=120)]
    depot: Line = ""
    lat: Lat
    lon: Lon
    zone: Annotated[str, Field(max_length=60)]
    phone: Annotated[str, Field(max_length=40)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    hours: Hours | None = None
    holidays: Holidays = []


class HoursIn(Write):
    hours: Hours
    holidays: Holidays = []
    valid_from: Day


class HoursOut(Schema):
    branch_id: UUID
    version: int
    valid_from: Any
    hours: dict[str, list[str]]
    holidays: list[str]


class SpanOut(Schema):
    starts_at: datetime
    ends_at: datetime


class TechnicianOut(Schema):
    """Who may be planned on a day: skills by level, the shift, and when they are away."""

    person_id: UUID
    name: str
    skills: dict[str, int]
    shift: SpanOut | None
    absences: list[SpanOut]

    @staticmethod
    def resolve_person_id(row: Any) -> UUID:
        return row.person.id  # type: ignore[no-any-return]

    @staticmethod
    def resolve_name(row: Any) -> str:
        return row.person.name  # type: ignore[no-any-return]


@router.get("/branches", response=Page[BranchOut])
def branches(request: Asked, after: Cursor = None, limit: Limit = 50) -> Any:
    return page(crew.branches_visible_to(who(request)), BY_NAME, after, limit)


@router.get("/branches/{uuid:branch_id}", response=BranchOut)
def branch(request: Asked, branch_id: UUID) -> Any:
    return _branch(request, branch_id)


def _branch(request: Asked, branch_id: UUID) -> Branch:
    return found(crew.branches_visible_to(who(request)), branch_id)


@router.post("/branches", response={201: BranchOut})
def new_branch(request: Asked, body: BranchIn) -> Any:
    must(request, Verb.SETTINGS)
    facts = body.model_dump(exclude={"command", "at"})
    return Status(201, add_branch(**facts, **door(request, body)))


@router.post("/branches/{uuid:branch_id}/hours", response={201: HoursOut})
def new_hours(request: Asked, branch_id: UUID, body: HoursIn) -> Any:
    """A new version of the opening hours; earlier ones stay for verdicts of their time."""
    there = _branch(request, branch_id)
    must_any(request, there.id, Verb.SETTINGS, Verb.STAFF)
    row = set_hours(there.id, body.hours, body.holidays, body.valid_from, **door(request, body))
    return Status(201, row)


@router.get("/branches/{uuid:branch_id}/technicians", response=list[TechnicianOut])
def technicians(request: Asked, branch_id: UUID, day: Day) -> Any:
    """The technicians of a branch and whoever has a shift there that day, by name."""
    there = _branch(request, branch_id)
    viewer = who(request)
    reads = viewer.branches is None or there.id in viewer.branches
    if not (reads or viewer.may(Verb.SHIFTS, there.id)):
        raise Forbidden(who="")
    return crew.technicians(there, day)
