"""What this room does when something happens to a visit: judge again, and what a technician said.

What was said at the door becomes a promise here: ``visits`` knows nothing of promises.
"""

from typing import Any
from uuid import uuid5

from goodword.kit.actors import SYSTEM, Actor
from goodword.kit.calendar import read_instant
from goodword.kit.clock import company_now
from goodword.kit.models import Event
from goodword.promises.actions import erase_promises, make_finish, mark, rejudge, renegotiate, tell
from goodword.promises.models import Mark, Promise
from goodword.promises.queries import due_and_still_open, is_open, open_finish_of, open_window_of
from goodword.promises.rules import SPOKEN


def judge_again(event: Event) -> None:
    """A visit's event may keep, break or heal the promise on it."""
    for promise in Promise.objects.filter(visit_id=event.about_id):
        rejudge(promise)


def part_missing(event: Event) -> None:
    """A critical part is missing before departure: the arrival window is at risk, and says so (S0-2, P-28)."""
    window = open_window_of(event.about_id) if event.facts.get("critical") else None
    if window is not None and is_open(window, company_now()):
        mark(window.id, Mark.Kind.AT_RISK, **_door(event, "at-risk"))


def finish_told(event: Event) -> None:
    """How long it takes, as the customer was told, is a promise to finish by then (S0-22).

    A new finish with the customer's yes takes the place of the old one: they could have said no (P-20).
    """
    told = event.facts.get("finish_at")
    if told is None or event.facts.get("how") not in {"confirmed", "changed", "customer"}:
        return
    closes_at, before = read_instant(told), open_finish_of(event.about_id)
    if before is not None and before.closes_at == closes_at:
        return
    if before is not None and is_open(before, company_now()):
        renegotiate(before.id, 2, **_door(event, "agreed-anew"))
    make_finish(event.about_id, closes_at, before.id if before else None, **_door(event, "finish"))


def longer_than_told(event: Event) -> None:
    """Something is in the way, and the customer knows that we are done later: told, not agreed anew (P-32)."""
    promise = open_finish_of(event.about_id)
    heard = event.facts.get("told", True) and event.facts.get("more_s")
    if promise is not None and heard and is_open(promise, company_now()):
        tell(promise.id, SPOKEN, **_door(event, "told-longer"))


def _door(event: Event, what: str) -> dict[str, Any]:
    """As who said it, when they said it; the same event does it once."""
    by = Actor(event.by_kind, event.by_id)  # type: ignore[arg-type]  # one of the four kinds
    return {"by": by, "at": event.at, "command": uuid5(event.id, what)}


def judge_what_fell_due() -> int:
    """The overdue scan: promises whose time passed while nothing happened. How many were judged."""
    due = due_and_still_open(company_now())
    for promise in due:
        rejudge(promise)
    return len(due)


def customer_erased(event: Event) -> None:
    erase_promises(event.about_id, by=SYSTEM, at=event.at, command=uuid5(event.id, "promises"))
