"""The write guard works, and its short list is the whole of it."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from tests.house.guard import DOORS, MACHINERY_TABLES, WroteOutsideAnAction, our_tables, written_tables
from tests.house.source import called, calls, modules

from goodword.kit.clock import company_now
from goodword.kit.doors import machinery, opened
from goodword.kit.models import Command, File, FileChunk


def write_raw() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kit_file SET kind = 'x'")


WRITES = [
    ("a row", lambda: File.objects.create(sha256="a" * 64, size=1, kind="x", begun_at=company_now())),
    ("many rows", lambda: File.objects.bulk_create([File(sha256="a" * 64, size=1, kind="x", begun_at=company_now())])),
    ("an update", lambda: File.objects.update(kind="x")),
    ("a delete", lambda: FileChunk.objects.filter(number=1).delete()),
    ("raw SQL", write_raw),
    ("a command's row", lambda: Command.objects.filter(id=uuid4()).update(kind="x")),
]


@pytest.mark.parametrize("write", [w for _name, w in WRITES], ids=[name for name, _w in WRITES])
def test_a_write_outside_every_action_fails(db, write):
    with pytest.raises(WroteOutsideAnAction):
        write()


def test_a_write_in_another_thread_fails_too(committed_db):
    caught = []

    def work() -> None:
        try:
            write_raw()
        except WroteOutsideAnAction as error:
            caught.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert len(caught) == 1


def test_machinery_writes_its_own_tables_only(db):
    with opened("kit.relay"), pytest.raises(WroteOutsideAnAction, match=r"kit\.relay may write"):
        write_raw()
    with opened("kit.command"), pytest.raises(WroteOutsideAnAction):
        write_raw()


def test_machinery_that_is_on_no_list_may_write_nothing(db):
    from goodword.kit.doors import MACHINERY

    sneak = machinery("test.sneak")(write_raw)
    try:
        with pytest.raises(WroteOutsideAnAction):
            sneak()
    finally:
        del MACHINERY["test.sneak"]


def test_inside_an_action_everything_may_be_written(db):
    with opened("any.action"):
        File.objects.create(sha256="a" * 64, size=1, kind="y", begun_at=company_now())
        write_raw()

    assert File.objects.get().kind == "x"


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ("SELECT 1 FROM kit_file FOR UPDATE", set()),
        ('SELECT * FROM "kit_file" FOR NO KEY UPDATE OF "kit_file"', set()),
        ('INSERT INTO "kit_file" (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2', {"kit_file"}),
        ("WITH x AS (DELETE FROM kit_file RETURNING *) SELECT * FROM x", {"kit_file"}),
        ("update ONLY kit_file set kind = 'x'", {"kit_file"}),
        ("COPY kit_file FROM STDIN", {"kit_file"}),
        ("INSERT INTO django_session VALUES (1)", set()),
        ("UPDATE procrastinate_jobs SET status = 'doing'", set()),
    ],
)
def test_what_a_statement_writes(sql, tables):
    assert written_tables(sql) == tables


def test_all_machinery_is_on_the_short_list():
    named = {
        str(call.args[0].value)  # type: ignore[attr-defined]
        for module in modules()
        for call in calls(module.tree)
        if called(call) == "machinery" and call.args
    }

    assert named == set(MACHINERY_TABLES), "keep the list in tests/house/guard.py short, and true"


def test_the_short_list_names_tables_that_are_there():
    listed = set().union(*MACHINERY_TABLES.values(), *DOORS.values())

    assert listed <= our_tables()


def test_every_action_takes_by_at_and_command():
    import inspect

    from goodword.kit.actions import ACTIONS

    for module in modules():
        if ".actions" in module.name:
            __import__(module.name)
    wrong = []
    for name, door in ACTIONS.items():
        parameters = inspect.signature(door).parameters
        for needed in ("by", "at", "command"):
            if needed not in parameters or parameters[needed].kind is not inspect.Parameter.KEYWORD_ONLY:
                wrong.append(f"{name} lacks keyword-only {needed}")

    assert not wrong, wrong
