"""What finished work has taught a branch."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from goodword.crew.queries import branches_visible_to
from goodword.crew.rules import Verb
from goodword.dispatch.queries.learned import learned
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import found, must_any, who
from goodword.faces.api.inputs import Instant
from goodword.faces.api.router import Noun
from goodword.kit.clock import company_now

router = Noun("learned")


class WorkOut(Schema):
    """Seconds. ``assumed``: too few visits to learn from, the kind of work's own numbers are in force."""

    mean_s: float
    cv: float
    median_s: float
    low_s: float
    high_s: float
    n: int
    assumed: bool


class LearnedOut(Schema):
    """The version in force at ``at``; without one everything is assumed and ``version`` is empty.

    ``corrected_by``: by how many windows' ends stated probabilities are corrected; 0: they stand as computed.
    """

    version: str
    as_of: datetime | None
    since: datetime | None
    visits: int
    work: dict[str, WorkOut]
    travel: dict[str, float | int | bool]
    drift: dict[str, float]
    corrected_by: int


@router.get("/branches/{uuid:branch_id}/learned", response=LearnedOut)
def what_was_learned(request: Asked, branch_id: UUID, at: Instant | None = None) -> Any:
    """As of now, or of a past moment."""
    branch = found(branches_visible_to(who(request)), branch_id)
    must_any(request, branch.id, Verb.SETTINGS, Verb.STAFF)
    known = learned(branch.id, at or company_now())
    row, labels = known.row, known.labels()
    if row is None:
        nothing: dict[str, Any] = {"work": {}, "travel": {}, "drift": {}, "corrected_by": 0}
        return {"version": "", "as_of": None, "since": None, "visits": 0, **nothing}
    parts = {key: row.found[key] for key in ("work", "travel", "drift")}
    corrected = {"corrected_by": labels.n if labels is not None else 0}
    return {"version": row.version, "as_of": row.as_of, "since": row.since, "visits": row.visits, **parts, **corrected}
