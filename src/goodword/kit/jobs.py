"""Background jobs, enqueued in the caller's transaction. Execution is at least once: every job is idempotent."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from goodword.kit.clock import company_now
from goodword.kit.doors import machinery
from goodword.kit.models import Event, Reacted

# Ours: twelve tries over about two hours, then the job stays "failed" until a person looks; `goodword doctor` lists it.
RETRIES = RetryStrategy(max_attempts=12, exponential_wait=2)
_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def reactions_off() -> Iterator[None]:
    """Enqueue nothing inside: for laying a demo's past, whose customers must not be written to."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def enqueue(name: str, *, after: timedelta | None = None, **arguments: Any) -> None:
    """Add a job in this transaction; it exists only if the transaction commits."""
    if _quiet.get():
        return
    when = timezone.now() + after if after else None
    app.configure_task(name, schedule_at=when).defer(**arguments)


@app.task(name="kit.react", retry=RETRIES)  # type: ignore[untyped-decorator]
def react(event_id: str, reaction: str) -> None:
    """Run one room's reaction to one event, once."""
    run_reaction(UUID(event_id), reaction)


def react_in_parts(event: Event, reaction: str, parts: Iterable[object]) -> None:
    """From a reaction: one job, with a transaction of its own, for each part, which ``reaction`` is given as a text."""
    for part in parts:
        enqueue("kit.react", event_id=str(event.id), reaction=f"{reaction}:{part}")


@machinery("kit.react")
def run_reaction(event_id: UUID, reaction: str) -> None:
    """The mark and the reaction in one transaction: the same job twice, even at once, reacts once.

    ``room.reactions.name``, or ``room.reactions.name:part`` (:func:`react_in_parts`).
    """
    with transaction.atomic():
        _row, first = Reacted.objects.get_or_create(
            event_id=event_id, reaction=reaction, defaults={"at": company_now()}
        )
        if first:
            name, colon, part = reaction.partition(":")
            import_string(name)(Event.objects.get(id=event_id), *([part] if colon else []))
