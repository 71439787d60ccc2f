"""The event journal: nobody changes it, and whoever does all the same is found."""

import psycopg
import pytest
from tests.kit.sending import command, send

from goodword.kit.models import Event, EventPosition, Seal
from goodword.kit.relay import Relay, broken_seals, events_after, seal_once

TABLES = ["kit_event", "kit_eventposition", "kit_seal"]
CHANGES = [
    "UPDATE {} SET {} = {}",
    "DELETE FROM {}",
]
COLUMN = {"kit_event": "at", "kit_eventposition": "position", "kit_seal": "digest"}


def some_events(count: int = 5) -> None:
    for _ in range(count):
        send(command(facts={"n": 1, "price": 1.10}))
    Relay().once()
    seal_once()


def change(form: str, table: str) -> str:
    return form.format(table, COLUMN[table], COLUMN[table])


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", [*CHANGES, "TRUNCATE {}"])
def test_the_working_role_may_not_change_it(committed_db, table, form):
    some_events()

    with psycopg.connect(committed_db.addresses.app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(change(form, table))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", CHANGES)
def test_its_owner_is_refused_by_the_database(committed_db, table, form):
    some_events()

    with committed_db.as_owner() as connection, pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
        connection.execute(change(form, table))


def test_the_working_role_may_not_take_the_triggers_away(committed_db):
    for said in ("ALTER TABLE kit_event DISABLE TRIGGER ALL", "SET session_replication_role = replica"):
        with (
            psycopg.connect(committed_db.addresses.app) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(said)


def test_what_is_sealed_and_unchanged_is_whole(committed_db):
    some_events(7)
    some_events(3)

    assert Seal.objects.count() == 2
    assert broken_seals() == []


def tamper(database, statement: str) -> None:
    """Change the journal as somebody can who owns the table and has taken its triggers away."""
    with database.as_owner() as connection:
        for table in TABLES:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        connection.execute(statement)
        for table in TABLES:
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kit_event SET at = at - interval '1 hour' WHERE id = '{id}'",
        "UPDATE kit_event SET at = at + interval '1 microsecond' WHERE id = '{id}'",
        "UPDATE kit_event SET facts = '{{\"n\": 2}}' WHERE id = '{id}'",
        "UPDATE kit_event SET by_id = NULL WHERE id = '{id}'",
        "UPDATE kit_event SET name = 'test.other' WHERE id = '{id}'",
        "DELETE FROM kit_event WHERE id = '{id}'",
        "UPDATE kit_eventposition SET position = position + 100 WHERE event_id = '{id}'",
        "UPDATE kit_seal SET digest = repeat('0', 64)",
        "UPDATE kit_seal SET previous = repeat('1', 64)",
    ],
)
def test_a_changed_row_is_found(committed_db, statement):
    some_events(5)
    victim = events_after(0)[2][1]

    tamper(committed_db, statement.format(id=victim.id))

    assert broken_seals() == [5]


def test_a_seal_taken_out_of_the_chain_is_found(committed_db):
    for _ in range(3):
        some_events(2)

    tamper(committed_db, "DELETE FROM kit_seal WHERE last_position = 4")

    assert broken_seals() == [6]


def test_the_tail_that_is_not_sealed_yet_is_no_damage(committed_db):
    some_events(2)
    send(command())

    assert broken_seals() == []
    assert Event.objects.count() - EventPosition.objects.count() == 1


def test_two_sealers_at_once_seal_everything_once(committed_db):
    from tests.kit.sending import at_once

    for _ in range(6):
        send(command())
    Relay().once()

    at_once(4, lambda _n: seal_once(limit=2))
    while seal_once(limit=2):
        pass

    assert broken_seals() == []
    assert sum(s.last_position - s.first_position + 1 for s in Seal.objects.all()) == 6
