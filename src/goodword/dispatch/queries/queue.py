"""The requests that wait, in the order in which they are answered, each with its reasons."""

from dataclasses import dataclass, replace
from datetime import datetime

from goodword.crew.queries import Viewer
from goodword.crew.rules import Verb
from goodword.dispatch.rules.queue import Because, Place, Waiting, order
from goodword.promises.models import Promise
from goodword.promises.rules import State
from goodword.visits.models import Request
from goodword.visits.queries import requests_visible_to

MOST = 2_000  # ours: more than this never waits; the oldest are looked at


@dataclass(frozen=True)
class Queued:
    """One request, and why it stands where it stands, as far as the viewer needs to know."""

    request: Request
    place: Place
    reasons: tuple[Because, ...]


def queue(viewer: Viewer, now: datetime) -> list[Queued]:
    """Who waits, the most urgent first, in two queries.

    Whom it hits counts whoever looks; which people they are, only those read who plan there (S1-1).
    """
    waiting = requests_visible_to(viewer).filter(status=Request.Status.WAITING).order_by("taken_at", "id")[:MOST]
    rows = {str(row.id): row for row in waiting}
    calls = Promise.objects.filter(
        request__in=[row.id for row in rows.values()], type=Promise.Type.CALL_BACK_BY, verdict__state=State.OPEN
    )
    by = {str(i): at for i, at in calls.order_by("-closes_at").values_list("request_id", "closes_at")}
    places = order((_waiting(row, by.get(key)) for key, row in rows.items()), now)
    return [_queued(viewer, rows[place.waiting.key], place) for place in places]


def _queued(viewer: Viewer, row: Request, place: Place) -> Queued:
    if viewer.may(Verb.BOOK, row.branch_id):
        return Queued(row, place, place.reasons)
    return Queued(row, place, tuple(replace(one, about="") if one.code == "people" else one for one in place.reasons))


def _waiting(row: Request, promised_by: datetime | None) -> Waiting:
    return Waiting(
        key=str(row.id),
        taken_at=row.taken_at,
        emergency=row.work_type.emergency,
        severity=row.work_type.severity,
        harm=frozenset(row.harm),
        people=frozenset(row.vulnerability),
        needed_by=row.needed_by,
        promised_by=promised_by,
    )
