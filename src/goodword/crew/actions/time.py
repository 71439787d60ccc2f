from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.actions.people import _home, _locked
from goodword.crew.errors import AbsenceOver, NoSuchBranch
from goodword.crew.models import Absence, Branch, Person, Shift
from goodword.crew.rules import LONGEST_ABSENCE, LONGEST_SHIFT, check_span
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput, NotFound


@action("shift.set")
def set_shift(
    person_id: UUID,
    branch_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Shift:
    """When a person works, at which branch. It takes the place of every shift that it overlaps."""
    check_span(starts_at, ends_at, LONGEST_SHIFT)
    if not Branch.objects.filter(id=branch_id).exists():
        raise NoSuchBranch
    person = _locked(person_id)
    replaced, _rows = Shift.objects.filter(person=person, starts_at__lt=ends_at, ends_at__gt=starts_at).delete()
    shift = Shift.objects.create(person=person, branch_id=branch_id, starts_at=starts_at, ends_at=ends_at)
    facts = {"person": str(person.id), "replaced": replaced} | _span(starts_at, ends_at)
    record("shift.set", about=shift, by=by, at=at, command=command, scope=branch_id, facts=facts)
    return shift


def _span(starts_at: datetime, ends_at: datetime) -> dict[str, str]:
    return {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}


@action("shift.clear")
def clear_shifts(
    person_id: UUID, since: datetime, until: datetime, *, by: Actor, at: datetime, command: UUID
) -> Person:
    """Take away the shifts that begin within a span."""
    check_span(since, until, LONGEST_ABSENCE)
    person = _locked(person_id)
    gone, _rows = Shift.objects.filter(person=person, starts_at__gte=since, starts_at__lt=until).delete()
    facts = {"cleared": gone} | _span(since, until)
    record("shift.cleared", about=person, by=by, at=at, command=command, scope=_home(person), facts=facts)
    return person


@action("absence.report")
def report_absence(
    person_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Absence:
    """A person is away. The row of the person is locked, so that nobody plans them across this at the same moment."""
    check_span(starts_at, ends_at, LONGEST_ABSENCE)
    if reason not in Absence.Reason.values:
        raise BadInput("reason", _("Choose why: sick, holiday, training or other."))
    person = _locked(person_id)
    absence = Absence.objects.create(person=person, starts_at=starts_at, ends_at=ends_at, reason=reason, reported_at=at)
    facts = {"person": str(person.id), "reason": reason} | _span(starts_at, ends_at)
    record("absence.reported", about=absence, by=by, at=at, command=command, scope=_home(person), facts=facts)
    return absence


@action("absence.end")
def end_absence(
    absence_id: UUID, ends_at: datetime | None = None, *, by: Actor, at: datetime, command: UUID
) -> Absence:
    """Back earlier than was said (now, or from ``ends_at`` on). Before it began: it does not take place."""
    person_id = Absence.objects.filter(id=absence_id).values_list("person_id", flat=True).first()
    if person_id is None:
        raise NotFound
    person = _locked(person_id)
    absence = Absence.objects.get(id=absence_id)
    end = ends_at or at
    if end >= (absence.ended_early_at or absence.ends_at):
        raise AbsenceOver
    absence.ended_early_at = end
    absence.save(update_fields=["ended_early_at"])
    facts = {"person": str(person.id), "ends_at": end.isoformat()}
    record("absence.ended", about=absence, by=by, at=at, command=command, scope=_home(person), facts=facts)
    return absence
