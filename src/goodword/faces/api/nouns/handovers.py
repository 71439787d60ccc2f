"""A visit under way passes from one technician to another: offered by one, accepted by the other."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema, Status

from goodword.crew.rules import Verb
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must, who
from goodword.faces.api.inputs import Cursor, Id, Limit, Line, Write
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun
from goodword.kit.refusals import NotFound
from goodword.visits.actions import accept_handover, offer_handover
from goodword.visits.queries import colleagues_of, handovers_visible_to, visible_to

router = Noun("handovers")
BY_TIME = By("offered_at", datetime)


class HandoverOut(Schema):
    id: UUID
    visit_id: UUID
    from_person_id: UUID
    to_person_id: UUID
    offered_at: datetime
    accepted_at: datetime | None
    accepted_by: UUID | None
    reason: str


class HandoverIn(Write):
    """``reason``: a dispatcher offers it for a technician who cannot."""

    to_id: Id
    reason: Line = ""


class AcceptanceIn(Write):
    """``reason``: a dispatcher accepts it for a technician who is absent."""

    reason: Line = ""


@router.get("/handovers", response=Page[HandoverOut])
def list_handovers(request: Asked, after: Cursor = None, limit: Limit = 50) -> Any:
    """Those that wait for an answer."""
    return page(handovers_visible_to(who(request)).filter(accepted_at=None), BY_TIME, after, limit)


@router.post("/visits/{uuid:visit_id}/handovers", response={201: HandoverOut})
def new_handover(request: Asked, visit_id: UUID, body: HandoverIn) -> Any:
    visit = found(visible_to(who(request)), visit_id)
    own = visit.technician_id == who(request).person.id
    must(request, Verb.STAGE if own else Verb.ASSIGN, visit.branch_id)
    if not colleagues_of(visit).filter(id=body.to_id).exists():
        raise NotFound
    return Status(201, offer_handover(visit.id, body.to_id, body.reason, **door(request, body)))


@router.post("/handovers/{uuid:handover_id}/acceptance", response=HandoverOut)
def acceptance(request: Asked, handover_id: UUID, body: AcceptanceIn) -> Any:
    """Accountability passes in this instant."""
    there = found(handovers_visible_to(who(request)), handover_id)
    own = there.to_person_id == who(request).person.id
    must(request, Verb.STAGE if own else Verb.ASSIGN, there.visit.branch_id)
    return accept_handover(there.id, body.reason, **door(request, body))
