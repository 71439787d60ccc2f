"""What there is to learn from: finished visits and drives of a branch, as they were recorded."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, pairwise
from uuid import UUID

from goodword.crew.models import Branch
from goodword.dispatch.queries.picture import on_the_map
from goodword.dispatch.queries.roads import travel_between
from goodword.engine.learning import DurationRecord, TripRecord
from goodword.kit.calendar import zone
from goodword.kit.models import Event
from goodword.territory.models import Closure
from goodword.territory.queries import closures
from goodword.territory.rules.closures import may_lie_between
from goodword.visits.models import Visit

SHORTEST_S, LONGEST_S = 60.0, 16 * 3600.0  # ours: beyond, two taps say nothing about the work
ROAD = "all"  # classes of road are not told apart yet


def finished_visits(branch: Branch, since: datetime, until: datetime) -> list[Visit]:
    """Visits of the branch that were worked through and ended in a span, in the order of their ends."""
    rows = Visit.objects.filter(branch=branch, completed_at__gt=since, completed_at__lte=until)
    rows = rows.filter(outcome__in=["fixed", "needs_return"], technician__isnull=False)
    rows = rows.exclude(arrived_at=None).exclude(work_started_at=None)
    return list(rows.select_related("order__site", "order__work_type", "technician").order_by("completed_at", "id"))


def durations_of(rows: Iterable[Visit]) -> list[DurationRecord]:
    """On-site times. What was entered by hand counts as rounded; each was known when we heard of its end."""
    rows = list(rows)
    heard = _heard_of([row.id for row in rows])
    found = []
    for row in rows:
        assert row.arrived_at is not None and row.completed_at is not None
        taken_s = (row.completed_at - row.arrived_at).total_seconds()
        if not SHORTEST_S <= taken_s <= LONGEST_S:
            continue
        found.append(DurationRecord(
            work_type=row.order.work_type_id, technician=str(row.technician_id), asset_kind="",
            customer=str(row.order.customer_id), minutes=taken_s / 60.0, rounded=row.arrived_claimed,
            done_s=row.completed_at.timestamp(), recorded_s=heard.get(row.id, row.completed_at).timestamp(),
        ))  # fmt: skip
    return found


def drives_of(branch: Branch, rows: Iterable[Visit]) -> list[TripRecord]:
    """Drives from one finished visit to the next of the same person and day, beside what the open roads say.

    A drive that can have gone round a closed road is left out: it says nothing about the open ones.
    """
    where = zone(branch.zone)

    def day_of(row: Visit) -> tuple[str, str]:
        assert row.completed_at is not None
        return str(row.technician_id), str(row.completed_at.astimezone(where).date())

    found, shut = list[TripRecord](), list(closures())
    for _day, theirs in groupby(sorted(rows, key=lambda row: (day_of(row), row.completed_at)), key=day_of):
        found += _between(list(theirs), branch, shut)
    return found


def _between(stops: list[Visit], branch: Branch, shut: list[Closure]) -> Iterator[TripRecord]:
    placed = [(row, on_the_map(row.order.site.lat, row.order.site.lon)) for row in stops]
    known = [(row, point) for row, point in placed if point is not None]
    if len(known) < 2:
        return
    seconds = travel_between([point for _row, point in known], all_open=True).seconds
    for n, ((before, start), (after, end)) in enumerate(pairwise(known)):
        left, came, said_s = after.on_the_way_at, after.arrived_at, float(seconds[n, n + 1])
        assert before.completed_at is not None
        if left is None or came is None or left < before.completed_at or after.arrived_claimed:
            continue
        if any(each.held_between(left, came) and may_lie_between((each.lat, each.lon), start, end) for each in shut):
            continue
        driven_s = (came - left).total_seconds()
        if SHORTEST_S <= driven_s <= LONGEST_S and said_s >= SHORTEST_S:
            yield TripRecord(
                driven_s=driven_s, matrix_s=said_s, part=_part(left, branch), road=ROAD,
                done_s=came.timestamp(), recorded_s=came.timestamp(),
            )  # fmt: skip


def _part(at: datetime, branch: Branch) -> str:
    hour = at.astimezone(zone(branch.zone)).hour
    return "morning" if hour < 10 else "midday" if hour < 15 else "afternoon"


def _heard_of(ids: list[UUID]) -> dict[UUID, datetime]:
    """When we heard of each visit's end: a phone without signal tells it later."""
    events = Event.objects.filter(name="visit.completed", about_id__in=ids).order_by("recorded_at")
    return dict(events.values_list("about_id", "recorded_at"))
