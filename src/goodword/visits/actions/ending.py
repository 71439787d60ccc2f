"""How a visit ends: with an outcome, after what must be settled is settled or recorded as missed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.actions import release
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.asks import Asks, objections
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.kit.text import NOTE, clean
from goodword.next_steps.actions import done_step, open_step
from goodword.next_steps.queries import steps_about
from goodword.visits import errors
from goodword.visits.actions.late import also_missed, no_longer_missed, owe, owe_new_time
from goodword.visits.actions.stages import accountable
from goodword.visits.models import Leaving, Visit
from goodword.visits.objections import NOT_SATISFIED, not_satisfied_without_a_next_step
from goodword.visits.rules import COMES_AGAIN, OWED_WITHIN, Outcome

FOLLOW_UP, SAID_NO = "follow_up", "said_no"
WAIT_AGREED_S, CALLS_AGREED = 15 * 60, 2  # ours: what "no access" needs before it counts (P-43)


@action("visit.satisfied")
def answer_satisfied(
    visit_id: UUID, satisfied: bool, words: str = "", *, by: Actor, at: datetime, command: UUID
) -> Visit:
    """The customer's own answer to "are you satisfied?", in sign mode or by link (E-6), and their own words.

    A "no" by link or with words opens a call by itself (E-7); without words the technician agrees on what to do.
    """
    visit = accountable(visit_id, by) if by.kind in {"person", "token"} else Visit.objects.locked(visit_id)
    newest = visit.answer_satisfied(satisfied, at=at)
    visit.save(update_fields=["satisfied", "satisfied_at"])
    if own := clean(words, "words", limit=NOTE):
        Leaving.objects.update_or_create(visit=visit, defaults={"customer_words": own})
    door: dict[str, Any] = {"by": by, "at": at, "command": command}
    if newest and satisfied:
        _no_call_needed(visit, **door)
    elif newest and (own or by.kind == "link"):
        _owe_a_call(visit, own, **door)
    if visit.completed_at is not None:
        _told_after_the_end(visit, by=by, at=at, command=command)
    record(
        "visit.satisfaction",
        about=visit,
        by=by,
        at=at,
        command=command,
        scope=visit.branch_id,
        facts={"satisfied": satisfied},
    )
    return visit


def _owe_a_call(visit: Visit, words: str, **door: Any) -> None:
    """Not as they hoped: the office calls within a day, and knows why where they said why."""
    says = words or _("The customer is not satisfied. Call and ask what is wrong.")
    due_at = door["at"] + OWED_WITHIN
    if not steps_about([visit.id], FOLLOW_UP).waiting().exists():
        open_step(FOLLOW_UP, None, "office", visit.branch_id, due_at, "visit", visit.id, SAID_NO, says, **door)


def _no_call_needed(visit: Visit, **door: Any) -> None:
    """They took their "no" back."""
    for row in steps_about([visit.id], FOLLOW_UP).waiting().filter(reason=SAID_NO):
        done_step(row.id, _("The customer says now that all is well."), **door)


def _told_after_the_end(visit: Visit, **door: Any) -> None:
    """The answer came late, or by link: it counts as given, and a "no" still needs its next step (E-6)."""
    no_longer_missed(visit, "satisfied", **door)
    if visit.satisfied:
        no_longer_missed(visit, NOT_SATISFIED, **door)
        return
    for ask in not_satisfied_without_a_next_step(visit, door["at"], Outcome(visit.outcome)):
        also_missed(visit, ask, **door)


@action("visit.complete")
def complete(
    visit_id: UUID,
    outcome: str,
    proof: dict[str, Any] | None = None,
    leave_now: bool = False,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Visit:
    """End the visit. Asks for what is missing; ``leave_now`` ends it anyway and records each open step as missed (E-4).

    Parameters
    ----------
    outcome
        One of :class:`~goodword.visits.rules.Outcome`.
    proof
        For "no access": ``waited_s`` (seconds), ``calls`` (number), ``photo`` (SHA-256, or none).
    leave_now
        True for a technician who leaves now, and for a command that comes late: the visit did end.
    """
    visit = accountable(visit_id, by)
    try:
        result = Outcome(outcome)
    except ValueError as error:
        raise BadInput("outcome", _("Choose how the visit ended.")) from error
    facts = {"outcome": result.value} | _proof(result, proof or {}, visit)
    missing = objections("visit.complete", visit=visit, at=at, outcome=result)
    if missing and not leave_now:
        raise Asks(missing)
    visit.complete(result, at=at, missed=[ask.code for ask in missing])
    visit.save(update_fields=["completed_at", "outcome", "steps_missed"])
    release(visit.id, by=by, at=at, command=command)  # what is left of the planned time is free again
    for ask in missing:
        owe(visit, ask, by=by, at=at, command=command)
    _agree_anew(visit, result, by=by, at=at, command=command)
    record(
        "visit.completed",
        about=visit,
        by=by,
        at=at,
        command=command,
        scope=visit.branch_id,
        facts=facts | {"missed": visit.steps_missed},
    )
    return visit


def _agree_anew(visit: Visit, outcome: Outcome, **door: Any) -> None:
    """It ended at the door: somebody calls and agrees on a new time, so that the customer is not forgotten."""
    if outcome not in COMES_AGAIN or visit.returns.exists():
        return
    says = _("Nothing could be done: %(why)s. Call and agree on a new time.") % {
        "why": dict(Outcome.choices())[outcome]
    }
    owe_new_time(visit, outcome.value, says, **door)


def _proof(outcome: Outcome, proof: dict[str, Any], visit: Visit) -> dict[str, Any]:
    """The facts that prove "no access"; other outcomes need none here."""
    if outcome is not Outcome.NO_ACCESS:
        return {}
    waited, calls, photo = proof.get("waited_s"), proof.get("calls"), proof.get("photo")
    if not isinstance(waited, int) or not isinstance(calls, int) or waited < 0 or calls < 0:
        raise errors.ProofMissing(scope=visit.branch_id)
    enough = waited >= WAIT_AGREED_S and calls >= CALLS_AGREED
    return {"waited_s": waited, "calls": calls, "photo": photo if isinstance(photo, str) else None, "proven": enough}
