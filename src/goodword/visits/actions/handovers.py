"""A visit under way passes from one technician to another: offered by one, accepted by the other (G-13)."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.actions import engage, release
from goodword.crew.models import Engagement
from goodword.crew.queries import is_absent, person
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput, NotFound
from goodword.kit.text import clean
from goodword.visits import errors
from goodword.visits.actions.stages import accountable
from goodword.visits.models import Handover, Visit


@action("handover.offer")
def offer_handover(
    visit_id: UUID, to_id: UUID, reason: str = "", *, by: Actor, at: datetime, command: UUID
) -> Handover:
    """Offer a visit to a colleague. Until they accept, it stays the offerer's."""
    visit = accountable(visit_id, by, correcting=bool(reason))
    if visit.is_over:
        raise errors.VisitIsOver(how=visit.ended_how, scope=visit.branch_id)
    if visit.technician_id is None or visit.technician_id == to_id:
        raise BadInput("to", _("Offer it to another technician."))
    Handover.objects.filter(visit=visit, accepted_at=None).delete()
    handover = Handover.objects.create(
        visit=visit,
        from_person_id=visit.technician_id,
        to_person_id=to_id,
        offered_at=at,
        reason=clean(reason, "reason"),
    )
    record(
        "handover.offered",
        about=handover,
        by=by,
        at=at,
        command=command,
        scope=visit.branch_id,
        facts={"visit": str(visit.id), "from": str(visit.technician_id), "to": str(to_id)},
    )
    return handover


@action("handover.accept")
def accept_handover(handover_id: UUID, reason: str = "", *, by: Actor, at: datetime, command: UUID) -> Handover:
    """The colleague accepts and is accountable from now on. For one who is absent a dispatcher does, with a reason."""
    handover = Handover.objects.select_for_update().filter(id=handover_id, accepted_at=None).first()
    if handover is None:
        raise NotFound
    visit = Visit.objects.locked(handover.visit_id)
    if by.id != handover.to_person_id and not (reason and is_absent(handover.from_person_id, at)):
        raise errors.NotYourHandover(who=person(handover.to_person_id).name, scope=visit.branch_id)
    if visit.is_over:
        raise errors.VisitIsOver(how=visit.ended_how, scope=visit.branch_id)
    handover.accepted_at, handover.accepted_by = at, by.id
    handover.save(update_fields=["accepted_at", "accepted_by"])
    _pass_on(visit, handover, by=by, at=at, command=command)
    record(
        "handover.accepted",
        about=handover,
        by=by,
        at=at,
        command=command,
        scope=visit.branch_id,
        facts={"visit": str(visit.id), "from": str(handover.from_person_id), "to": str(handover.to_person_id)},
    )
    return handover


def _pass_on(visit: Visit, handover: Handover, *, by: Actor, at: datetime, command: UUID) -> None:
    visit.technician_id = handover.to_person_id
    visit.revision += 1
    visit.changed_by, visit.changed_at = by.id, at
    visit.save(update_fields=["technician", "revision", "changed_by", "changed_at"])
    release(visit.id, Engagement.Kind.VISIT, by=by, at=at, command=command)
    if visit.planned_start is not None and visit.planned_end is not None:
        engage(
            handover.to_person_id,
            visit.branch_id,
            visit.planned_start,
            visit.planned_end,
            Engagement.Kind.VISIT,
            visit.id,
            by=by,
            at=at,
            command=command,
        )
