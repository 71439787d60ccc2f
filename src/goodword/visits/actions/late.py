"""A visit ended before all of it had been told: what was owed for a missing step is settled when the step is told."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.actors import Actor
from goodword.kit.asks import Ask
from goodword.next_steps.actions import done_step, open_step
from goodword.next_steps.queries import steps_about
from goodword.visits.models import Visit
from goodword.visits.rules import OWED_WITHIN

NEW_TIME = "new_time"
CALL_WITHIN = timedelta(hours=2)  # ours


def owe(visit: Visit, ask: Ask, *, by: Actor, at: datetime, command: UUID) -> None:
    """What was left open becomes a dated next step of the office: never forgotten, never a reason to be stuck (E-5)."""
    open_step(
        ask.code,
        None,
        "office",
        visit.branch_id,
        at + OWED_WITHIN,
        "visit",
        visit.id,
        ask.code,
        str(ask.says),
        by=by,
        at=at,
        command=command,
    )


def owe_new_time(visit: Visit, reason: str, words: str, *, by: Actor, at: datetime, command: UUID) -> None:
    """The visit did not take place, and not by the customer's wish: the office calls and agrees on another time."""
    if steps_about([visit.id], NEW_TIME).waiting().exists():
        return
    due_at, on = at + CALL_WITHIN, ("visit", visit.id, reason, words)
    open_step(NEW_TIME, None, "office", visit.branch_id, due_at, *on, by=by, at=at, command=command)


def no_longer_missed(visit: Visit, step: str, *, by: Actor, at: datetime, command: UUID) -> None:
    """The step was done in its time and is only told now: nobody owes it any more."""
    if step not in visit.steps_missed:
        return
    visit.steps_missed = [missed for missed in visit.steps_missed if missed != step]
    visit.save(update_fields=["steps_missed"])
    for row in steps_about([visit.id], step).waiting():
        done_step(row.id, _("It had been done; the phone told it late."), by=by, at=at, command=command)


def also_missed(visit: Visit, ask: Ask, *, by: Actor, at: datetime, command: UUID) -> None:
    """What is told now needs a next step that the visit ended without."""
    if ask.code in visit.steps_missed:
        return
    visit.steps_missed = [*visit.steps_missed, ask.code]
    visit.save(update_fields=["steps_missed"])
    owe(visit, ask, by=by, at=at, command=command)
