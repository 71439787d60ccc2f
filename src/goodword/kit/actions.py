"""``@action``: opens the transaction, makes the same command happen once, retries a lost race as a whole."""

import hashlib
import inspect
import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from goodword.kit.actors import Actor
from goodword.kit.clock import company_now
from goodword.kit.doors import machinery, opened
from goodword.kit.models import Command
from goodword.kit.refusals import NotFound, Refusal

__all__ = ["ACTIONS", "CommandReused", "action", "claim_command", "machinery", "under_command", "with_retries"]

ACTIONS: dict[str, Callable[..., Any]] = {}
LOST_RACE = {"40001", "40P01"}
TRIES = 5


class CommandReused(Refusal):
    code = "command-reused"
    says = _("This command id was used before for something else. Send the new command under a new id.")


@dataclass(frozen=True)
class _Running:
    command: UUID
    device: UUID | None = None


_running: ContextVar[_Running | None] = ContextVar("running", default=None)


def running_device() -> UUID | None:
    """The device whose command is being applied, for the event's row."""
    return running.device if (running := _running.get()) else None


@contextmanager
def under_command(command: UUID, device: UUID | None) -> Iterator[None]:
    """Actions inside belong to a command whose row the caller has written (the batch door)."""
    token = _running.set(_Running(command, device))
    try:
        with opened("kit.command"):
            yield
    finally:
        _running.reset(token)


def digest_of(kind: str, facts: Any) -> str:
    text = json.dumps([kind, facts], sort_keys=True, default=_plain, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    return str(value)


def claim_command(row: Command) -> bool:
    """Write the command's row; False when its id, or its number on its device, is taken.

    It waits for whoever is writing that row: only a unique constraint makes the same command happen once.
    """
    fields = list(Command._meta.concrete_fields)
    columns = ", ".join(connection.ops.quote_name(str(f.column)) for f in fields)
    values = [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields]
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO kit_command ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING", values)
        return bool(cursor.rowcount == 1)


def action[**P, R](name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function the one door for a change of state. It must take keyword-only ``by``, ``at`` and ``command``."""

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)

        @wraps(function)
        def door(*args: P.args, **kwargs: P.kwargs) -> R:
            command: UUID = kwargs["command"]  # type: ignore[assignment]
            if (running := _running.get()) is not None and running.command == command:
                with transaction.atomic(), opened(name):
                    return function(*args, **kwargs)
            bound = signature.bind(*args, **kwargs).arguments
            return with_retries(lambda: _once(name, function, bound, args, kwargs))  # type: ignore[no-any-return]

        ACTIONS[name] = door
        return door

    return wrap


def with_retries(work: Callable[[], Any]) -> Any:
    """Do a whole idempotent unit again after a lost race (deadlock, serialization). Inside a transaction: once."""
    if connection.in_atomic_block:
        return work()
    for attempt in range(1, TRIES + 1):
        try:
            return work()
        except Exception as error:
            if attempt == TRIES or not lost_race(error):
                raise
            time.sleep(random.uniform(0, 0.01 * 2**attempt))
    raise AssertionError("unreachable")


def lost_race(error: BaseException | None) -> bool:
    """Whether PostgreSQL gave this up in favour of another transaction, however deep the cause lies."""
    while error is not None:
        if getattr(error, "sqlstate", None) in LOST_RACE:
            return True
        error = error.__cause__
    return False


def _once(name: str, function: Callable[..., Any], bound: dict[str, Any], args: Any, kwargs: Any) -> Any:
    by: Actor = bound["by"]
    at: datetime = bound["at"]
    command: UUID = bound["command"]
    facts = {k: v for k, v in bound.items() if k not in {"by", "at", "command", "password"}}
    row = Command(
        id=command,
        kind=name,
        digest=digest_of(name, [facts, by.kind, by.id]),
        at=at,
        received_at=company_now(),
        by_kind=by.kind,
        by_id=by.id,
    )
    with transaction.atomic(), opened(name):
        if not claim_command(row):
            return _first_answer(row)
        token = _running.set(_Running(command))
        try:
            result = function(*args, **kwargs)
        finally:
            _running.reset(token)
        if isinstance(result, models.Model):
            Command.objects.filter(id=command).update(result_model=result._meta.label, result_id=str(result.pk))
        return result


def was_done(command: UUID) -> bool:
    """Whether this command has happened: then the same again changes nothing, and nothing need be asked."""
    return Command.objects.filter(id=command).exists()


def done_at(command: UUID) -> datetime | None:
    """When this command happened, if it has."""
    return Command.objects.filter(id=command).values_list("at", flat=True).first()


def _first_answer(row: Command) -> Any:
    first = Command.objects.get(id=row.id)
    if first.digest != row.digest:
        raise CommandReused(command=row.id)
    if not first.result_model:
        return None
    made = apps.get_model(first.result_model)._default_manager.filter(pk=first.result_id).first()
    if made is None:
        raise NotFound  # erased since
    return made
