"""Trials of weights are worked out in the process that works out plans. Nothing but the trial's own row changes."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from goodword import engine
from goodword.dispatch.models import WeightsTrial
from goodword.dispatch.queries.account import expected_broken
from goodword.dispatch.queries.past_day import as_it_began
from goodword.dispatch.queries.picture import Picture
from goodword.dispatch.queries.weights import weights_of
from goodword.dispatch.rules.weights import Weights, weights_from
from goodword.engine.plans.search import FRESH
from goodword.kit.clock import company_now, machine_now
from goodword.kit.doors import machinery

log = logging.getLogger("goodword.plans")

# Ours; one core's seconds for each of the two plans, and how long a trial may stay in one worker's hands.
BUDGET_S = 5.0
LEASE = timedelta(seconds=120)
TRIES = 3

Status = WeightsTrial.Status


def compare_next(budget_s: float = BUDGET_S) -> bool:
    """Claim the trial that waits longest and work it out; False: none waits."""
    row = _claim()
    if row is None:
        return False
    try:
        found = _compared(row, budget_s)
    except Exception:
        log.exception("trial %s could not be worked out", row.id)
        _finish(row, Status.FAILED, {})
        return True
    _finish(row, Status.DONE if found else Status.FAILED, found)
    return True


def is_trial() -> bool:
    """Whether one waits, or was left by a worker that is gone. One small query."""
    return _free().exists()


def _free() -> QuerySet[WeightsTrial]:
    return WeightsTrial.objects.filter(
        Q(status=Status.WAITING) | Q(status=Status.WORKING, lease_until__lt=machine_now())
    ).order_by("asked_at", "id")


@machinery("dispatch.trial")
def _claim() -> WeightsTrial | None:
    with transaction.atomic():
        row = _free().select_for_update(skip_locked=True).first()
        if row is None:
            return None
        row.token, row.lease_until = row.token + 1, machine_now() + LEASE
        row.status = Status.WORKING if row.token <= TRIES else Status.FAILED
        row.save(update_fields=["status", "token", "lease_until"])
    return row if row.status == Status.WORKING else _claim()


@machinery("dispatch.trial")
def _finish(row: WeightsTrial, status: str, found: dict[str, Any]) -> None:
    """Only in the hands that hold it now."""
    mine = WeightsTrial.objects.filter(id=row.id, token=row.token, status=Status.WORKING)
    mine.update(status=status, found=found, lease_until=None)


def _compared(row: WeightsTrial, budget_s: float) -> dict[str, Any]:
    """The day as it stood, and planned with the weights in force and with those on trial; empty: nobody worked."""
    picture = as_it_began(row.branch, row.day)
    if picture is None:
        return {}
    kept = weights_of(row.branch_id, company_now())
    plans = {"stood": picture.problem.routes}
    for name, weights in (("in_force", kept), ("on_trial", weights_from(row.chosen))):
        problem = _weighed(picture, weights)
        plans[name] = engine.plan(problem, seed=problem.seed, stop=_until(budget_s)).routes
    return {name: _figures(picture, routes) for name, routes in plans.items()} | {"visits": len(picture.visits)}


def _weighed(picture: Picture, weights: Weights) -> engine.Problem:
    return replace(picture.problem, costs=weights.costs(), policy=weights.policy())


def _figures(picture: Picture, routes: tuple[engine.Route, ...]) -> dict[str, float]:
    """All on the same fresh luck. Seconds; ``others``: visits that somebody else makes than on that day."""
    problem = replace(picture.problem, seed=picture.problem.seed + FRESH, costs=engine.Costs())
    seen = engine.explain(problem, routes)
    who = {visit: route.technician for route in problem.routes for visit in route.visits}
    now = {visit: route.technician for route in routes for visit in route.visits}
    return {
        "broken": expected_broken(problem, seen.forecast),
        "driving_s": seen.value.driving,
        "overtime_s": sum(shift.overtime_s or 0.0 for shift in seen.forecast.technicians.values()),
        "others": float(sum(now.get(visit, person) != person for visit, person in who.items())),
        "left_out": float(len(seen.left_out)),
    }


def _until(budget_s: float) -> Callable[[], bool]:
    begun = time.process_time()
    return lambda: time.process_time() - begun > budget_s
