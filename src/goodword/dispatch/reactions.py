"""What this room does on others' events: compute the day again."""

from goodword.crew.models import Absence, Person
from goodword.dispatch.actions.forecasting import reforecast, reforecast_all
from goodword.kit.models import Event


def day_changed(event: Event) -> None:
    """A visit of the branch began, moved or ended: later arrivals change."""
    if event.scope is not None:
        reforecast(event.scope)


def roads_changed(event: Event) -> None:
    """A road was closed or opened and travel knows it: every branch's drives may be longer or shorter."""
    reforecast_all()


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
