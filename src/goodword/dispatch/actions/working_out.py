"""Plans that were asked for are worked out one at a time in each worker, under a lease; a dead worker's are taken up.

Until its draft is written only the row of the plan changes: whatever happens, the published plan stays as it was.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q, QuerySet

from goodword import engine
from goodword.dispatch.models import DayPlan
from goodword.dispatch.queries.account import Kept, account_of, day_to_plan
from goodword.kit.actions import action
from goodword.kit.actors import SYSTEM, Actor
from goodword.kit.clock import company_now, machine_now
from goodword.kit.doors import machinery
from goodword.kit.events import record

log = logging.getLogger("goodword.plans")

# Ours. Machine time but for the budget, which is one core's.
LEASE = timedelta(seconds=30)
BEAT_S = 0.5
BUDGET_S = 60.0
TRIES = 3

Status = DayPlan.Status


class Lost(LookupError):
    """The plan is no longer ours: discarded, or given to another worker while we stood still."""


def work_next(budget_s: float = BUDGET_S) -> bool:
    """Claim the plan that waits longest and work it out; False: none waits."""
    row = claim()
    if row is None:
        return False
    try:
        found, label = _search(row, budget_s)
    except Lost:
        log.info("plan %s is not needed any more", row.id)
        return True
    except Exception:
        log.exception("plan %s could not be worked out", row.id)
        with suppress(Lost):
            _fail(row)
        return True
    with suppress(Lost):
        draft(row.id, row.token, found, label, by=SYSTEM, at=company_now(), command=_command(row, "draft"))
    return True


def is_work() -> bool:
    """Whether a plan waits, or was left by a worker that is gone. One small query."""
    return _free().exists()


def _free() -> QuerySet[DayPlan]:
    return DayPlan.objects.filter(
        Q(status=Status.WAITING) | Q(status=Status.WORKING, lease_until__lt=machine_now())
    ).order_by("asked_at", "id")


@machinery("dispatch.plan")
def claim() -> DayPlan | None:
    """Take the next plan and commit before any work; others skip what is taken. After three tries it has failed."""
    with transaction.atomic():
        row = _free().select_for_update(skip_locked=True).first()
        if row is None:
            return None
        row.status, row.token, row.lease_until = Status.WORKING, row.token + 1, machine_now() + LEASE
        row.share, row.value = 0.0, None
        row.save(update_fields=["status", "token", "lease_until", "share", "value"])
    if row.token > TRIES:
        log.warning("plan %s was left by %d workers; nobody tries it again", row.id, TRIES)
        _fail(row)
        return None
    return row


@machinery("dispatch.plan")
def beat(row: DayPlan) -> bool:
    """Say that we live and how far we are; whether somebody asked to stop. Raises :class:`Lost`."""
    mine = DayPlan.objects.filter(id=row.id, token=row.token, status=Status.WORKING)
    if not mine.update(lease_until=machine_now() + LEASE, share=row.share, value=row.value):
        raise Lost
    return DayPlan.objects.filter(id=row.id, stop_asked=True).exists()


def _search(row: DayPlan, budget_s: float) -> tuple[Kept, str]:
    picture = day_to_plan(row.branch, row.day, company_now())
    beat(row)

    def told(share: float, value: float) -> None:
        row.share, row.value = share, value

    problem = picture.problem
    made = engine.plan(problem, seed=problem.seed, stop=_until(row, budget_s), progress=told)
    beat(row)
    return account_of(picture, made), made.label


def _until(row: DayPlan, budget_s: float) -> Callable[[], bool]:
    """The stop rule: so many seconds of one core, or somebody who has seen enough. It says that we live on its way."""
    begun, next_beat = time.process_time(), time.monotonic()
    enough = False

    def stop() -> bool:
        nonlocal next_beat, enough
        if time.monotonic() >= next_beat:
            enough = beat(row) or enough
            next_beat = time.monotonic() + BEAT_S
        return enough or time.process_time() - begun > budget_s

    return stop


def _command(row: DayPlan, what: str) -> UUID:
    return uuid5(row.id, f"{what}:{row.token}")


@action("dispatch.draft_plan")
def draft(plan_id: UUID, token: int, found: Kept, label: str, *, by: Actor, at: datetime, command: UUID) -> DayPlan:
    """What was worked out becomes a draft. Raises :class:`Lost` where it is no longer wanted from this worker."""
    row = _mine(plan_id, token)
    row.status, row.lease_until, row.made_at, row.share = Status.DRAFT, None, at, 1.0
    row.found, row.label = found, label
    row.save(update_fields=["status", "lease_until", "made_at", "share", "found", "label"])
    sums = found["sums"]
    facts = {"day": str(row.day), "rounds": sums["rounds"], "stopped": sums["stopped"], "broken": sums["broken"]}
    record("plan.drafted", about=row, by=by, at=at, command=command, scope=row.branch_id, facts=facts)
    return row


def _fail(row: DayPlan) -> None:
    fail(row.id, row.token, by=SYSTEM, at=company_now(), command=_command(row, "fail"))


@action("dispatch.fail_plan")
def fail(plan_id: UUID, token: int, *, by: Actor, at: datetime, command: UUID) -> DayPlan:
    """It could not be worked out: a person sees that and may ask again."""
    row = _mine(plan_id, token)
    row.status, row.lease_until = Status.FAILED, None
    row.save(update_fields=["status", "lease_until"])
    facts = {"day": str(row.day), "tries": token}
    record("plan.failed", about=row, by=by, at=at, command=command, scope=row.branch_id, facts=facts)
    return row


def _mine(plan_id: UUID, token: int) -> DayPlan:
    held = DayPlan.objects.select_for_update().filter(id=plan_id, token=token, status=Status.WORKING).first()
    if held is None:
        raise Lost
    return held
