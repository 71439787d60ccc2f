"""The one door: the same command once, a lost race again as a whole, nested actions in one transaction."""

import threading
from uuid import UUID

import pytest
from django.db import connection, transaction
from tests.kit.sending import ADE, AT, SAM, at_once

from goodword.kit.actions import CommandReused, action, with_retries
from goodword.kit.actors import Actor
from goodword.kit.doors import writing
from goodword.kit.events import record
from goodword.kit.ids import uuid7
from goodword.kit.models import Command, Event
from goodword.kit.refusals import Refusal


class No(Refusal):
    code = "no"
    says = "No."


@action("test.do")
def do(what: str, *, by: Actor, at, command: UUID) -> Command:
    row = Command.objects.get(id=command)
    record("test.done", about=row, by=by, at=at, command=command, facts={"what": what})
    return row


@action("test.do-nothing")
def do_nothing(*, by: Actor, at, command: UUID) -> None:
    return None


@action("test.refuse")
def refuse(*, by: Actor, at, command: UUID) -> None:
    do("first", by=by, at=at, command=command)
    raise No


@action("test.both")
def both(*, by: Actor, at, command: UUID) -> Command:
    assert writing() == "test.both"
    do("one", by=by, at=at, command=command)
    assert writing() == "test.both"
    return do("two", by=by, at=at, command=command)


def door(by=SAM, command=None):
    return {"by": by, "at": AT, "command": command or uuid7()}


def test_the_same_command_returns_the_first_row_and_does_nothing(db):
    once = door()

    assert do("it", **once) == do("it", **once)
    assert Event.objects.count() == 1


def test_an_action_without_a_result_is_done_once_too(db):
    once = door()

    assert do_nothing(**once) is None
    assert do_nothing(**once) is None


@pytest.mark.parametrize("other", [{"what": "else"}, {"by": ADE}])
def test_the_same_id_for_something_else_is_refused(db, other):
    once = {"what": "it", **door()}
    do(**once)

    with pytest.raises(CommandReused):
        do(**{**once, **other})


def test_the_same_id_for_another_action_is_refused(db):
    once = door()
    do("it", **once)

    with pytest.raises(CommandReused):
        do_nothing(**once)


def test_at_once_from_many_it_happens_once(committed_db):
    once = door()

    found = at_once(8, lambda _n: do("it", **once))

    assert {f.id for f in found} == {once["command"]}
    assert Event.objects.count() == 1


def test_a_refusal_takes_everything_back_and_frees_the_id(db):
    once = door()

    with pytest.raises(No):
        refuse(**once)

    assert (Command.objects.count(), Event.objects.count()) == (0, 0)
    do("it", **once)


def test_nested_actions_share_the_command_and_the_transaction(db):
    both(**door())

    assert Command.objects.count() == 1
    assert [e.facts["what"] for e in Event.objects.order_by("id")] == ["one", "two"]


def test_after_the_door_is_shut_nothing_is_being_written(db):
    do("it", **door())

    assert writing() is None


def test_a_lost_race_is_tried_again_as_a_whole(committed_db):
    """Two transactions lock two rows crosswise; PostgreSQL ends one of them with 40P01."""
    tries, gate = [], threading.Barrier(2)

    def crosswise(first: int, second: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            tries.append(first)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [first])
            if len(tries) <= 2:
                gate.wait(5)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [second])

    found = at_once(2, lambda n: with_retries(lambda: crosswise(*((1, 2) if n else (2, 1)))))

    assert found == [None, None]
    assert len(tries) == 3


def test_a_race_lost_inside_another_cause_is_found(committed_db):
    class Deadlock(Exception):
        sqlstate = "40P01"

    seen = []

    def wrapped() -> str:
        seen.append(1)
        if len(seen) == 1:
            try:
                raise Deadlock
            except Deadlock as error:
                raise RuntimeError("wrapped") from error
        return "done"

    assert with_retries(wrapped) == "done"


def test_any_other_failure_is_not_tried_again(committed_db):
    seen = []

    def broken() -> None:
        seen.append(1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        with_retries(broken)
    assert len(seen) == 1
