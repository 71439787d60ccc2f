"""A day told late, twice, shuffled and cut becomes the same day (S0-1, S0-6, design 1; I1, I2)."""

import os
from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, door
from tests.field import promised, site_of, visit_of, work_type
from tests.reliability.days import EVENING, LONGEST_DELAY_H, Batch, Phone, Said, days, in_order, scattered
from tests.reliability.sizes import TALLY, size

from goodword.kit import commands
from goodword.kit.actors import Actor
from goodword.kit.clock import standing_at
from goodword.kit.models import Command, Event, Held
from goodword.next_steps.queries import steps_about
from goodword.promises.models import Promise
from goodword.promises.queries import judgement, wrong_verdicts
from goodword.promises.reactions import judge_again
from goodword.visits import actions as visits
from goodword.visits.models import Visit

VISITS = 4
FAR = EVENING + timedelta(hours=LONGEST_DELAY_H + 1)
STRICT = {
    "prepare": ["reviewed"],
    "arrive": ["met", "scope_confirmed"],
    "work": [],
    "complete": ["walked_through", "satisfied", "signed"],
}
TOLD = [
    f.attname
    for f in Visit._meta.concrete_fields
    if f.attname not in {"id", "order_id", "steps_missed", "planned_start", "planned_end"}
]
ASIDE = {"command.held", "command.settled", "step.opened", "step.done"}


@pytest.fixture
def day(cast: Cast) -> list[Visit]:
    """Four promised visits of Sam's, every second one of a kind that asks for every step."""
    work_type("strict_service")
    visits.set_template("strict_service", None, STRICT, **door())
    found = []
    for n in range(VISITS):
        site = site_of(f"Customer {n}", cast.aldermere)
        start, end = f"{8 + 2 * n:02d}:00", f"{9 + 2 * n:02d}:00"
        found.append(visit_of(site, cast.sam, start, end, "strict_service" if n % 2 else "boiler_service"))
        promised(found[-1], f"{7 + 2 * n:02d}:30", f"{9 + 2 * n:02d}:30", said_at="06:00")
    return found


def deliver(batches: list[Batch], by: Actor, scope: UUID) -> None:
    for batch in batches:
        with standing_at(batch.received):
            if batch.cut is not None:
                _cut_off(batch, by, scope)
            commands.receive_batch(batch.raw, by=by, online=False, scope=scope)


def _cut_off(batch: Batch, by: Actor, scope: UUID) -> None:
    """So many were committed, the last without the look at what waits for it; no answer reached the phone."""
    first = sorted(batch.raw, key=lambda c: int(c["seq"]))[: batch.cut]
    commands.receive_batch(first[:-1], by=by, online=False, scope=scope)
    with patch.object(commands, "_retry_what_waits"):
        commands.receive_batch(first[-1:], by=by, online=False, scope=scope)


def became(day: list[Visit]) -> list[Any]:
    """What the day became: every stage field, what is owed, and the verdict on each promise with its reason."""
    found = []
    for visit in Visit.objects.filter(id__in=[v.id for v in day]).order_by("id"):
        told = {name: getattr(visit, name) for name in TOLD}
        owed = Counter(steps_about([visit.id]).waiting().values_list("kind", flat=True))
        promise = Promise.objects.get(visit=visit)
        judge_again(Event(about_id=visit.id))
        found.append((told, set(visit.steps_missed), owed, judgement(promise, FAR)))
    return found


def own_events() -> dict[UUID | None, list[str]]:
    """The events that each command is for, without those about holding it and about what is owed."""
    found: dict[UUID | None, list[str]] = {}
    for command, name in Event.objects.filter(device__isnull=False).values_list("command", "name"):
        if name not in ASIDE:
            found.setdefault(command, []).append(name)
    return found


def told(raw: list[dict[str, Any]], batches: list[Batch], day: list[Visit], cast: Cast) -> tuple[Any, Any]:
    """Deliver, look, and take it all back, so that the same day can be told again in another way."""
    with transaction.atomic():
        deliver(batches, cast.sam.actor, cast.aldermere.id)
        assert dict(Command.objects.filter(device__isnull=False).values_list("id", "status")) == {
            UUID(c["command"]): "applied" for c in raw
        }, list(Held.objects.filter(settled_at=None).values_list("command__kind", "says"))
        assert not Held.objects.filter(settled_at=None).exists()
        with standing_at(FAR):
            found = became(day), own_events()
            assert not wrong_verdicts(FAR)
        transaction.set_rollback(True)
    return found


@pytest.mark.shows("S0-1", "S0-6")
@settings(
    max_examples=size(12, int(os.environ.get("GOODWORD_DAYS", "400"))), deadline=None, derandomize=size(1, 0) == 1,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(days(VISITS), st.randoms(use_true_random=False))
def test_a_day_told_late_twice_shuffled_and_cut_becomes_the_day_it_was(
    cast: Cast, day: list[Visit], taps: list[tuple[int, datetime, Said]], dice: Random
) -> None:
    phone = Phone()
    raw = [phone.command(kind, day[n].id, when, facts) for n, when, (kind, facts) in taps]
    batches = scattered(raw, dice)

    as_it_was, once = told(raw, in_order(raw), day, cast)
    as_it_came, each = told(raw, batches, day, cast)

    assert as_it_came == as_it_was
    assert {c: len(names) for c, names in each.items()} == {UUID(c["command"]): 1 for c in raw}
    assert each == once
    TALLY["late delivery: days"] += 1
    TALLY["late delivery: commands"] += len(raw)
    TALLY["late delivery: commands received"] += sum(len(b.raw) for b in batches)
    TALLY["late delivery: batches cut"] += sum(b.cut is not None for b in batches)
