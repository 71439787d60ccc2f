"""What we say until we come, for each kind of harm."""

from typing import Annotated, Any

from ninja import Schema, Status
from pydantic import Field

from goodword.crew import queries as crew
from goodword.crew.rules import Verb
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must_any, who
from goodword.faces.api.inputs import Code, Id, Line, Write
from goodword.faces.api.router import Noun
from goodword.visits.actions.calls import drop_advice, set_advice
from goodword.visits.models.calls import Harm
from goodword.visits.queries.advice import advice_for, advice_in_force

router = Noun("advice")


class AdviceOut(Schema):
    harm: str
    lines: list[str]


class HarmIn(Write):
    """Without a branch: the company's."""

    harm: Code
    branch_id: Id | None


class AdviceIn(HarmIn):
    """No lines: nothing is said for it."""

    lines: Annotated[list[Line], Field(max_length=12)]


@router.get("/branches/{uuid:branch_id}/advice", response=list[AdviceOut])
def list_advice(request: Asked, branch_id: Id) -> Any:
    """What this branch says until we come, in the order of the list."""
    branch = found(crew.branches_visible_to(who(request)), branch_id)
    return [{"harm": code, "lines": lines} for code, lines in advice_for(branch.id, Harm.values).items()]


@router.post("/advice", response={201: AdviceOut})
def new_advice(request: Asked, body: AdviceIn) -> Any:
    """Write it anew, for a branch or for the company."""
    _must_write(request, body)
    return Status(201, set_advice(body.harm, body.branch_id, body.lines, **door(request, body)))


def _must_write(request: Asked, body: HarmIn) -> None:
    if body.branch_id is not None:
        found(crew.branches_visible_to(who(request)), body.branch_id)
    must_any(request, body.branch_id, Verb.SETTINGS, *([Verb.STAFF] if body.branch_id else []))


@router.post("/advice/back-to-ours", response={201: AdviceOut})
def advice_back_to_ours(request: Asked, body: HarmIn) -> Any:
    """The branch says the company's words again, the company ours. The answer is what is said now."""
    _must_write(request, body)
    drop_advice(body.harm, body.branch_id, **door(request, body))
    said = advice_in_force(body.branch_id, [body.harm])[body.harm]
    return Status(201, {"harm": body.harm, "lines": said.lines})
