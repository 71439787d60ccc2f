"""The event journal after a position. Whoever keeps the last position misses nothing and sees nothing twice."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Schema

from goodword.crew.queries import events_visible_to
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import who
from goodword.faces.api.inputs import Limit
from goodword.faces.api.router import Noun
from goodword.visits.queries import visible_to

router = Noun("events")


class EventOut(Schema):
    """``at``: when it happened, as said; ``recorded_at``: when we heard. Facts hold ids, numbers and codes only."""

    position: int
    id: UUID
    name: str
    about_kind: str
    about_id: UUID
    scope: UUID | None
    by_kind: str
    by_id: UUID | None
    at: datetime
    recorded_at: datetime
    device: UUID | None
    command: UUID | None
    facts: dict[str, Any]


class EventsOut(Schema):
    """``position``: the cursor to go on with."""

    items: list[EventOut]
    position: int


@router.get("/events", response=EventsOut)
def events(request: Asked, after: Annotated[int, Query(ge=0, le=2**63 - 1)] = 0, limit: Limit = 100) -> Any:
    """What happened in the caller's branches; a technician hears about their own visits."""
    viewer = who(request)
    about = visible_to(viewer).order_by().values("id") if viewer.is_technician else ()
    rows = list(events_visible_to(viewer, about).filter(position__gt=after)[:limit])
    return {"items": [_shown(row) for row in rows], "position": rows[-1].position if rows else after}


def _shown(row: Any) -> dict[str, Any]:
    fields = [f for f in EventOut.model_fields if f != "position"]
    return {"position": row.position} | {f: getattr(row.event, f) for f in fields}
