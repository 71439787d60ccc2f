"""What a move would do, before anybody decides: which promises move, by how much, and what speaks against it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from goodword import engine
from goodword.dispatch.queries.offers import in_words
from goodword.dispatch.queries.picture import Picture, on_the_map, picture_of
from goodword.dispatch.rules import words
from goodword.kit.calendar import zone
from goodword.kit.refusals import BadInput
from goodword.promises.queries import open_window_of
from goodword.visits.models import Visit

SPAN = 14  # ours: days


@dataclass(frozen=True)
class PlannedTime:
    """A planned on-site time to be written with the move."""

    visit_id: UUID
    technician_id: UUID | None
    start: datetime
    end: datetime


@dataclass(frozen=True)
class ChangedPromise:
    """One promise before and after, for the panel."""

    visit_id: UUID
    customer: str
    p_before: float | None
    p_after: float | None
    arrival_before: datetime | None
    arrival_after: datetime | None


@dataclass(frozen=True)
class Moved:
    """The consequence in rows and words."""

    promises: tuple[ChangedPromise, ...]
    planned: tuple[PlannedTime, ...]
    added_travel_s: float | None
    objections: tuple[str, ...]
    allowed: bool


def planning_day(visit: Visit, now: datetime) -> date:
    """The day on which a visit is planned, or promised while nobody is assigned; else today."""
    window = None if visit.planned_start is not None else open_window_of(visit.id)
    at = visit.planned_start or (window.opens_at if window is not None else None) or now
    return at.astimezone(zone(visit.branch.zone)).date()


def consequence(visit: Visit, technician_id: UUID, after_id: UUID | None, now: datetime) -> Moved:
    """What it would mean to give ``visit`` to a technician behind ``after_id`` (None: as the first to come)."""
    day = planning_day(visit, now)
    place = on_the_map(visit.order.site.lat, visit.order.site.lon)
    picture = picture_of(visit.branch, day, 1, now, places=[place] if place else [], also=[visit])
    shift = f"{technician_id}:{day}"
    if shift not in picture.shifts:
        return Moved((), (), None, (words.no_shift(),), False)
    route = [key for key in picture.problem.route_of(shift) if key != str(visit.id)]
    position = route.index(str(after_id)) + 1 if after_id is not None and str(after_id) in route else None
    if after_id is None:
        position = sum(1 for key in route if picture.problem.visit(key).stage > engine.Stage.PLANNED)
    found = engine.consequence(picture.problem, engine.Move(visit=str(visit.id), technician=shift, position=position))
    return _in_rows(found, picture, shift, visit)


def exchanged(visit: Visit, other: Visit, now: datetime) -> Moved:
    """What it would mean if two visits of a branch exchanged technicians and times."""
    days = sorted((planning_day(visit, now), planning_day(other, now)))
    span = (days[1] - days[0]).days + 1
    if span > SPAN:
        raise BadInput("other_id", _("Exchange visits that lie at most %(n)d days apart.") % {"n": SPAN})
    picture = picture_of(visit.branch, days[0], span, now, also=[visit, other])
    found = engine.exchange(picture.problem, str(visit.id), str(other.id))
    return _in_rows(found, picture, "", visit)


def _in_rows(found: engine.Consequence, picture: Picture, shift: str, visit: Visit) -> Moved:
    promises = tuple(
        ChangedPromise(
            picture.visits[c.visit].id,
            picture.name_of(c.visit),
            c.p_before,
            c.p_after,
            picture.instant(c.arrival_before_s) if c.arrival_before_s is not None else None,
            picture.instant(c.arrival_after_s) if c.arrival_after_s is not None else None,
        )
        for c in found.promises
        if c.visit in picture.visits
    )
    planned = tuple(
        PlannedTime(
            picture.visits[p.visit].id,
            picture.shifts[shift] if p.visit == str(visit.id) else picture.visits[p.visit].technician_id,
            picture.instant(p.planned.start_s),
            picture.instant(p.planned.end_s),
        )
        for p in found.planned
        if p.visit in picture.visits
    )
    objections = tuple(in_words(picture, reason) for reason in found.objections)
    return Moved(promises, planned, found.added_travel_s, objections, found.allowed)
