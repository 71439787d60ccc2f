"""Each night a branch learns from its finished work: how long it takes, who takes longer, how long drives are, and what
a stated probability is worth.

What is learned is a version of its own, as of the midnight before; none is changed afterwards, so that any past
forecast can be computed again. Where the world has moved in the last days, the version mends what it says (``drift``).
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from goodword import engine
from goodword.crew.models import Branch
from goodword.dispatch.models import LearnedVersion
from goodword.dispatch.queries.labels import map_of
from goodword.dispatch.queries.records import ROAD, drives_of, durations_of, finished_visits
from goodword.dispatch.queries.weights import weights_of
from goodword.engine.learning import (
    Cell,
    Drift,
    DurationModel,
    DurationRecord,
    Filter,
    drift_of,
    learn_durations,
    learn_travel,
)
from goodword.kit.actions import action, was_done
from goodword.kit.actors import SYSTEM, Actor
from goodword.kit.calendar import local_instant, zone
from goodword.kit.clock import company_now
from goodword.kit.events import record
from goodword.visits.models import WorkType

HISTORY = timedelta(days=180)  # ours: older work says little about today's
FRESH = timedelta(days=7)  # ours: the days beside which a drift is looked for
ENOUGH = 30  # ours: with fewer visits before those days there is nothing to drift from
FROM = time(2)  # ours, on the branch's own wall: nobody works then


def learn_all() -> int:
    """Let every branch learn once a night; how many did."""
    now = company_now()
    return sum(_learn_tonight(branch, now) for branch in Branch.objects.order_by("id"))


def _learn_tonight(branch: Branch, now: datetime) -> int:
    here = now.astimezone(zone(branch.zone))
    as_of = local_instant(here.date(), time(), branch.zone, fold=0)
    command = uuid5(NAMESPACE_URL, f"goodword:learned:{branch.id}:{here.date()}")
    if here.time() < FROM or was_done(command):
        return 0
    learn(branch.id, as_of, by=SYSTEM, at=now, command=command)
    return 1


@action("dispatch.learn")
def learn(branch_id: UUID, as_of: datetime, *, by: Actor, at: datetime, command: UUID) -> LearnedVersion | None:
    """Learn from what was known at a moment; None where nothing has been finished yet. One version of a moment.

    Parameters
    ----------
    as_of
        Nothing that was recorded later counts, whenever it is asked.
    """
    branch = Branch.objects.get(id=branch_id)
    known = LearnedVersion.objects.filter(branch=branch, as_of=as_of).first()
    rows = finished_visits(branch, as_of - HISTORY, as_of)
    records = [each for each in durations_of(rows) if each.recorded_s <= as_of.timestamp()]
    if known is not None or not records:
        return known
    model, drift = _learned(records, as_of)
    travel = learn_travel(drives_of(branch, rows), as_of_s=as_of.timestamp())
    factor = travel.factor("midday", ROAD)
    found = {
        "work": {row.code: _work(row, model, drift) for row in WorkType.objects.order_by("code")},
        "people": {key: {"factor": model.factor(key), "n": _n(model, key)} for key in model.levels["technician"]},
        "travel": {
            "factor": factor.factor, "low": factor.low, "high": factor.high, "n": travel.n, "assumed": factor.assumed,
            "day_cv": travel.day_cv, "leg_cv": travel.leg_cv,
        },
        "labels": asdict(map_of(branch, _filter(branch.id, as_of), as_of, HISTORY)),
        "drift": {"longer": drift.longer, "wider": drift.wider, "weight": drift.weight, "doubt": drift.doubt},
    }  # fmt: skip
    since = datetime.fromtimestamp(min(each.done_s for each in records), as_of.tzinfo)
    made = LearnedVersion.objects.create(
        branch=branch, as_of=as_of, since=since, made_at=at, version=model.version, visits=len(records), found=found
    )
    facts = {"as_of": as_of.isoformat(), "visits": len(records), "version": model.version}
    record("durations.learned", about=made, by=by, at=at, command=command, scope=branch.id, facts=facts)
    return made


def _learned(records: list[DurationRecord], as_of: datetime) -> tuple[DurationModel, Drift]:
    """A model of all but the last days and what has changed since; of all days where there are not enough before."""
    assumed = _assumed()
    before_s = (as_of - FRESH).timestamp()
    usual = sum(each.done_s <= before_s and each.recorded_s <= before_s for each in records) >= ENOUGH
    model = learn_durations(records, assumed, as_of_s=before_s if usual else as_of.timestamp())
    return model, drift_of(model, records, as_of_s=as_of.timestamp())


def _assumed() -> Mapping[str, engine.Duration]:
    return {row.code: engine.Duration(mean_s=float(row.mean_s), cv=row.cv) for row in WorkType.objects.all()}


def _work(row: WorkType, model: DurationModel, drift: Drift) -> dict[str, Any]:
    seen = model.learned(Cell(work_type=row.code))
    now = drift.corrected(seen.duration)
    return {
        "mean_s": now.mean_s, "cv": now.cv, "low_s": seen.low_min * 60.0 * drift.longer,
        "high_s": seen.high_min * 60.0 * drift.longer, "median_s": seen.median_min * 60.0 * drift.longer, "n": seen.n,
        "assumed": seen.assumed, "was_mean_s": row.mean_s, "was_cv": row.cv,
    }  # fmt: skip


def _n(model: DurationModel, technician: str) -> int:
    return model.counts["technician", technician]


def _filter(branch_id: UUID, as_of: datetime) -> Filter:
    policy = weights_of(branch_id, as_of).policy()
    return Filter(offer_at_least=policy.offer_at_least, floor=policy.floor)
