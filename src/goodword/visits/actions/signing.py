"""Sign mode: the phone is turned to the customer, who sees what was done, answers, and signs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.files import keep
from goodword.visits.actions.ending import answer_satisfied
from goodword.visits.actions.leaving import walk_through
from goodword.visits.actions.stages import accountable, sign
from goodword.visits.models import Visit


@action("visit.sign_off")
def sign_off(
    visit_id: UUID,
    satisfied: bool,
    words: str = "",
    signature: bytes = b"",
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Visit:
    """What the customer did with the phone in their hand: saw the work, said whether it is as they hoped, signed.

    Parameters
    ----------
    signature
        A PNG picture of the name they wrote with a finger; empty when they did not sign.
    """
    door: dict[str, Any] = {"by": by, "at": at, "command": command}
    visit = accountable(visit_id, by)
    if visit.walked_through_at is None:
        walk_through(visit_id, **door)
    visit = answer_satisfied(visit_id, satisfied, words, **door)
    if signature:
        file = keep(signature, "image/png", visit.branch_id, **door)
        visit = sign(visit_id, file.sha256, **door)
    return visit
