"""What a stated probability is worth: what is known of a window when it is offered, and how such windows ended."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from goodword import engine
from goodword.crew.models import Branch
from goodword.dispatch.models import Option
from goodword.dispatch.queries.picture import Picture
from goodword.engine.learning import Features, Filter, Judged, LabelMap, learn_labels
from goodword.engine.learning.labels import ENOUGH
from goodword.kit.calendar import zone
from goodword.promises import queries as promises
from goodword.promises.models import Promise
from goodword.promises.rules import State

DEMAND = 1.0  # ours: what a day still brings is not forecast here; this is the middle of the map's scale
ENDED = {State.KEPT, State.BROKEN}  # what a customer changed or released is no verdict on the forecast

Window = tuple[UUID, datetime, datetime]


def filter_of(problem: engine.Problem) -> Filter:
    """What decided which windows were offered: the branch's floors."""
    return Filter(offer_at_least=problem.policy.offer_at_least, floor=problem.policy.floor)


def features_of(picture: Picture, found: engine.WindowOption) -> Features:
    """What is known of a window while it is offered."""
    problem = picture.problem
    day = problem.technician(found.technician).day
    there = [each for each in problem.technicians if each.day == day]
    routed = {visit for each in there for visit in problem.route_of(each.key)}
    planned_s = sum(each.duration.mean_s for each in problem.visits if each.key in routed)
    hours_s = sum(each.shift_end_s - each.shift_start_s for each in there)
    lead_s = found.window.opens_s - problem.now_s
    load = planned_s / max(hours_s, 1.0)
    return Features(raw=found.p_kept, lead_s=lead_s, load=load, position=found.position, demand=DEMAND)


def stated_of(picture: Picture, found: engine.WindowOption) -> float:
    """The probability that we state of a window: what was computed, as the branch's map corrects it."""
    return picture.learned.stated(features_of(picture, found), filter_of(picture.problem))


def kept_features(picture: Picture, found: engine.WindowOption) -> dict[str, Any]:
    """What it was stated from, as an option stores it."""
    return asdict(features_of(picture, found)) | {"under": filter_of(picture.problem).version}


def chosen_of(branch: Branch | None, since: datetime, until: datetime) -> Mapping[Window, Option]:
    """Windows that were chosen among offers and ended in a span, by order or request and their ends. One query."""
    rows: Any = Option.objects.filter(status=Option.Status.CHOSEN, closes_at__gt=since, closes_at__lte=until)
    rows = rows.select_related("offer__moving", "offer__branch")
    if branch is not None:
        rows = rows.filter(offer__branch=branch)
    return {(_about(row), row.opens_at, row.closes_at): row for row in rows}


def _about(row: Any) -> UUID:
    found: UUID = row.offer.moving.order_id if row.offer.moving else row.offer.request_id
    return found


def promised_of(branch: Branch | None, since: datetime, until: datetime) -> Mapping[Window, Promise]:
    """The promises that ended in a span, by the same. One query."""
    rows = Promise.objects.filter(
        type=Promise.Type.ARRIVAL_WINDOW, closes_at__gt=since, closes_at__lte=until, visit__isnull=False
    ).select_related("visit__order", "verdict")
    if branch is not None:
        rows = rows.filter(branch=branch)
    found: dict[Window, Promise] = {}
    for row in rows:
        assert row.visit is not None and row.opens_at is not None
        for about in (row.visit.order_id, row.visit.order.request_id):
            if about is not None:
                found[about, row.opens_at, row.closes_at] = row
    return found


def map_of(branch: Branch, under: Filter, as_of: datetime, history: timedelta) -> LabelMap:
    """The branch's map as of a moment, from its own windows where there are enough, else from everybody's.

    The verdicts are computed as of that moment, so that any past map can be learned again.
    """
    since = as_of - history
    own = Option.objects.filter(
        offer__branch=branch, status=Option.Status.CHOSEN, closes_at__gt=since, closes_at__lte=as_of
    )
    judged = _outcomes(branch if own.count() >= ENOUGH else None, since, as_of)
    return learn_labels(judged, under, branch=str(branch.id), as_of_s=as_of.timestamp())


def _outcomes(branch: Branch | None, since: datetime, as_of: datetime) -> Sequence[Judged]:
    options = {key: row for key, row in chosen_of(branch, since, as_of).items() if row.features}
    ended = {key: row for key, row in promised_of(branch, since, as_of).items() if key in options}
    verdicts = promises.judgements(set(ended.values()), as_of)
    return [
        _judged(options[key], ended[key], verdicts[ended[key].id].state, as_of)
        for key in ended
        if verdicts[ended[key].id].state in ENDED
    ]


def _judged(option: Option, promise: Promise, state: State, as_of: datetime) -> Judged:
    facts = dict(option.features)
    under = facts.pop("under")
    return Judged(
        features=Features(**facts),
        kept=state is State.KEPT,
        branch=str(promise.branch_id),
        under=under,
        day=promise.closes_at.astimezone(zone(option.offer.branch.zone)).date().toordinal(),
        recorded_s=as_of.timestamp(),
    )
