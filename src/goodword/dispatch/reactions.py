"""What this room does on others' events: compute the day again."""

from uuid import UUID

from goodword.crew.models import Absence, Branch, Person
from goodword.dispatch.actions.forecasting import reforecast
from goodword.kit.jobs import react_in_parts
from goodword.kit.models import Event


def day_changed(event: Event) -> None:
    """A visit of the branch began, moved or ended: later arrivals change."""
    if event.scope is not None:
        reforecast(event.scope)


def roads_changed(event: Event) -> None:
    """A road was closed or opened and travel knows it: every branch's drives may be longer or shorter."""
    branches = Branch.objects.order_by("id").values_list("id", flat=True)
    react_in_parts(event, "goodword.dispatch.reactions.drives_changed", branches)


def drives_changed(event: Event, branch: str) -> None:
    """One branch's part of it."""
    reforecast(UUID(branch))


def person_away(event: Event) -> None:
    """A technician is absent: all their promises are at risk from now (P-47)."""
    absence = Absence.objects.filter(id=event.about_id).first()
    if absence is None:
        return
    person = Person.objects.get(id=absence.person_id)
    for branch_id in (
        person.shifts.filter(ends_at__gt=absence.starts_at, starts_at__lt=absence.ends_at)
        .values_list("branch_id", flat=True)
        .distinct()
    ):
        reforecast(branch_id)
