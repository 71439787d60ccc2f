"""An hour that goes wrong, in a demo: somebody falls sick, a bridge is closed, three visits overrun; by actions."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from goodword.crew.actions import report_absence
from goodword.crew.models import Absence, Person
from goodword.kit.calendar import local_instant, zone
from goodword.kit.clock import is_demo
from goodword.kit.refusals import NotFound, Refusal
from goodword.territory.actions import close_road
from goodword.territory.rules.closures import Place
from goodword.visits.actions import running_late
from goodword.visits.models import Visit
from goodword.worlds.cast import door
from goodword.worlds.county import draw

SICK: Final = "Lucy Brandt"
WHO_PLANS: Final = "Priya Nair"
BRIDGE: Final = "Mill Bridge"
OVERRUNS: Final = (100, 80, 60)  # minutes, for the visits that have been at work longest
BRIDGE_SHUT_FOR: Final = timedelta(hours=3)


def bad_hour(now: datetime) -> Person:
    """Let it happen now; a second time nothing new happens. Returns who must mend the day.

    Raises
    ------
    NotFound
        In a company's own house, or where Lucy and Priya do not work.
    """
    sick = Person.objects.filter(name=SICK).first()
    planner = Person.objects.filter(name=WHO_PLANS).first()
    if not is_demo() or sick is None or planner is None:
        raise NotFound
    if Absence.objects.filter(person=sick, reason="sick", ends_at__gt=now).exists():
        return planner
    where = planner.roles.exclude(branch=None).select_related("branch").first()
    if where is None or where.branch_id is None or where.branch is None:
        raise NotFound
    _close_the_bridge(now, planner)
    for visit, minutes in zip(_at_work(where.branch_id, sick, now), OVERRUNS, strict=False):
        assert visit.technician is not None
        running_late(visit.id, minutes, **door(now, "bad hour", visit.id, by=visit.technician.actor))
    evening = local_instant(now.astimezone(zone(where.branch.zone)).date(), time(23, 59), where.branch.zone)
    report_absence(sick.id, now, evening, "sick", **door(now, "bad hour", "sick", by=planner.actor))
    return planner


def _close_the_bridge(now: datetime, planner: Person) -> None:
    """The invented county has the bridge; on other roads the hour goes wrong without it."""
    net = draw().net
    ends = [p.latlon() for p in net.line(next(r for r in net.roads if r.name == BRIDGE))]
    lat, lon = (sum(end[axis] for end in ends) / len(ends) for axis in (0, 1))
    try:
        close_road(
            BRIDGE, Place(lat, lon, 20, ""), now, now + BRIDGE_SHUT_FOR, "A lorry stands across it.",
            **door(now, "bad hour", "bridge", by=planner.actor),
        )  # fmt: skip
    except Refusal:
        return


def _at_work(branch_id: UUID, sick: Person, now: datetime) -> Iterable[Visit]:
    """Today's visits of others at which somebody works, the longest first."""
    rows = Visit.objects.filter(branch_id=branch_id, completed_at=None, moved_at=None, cancelled_at=None)
    rows = rows.filter(work_started_at__gt=now - timedelta(hours=12)).exclude(technician=sick)
    return rows.select_related("technician").order_by("work_started_at", "id")
