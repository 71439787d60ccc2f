"""Ways to mend a branch's day while promises are in trouble: compared, and one done whole."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from goodword.crew.queries import branches_visible_to
from goodword.crew.rules import Verb
from goodword.dispatch.actions import repair
from goodword.dispatch.queries.repair import ways_to_mend
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must, who
from goodword.faces.api.inputs import Line, Write
from goodword.faces.api.router import Noun

router = Noun("repairs")


class MovedVisitOut(Schema):
    visit_id: UUID
    customer: str
    before: str
    to: str
    start: datetime | None
    says: list[str]


class ChangedPromiseOut(Schema):
    visit_id: UUID
    customer: str
    p_before: float | None
    p_after: float | None
    arrival_before: datetime | None
    arrival_after: datetime | None


class UnservedOut(Schema):
    visit_id: UUID
    customer: str
    says: str


class WayOut(Schema):
    """``told``: customers to whom somebody else comes. ``broken_after``: misses expected. Seconds: expected."""

    key: str
    says: str
    told: int
    broken_after: float
    added_travel_s: float
    added_overtime_s: float
    moves: list[MovedVisitOut]
    promises: list[ChangedPromiseOut]
    unserved: list[UnservedOut]


class WaysOut(Schema):
    """The cheapest first; none: nothing is needed, or nothing would help."""

    made_at: datetime | None = None
    broken_before: float | None = None
    label: str = ""
    ways: list[WayOut] = []


class RepairIn(Write):
    """``way``: the key of one that is proposed now."""

    way: Line


@router.get("/branches/{uuid:branch_id}/repairs", response=WaysOut)
def list_repairs(request: Asked, branch_id: UUID) -> Any:
    """What could be done now; computed with the branch's last forecast."""
    branch = found(branches_visible_to(who(request)), branch_id)
    must(request, Verb.ASSIGN, branch.id)
    return ways_to_mend(branch) or WaysOut()


@router.post("/branches/{uuid:branch_id}/repairs", response=WaysOut)
def new_repair(request: Asked, branch_id: UUID, body: RepairIn) -> Any:
    """Do one way, whole; refused if the day has changed since it was worked out. What is proposed then."""
    branch = found(branches_visible_to(who(request)), branch_id)
    must(request, Verb.ASSIGN, branch.id)
    repair(branch.id, body.way, **door(request, body))
    return ways_to_mend(branch) or WaysOut()
