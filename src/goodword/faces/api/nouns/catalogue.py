"""Kinds of work, and what the four stages ask for."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Schema, Status
from pydantic import Field

from goodword.crew import queries as crew
from goodword.crew.rules import Verb
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must, must_any, who
from goodword.faces.api.inputs import Code, Id, Money, Write
from goodword.faces.api.router import Noun
from goodword.visits.actions import add_work_type, set_template
from goodword.visits.queries import templates_visible_to, work_types
from goodword.visits.rules import Stage

router = Noun("catalogue")
MOST = 500  # ours: rows of a list that has no pages
WEEK_S = 7 * 24 * 3600


class WorkTypeOut(Schema):
    """``assumed``: the duration is not learned from our own visits yet."""

    code: str
    name: str
    skills: list[str]
    mean_s: int
    cv: float
    assumed: bool
    emergency: bool
    needs_helper: bool
    severity: int
    price_minor: int | None
    retired: bool


class WorkTypeIn(Write):
    code: Annotated[str, Field(pattern="^[a-z0-9_-]{1,40}$")]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    skills: Annotated[list[Code], Field(max_length=20)] = []
    mean_s: Annotated[int, Field(ge=60, le=WEEK_S)]
    cv: Annotated[float, Field(ge=0, le=3)]
    price_minor: Money | None = None
    emergency: bool = False
    needs_helper: bool = False
    severity: Annotated[int, Field(ge=0, le=2)] = 0


class TemplateOut(Schema):
    id: UUID
    work_type_id: str
    branch_id: UUID | None
    version: int
    stages: dict[str, list[str]]


Steps = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=40)]


class TemplateIn(Write):
    """All four stages, each with its steps; a branch's own comes before the company's."""

    work_type: Code
    branch_id: Id | None = None
    stages: Annotated[dict[Annotated[str, Field(max_length=20)], Steps], Field(max_length=10)]


@router.get("/work-types", response=list[WorkTypeOut])
def list_work_types(request: Asked) -> Any:
    return list(work_types()[:MOST])


@router.post("/work-types", response={201: WorkTypeOut})
def new_work_type(request: Asked, body: WorkTypeIn) -> Any:
    """Add a kind of work, or change the one with this code."""
    must(request, Verb.SETTINGS)
    return Status(201, add_work_type(**body.model_dump(exclude={"command", "at"}), **door(request, body)))


@router.get("/templates", response=list[TemplateOut])
def templates(request: Asked, work_type: Annotated[str, Field(max_length=40)]) -> Any:
    """Every version for one kind of work, the newest first."""
    rows = templates_visible_to(who(request)).filter(work_type=work_type)
    return list(rows.order_by("branch_id", "-version", "id")[:MOST])


@router.post("/templates", response={201: TemplateOut})
def new_template(request: Asked, body: TemplateIn) -> Any:
    if body.branch_id is not None:
        found(crew.branches_visible_to(who(request)), body.branch_id)
        must_any(request, body.branch_id, Verb.SETTINGS, Verb.STAFF)
    else:
        must(request, Verb.SETTINGS)
    work = found(work_types(), body.work_type)
    stages = {str(k): v for k, v in body.stages.items()}
    return Status(201, set_template(work.code, body.branch_id, stages, **door(request, body)))


@router.get("/stages", response=list[str])
def stages(request: Asked) -> Any:
    """The four, in their order."""
    return [s.value for s in Stage if s is not Stage.OVER]
