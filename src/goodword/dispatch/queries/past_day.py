"""The last finished day of a branch, as it was before it began: what weights are tried on."""

from dataclasses import replace
from datetime import date, datetime

from goodword import engine
from goodword.crew.models import Branch
from goodword.dispatch.queries.account import begins_at
from goodword.dispatch.queries.picture import Picture, picture_of
from goodword.kit.calendar import zone
from goodword.visits.models import Visit
from goodword.visits.queries import day_of


def last_day_done(branch: Branch, now: datetime) -> date | None:
    """The last day before today on which the branch finished work."""
    where = zone(branch.zone)
    since, _until = day_of(now.astimezone(where).date(), branch.zone)
    rows = Visit.objects.filter(branch=branch, planned_start__lt=since, completed_at__isnull=False)
    last = rows.order_by("-planned_start").values_list("planned_start", flat=True).first()
    return last.astimezone(where).date() if last is not None else None


def as_it_began(branch: Branch, day: date) -> Picture | None:
    """A day that is over as it was planned before its first shift, with what was known then of how long things take.

    Shifts, absences and who had which visit are those of the day's end: what happened meanwhile is taken as known.
    None where nobody worked.
    """
    begins = begins_at(branch, day)
    if begins is None:
        return None
    picture = picture_of(branch, day, 1, begins)
    problem = picture.problem
    visits = tuple(_fresh(picture, each) for each in problem.visits)
    picture.problem = replace(problem, visits=visits)
    return picture


def _fresh(picture: Picture, visit: engine.Visit) -> engine.Visit:
    """Nothing has happened to it yet."""
    row = picture.visits.get(visit.key)
    if row is None or row.planned_start is None or row.planned_end is None:
        return visit
    planned = engine.Planned(start_s=picture.seconds(row.planned_start), end_s=picture.seconds(row.planned_end))
    work = picture.learned.duration(row.order.work_type)
    return replace(visit, progress=engine.Progress(), planned=planned, not_before_s=None, duration=work)
