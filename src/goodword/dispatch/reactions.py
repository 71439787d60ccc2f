"""What this room does on others' events: compute the day again."""

from typing import Any
from uuid import UUID, uuid5

from goodword.crew.models import Absence, Branch, Person
from goodword.dispatch.actions.forecasting import reforecast
from goodword.dispatch.actions.underway import tell_set_out, tell_turned_back
from goodword.kit.actors import SYSTEM
from goodword.kit.jobs import react_in_parts
from goodword.kit.models import Event


def day_changed(event: Event) -> None:
    """A visit of the branch began, moved or ended: later arrivals change."""
    if event.scope is not None:
        reforecast(event.scope)


def set_out(event: Event) -> None:
    """Somebody is on the way: the day is forecast again, then the customer hears at what time to expect them."""
    day_changed(event)
    tell_set_out(event.about_id, **_door(event))


def turned_back(event: Event) -> None:
    """Not on the way after all: the day is forecast again, and whoever waits hears it."""
    day_changed(event)
    tell_turned_back(event.about_id, event.facts["why"], **_door(event))


def _door(event: Event) -> dict[str, Any]:
    return {"by": SYSTEM, "at": event.at, "command": uuid5(event.id, "told")}


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
