"""A road is closed, and opened again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import NotFound
from goodword.kit.text import clean
from goodword.territory.errors import ClosedOutside, NoRoadThere, NotAPlace, NotThatRoad
from goodword.territory.models import Closure
from goodword.territory.queries.current import Territory, current
from goodword.territory.queries.travel import open_roads
from goodword.territory.rules.closures import Place, Stretch, check_radius, check_span, of_road
from goodword.territory.rules.geo import Point, why_not_a_place

ROADS_NAMED = 8  # ours: so many are offered when another one was named


@action("territory.close_road")
def close_road(
    name: str,
    place: Place,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Closure:
    """Let no car through. It counts as soon as a worker has prepared the roads (:func:`follow_closures`).

    Parameters
    ----------
    name : str
        What people call it: "Mill Bridge".
    place : Place
        Whole stretches are closed, from one point of the road's line to the next.
    starts_at, ends_at : datetime or None
        Now, and until somebody opens it again.

    Raises
    ------
    ClosedOutside, NoRoadThere, NotThatRoad
        When it would close nothing, with what to do.
    """
    name, road = clean(name, "name", needed=True), clean(place.road, "road")
    reason = clean(reason, "reason", limit=500)
    starts_at = starts_at or at
    check_radius(place.radius_m)
    check_span(starts_at, ends_at)
    place = place._replace(road=road)
    found = _stretches(place)
    closure = Closure.objects.create(
        name=name, **place._asdict(), starts_at=starts_at, ends_at=ends_at, reason=reason, closed_at=at, closed_by=by.id
    )
    facts = {"stretches": len(found), "starts_at": starts_at.isoformat()}
    facts |= {"ends_at": ends_at.isoformat()} if ends_at else {}
    record("road.closed", about=closure, by=by, at=at, command=command, facts=facts)
    return closure


@action("territory.open_road")
def open_road(closure_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Closure:
    """Let cars through again; counts like a closure, as soon as a worker has seen it."""
    closure = Closure.objects.select_for_update().filter(id=closure_id).first()
    if closure is None:
        raise NotFound
    closure.open(at=at, by=by.id)
    closure.save(update_fields=["opened_at", "opened_by"])
    record("road.opened", about=closure, by=by, at=at, command=command)
    return closure


def _stretches(place: Place) -> list[Stretch]:
    """What it closes, or why it would close nothing."""
    if (why := why_not_a_place(place.lat, place.lon)) is not None:
        raise NotAPlace(lat=place.lat, lon=place.lon, why=why)
    _require_inside(current(), place)
    roads, point = open_roads(), Point(place.lat, place.lon)
    if not (there := roads.stretches(point, place.radius_m)):
        raise NoRoadThere(radius_m=place.radius_m, snap_m=round(roads.nearest(point).snap_m))
    if not (found := of_road(there, place.road)):
        names = list(dict.fromkeys(s.road for s in there if s.road))[:ROADS_NAMED]
        raise NotThatRoad(radius_m=place.radius_m, road=place.road, roads=", ".join(names) or "–")
    return found


def _require_inside(territory: Territory, place: Place) -> None:
    if territory.bbox is not None and not territory.bbox.holds(place.lat, place.lon):
        raise ClosedOutside(lat=place.lat, lon=place.lon, territory=territory.name)
