"""One job per event and room, in the event's own transaction, done once however often it runs."""

import pytest
from django.db import connection, transaction
from tests.kit import wiring
from tests.kit.sending import AT, SAM, at_once

from goodword.kit.events import record
from goodword.kit.ids import uuid7
from goodword.kit.jobs import reactions_off, run_reaction
from goodword.kit.models import Event, Link, Reacted

REACTION = "tests.kit.wiring.reaction"


def happen() -> Event:
    from goodword.kit.doors import opened

    with opened("test"):
        return record("test.reacted_to", about=Link(id=uuid7()), by=SAM, at=AT, command=uuid7())


def jobs() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def test_an_event_brings_its_reactions_as_jobs(db):
    event = happen()

    assert [(name, "reaction" in args) for name, args in jobs()] == [("kit.react", True)]
    assert str(event.id) in str(jobs()[0][1])


def test_no_event_no_job(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        happen()
        1 / 0  # noqa: B018

    assert jobs() == []


def test_a_past_is_laid_without_reactions(db):
    with reactions_off():
        happen()

    assert (Event.objects.count(), jobs()) == (1, [])


def test_the_same_job_twice_reacts_once(db):
    event = happen()

    run_reaction(event.id, REACTION)
    run_reaction(event.id, REACTION)

    assert [str(event.id)] == wiring.REACTED


def test_the_same_job_in_four_workers_at_once_reacts_once(committed_db):
    event = happen()

    found = at_once(4, lambda _n: run_reaction(event.id, REACTION))

    assert found == [None] * 4
    assert [str(event.id)] == wiring.REACTED


def test_a_reaction_that_fails_is_not_marked_as_done(committed_db):
    event = happen()
    wiring.FAIL_ONCE.append("the first time")

    with pytest.raises(RuntimeError):
        run_reaction(event.id, REACTION)
    assert Reacted.objects.count() == 0

    run_reaction(event.id, REACTION)
    assert [str(event.id)] == wiring.REACTED
