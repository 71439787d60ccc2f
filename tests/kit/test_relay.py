"""Everybody's cursor is the position. A reader who keeps the bare event id loses events; ours loses none."""

import threading
from uuid import UUID, uuid4

import psycopg
import pytest
from tests.kit.sending import AT

from goodword.kit.ids import uuid7
from goodword.kit.models import Event, EventPosition
from goodword.kit.relay import CHANNEL, Relay, _near, events_after

WRITERS, ROUNDS = 16, 25
INSERT = """
INSERT INTO kit_event (id, name, about_kind, about_id, by_kind, at, recorded_at, facts)
VALUES (%s, 'test.noted', 'command', %s, 'system', %s, %s, '{}')
"""


def write(connection, event_id: UUID | None = None) -> UUID:
    event_id = event_id or uuid7()
    connection.execute(INSERT, [event_id, uuid4(), AT, AT])
    return event_id


class BareIdReader:
    """What a reader does that trusts the order of ids: everything after the last id seen."""

    def __init__(self) -> None:
        self.cursor, self.seen = UUID(int=0), []

    def once(self) -> None:
        new = list(Event.objects.filter(id__gt=self.cursor).order_by("id").values_list("id", flat=True))
        self.seen += new
        self.cursor = new[-1] if new else self.cursor


class PositionReader:
    def __init__(self) -> None:
        self.cursor, self.seen = 0, []

    def once(self) -> None:
        for position, event in events_after(self.cursor):
            self.seen.append(event.id)
            self.cursor = position


def test_a_bare_id_loses_events_and_a_position_loses_none(committed_db):
    """16 writers in parallel, one of them always late; both readers read all the while."""
    stop, relay, bare, ours = threading.Event(), Relay(), BareIdReader(), PositionReader()
    gate = threading.Barrier(WRITERS)
    written: list[UUID] = []

    def writer(n: int) -> None:
        with psycopg.connect(committed_db.addresses.app) as connection:
            gate.wait()
            for _ in range(ROUNDS):
                mine = write(connection)
                if n == 0:
                    stop.wait(0.01)  # a late commit, on purpose
                connection.commit()
                written.append(mine)

    threads = [threading.Thread(target=writer, args=(n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        relay.once()
        bare.once()
        ours.once()
    while relay.once():
        pass
    bare.once()
    ours.once()

    assert len(written) == WRITERS * ROUNDS
    assert len(bare.seen) < len(written), "a bare id loses none here: make the writers later"
    assert sorted(ours.seen) == sorted(written)
    assert len(set(ours.seen)) == len(ours.seen)
    positions = EventPosition.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, len(written) + 1))


def test_an_event_waits_while_an_older_transaction_runs(committed_db):
    relay = Relay()
    with (
        psycopg.connect(committed_db.addresses.app) as older,
        psycopg.connect(committed_db.addresses.app) as younger,
    ):
        first = write(older)
        second = write(younger)
        younger.commit()
        assert relay.once() == 0, "nothing may get a position that the older one could be put before"
        older.commit()

    assert relay.once() == 2
    assert [e.id for _p, e in events_after(0)] == [first, second]


def test_younger_transactions_hold_nothing_back(committed_db):
    with psycopg.connect(committed_db.addresses.app) as older, psycopg.connect(committed_db.addresses.app) as younger:
        write(older)
        write(younger)
        older.commit()

        assert Relay().once() == 1


@pytest.mark.parametrize(
    ("beyond", "short", "full"),
    [
        (1_000, 990, 990),
        (1_000, 1_007, 1_007),
        (2**32 + 5, 3, 2**32 + 3),
        (2**32 + 5, 2**32 - 2, 2**32 - 2),
        (2**32 - 1, 2, 2**32 + 2),
        (7 * 2**32 + 10, 10, 7 * 2**32 + 10),
    ],
)
def test_short_transaction_ids_are_read_over_the_turn_of_their_counter(beyond, short, full):
    assert _near(beyond, short) == full


def test_a_higher_id_of_an_older_transaction_comes_first(committed_db):
    """The order is that of the transactions, whatever the ids say."""
    low, high = sorted([uuid7(), uuid7()])
    with (
        psycopg.connect(committed_db.addresses.app) as older,
        psycopg.connect(committed_db.addresses.app) as younger,
    ):
        write(older, high)
        write(younger, low)

    Relay().once()

    assert [e.id for _p, e in events_after(0)] == [high, low]


def test_a_transaction_that_is_taken_back_leaves_no_hole(committed_db):
    with psycopg.connect(committed_db.addresses.app) as connection:
        write(connection)
        connection.rollback()
        write(connection)

    Relay().once()

    assert [p for p, _e in events_after(0)] == [1]


def test_small_batches_and_new_relays_number_everything_once(committed_db):
    with psycopg.connect(committed_db.addresses.app) as connection:
        for _ in range(5):
            for _ in range(4):
                write(connection)
            connection.commit()

    relay = Relay()
    counts = [relay.once(limit=3), Relay().once(limit=3), relay.once(limit=3), relay.once(limit=100), relay.once()]

    assert counts == [3, 3, 3, 11, 0]
    assert [p for p, _e in events_after(0)] == list(range(1, 21))


def test_two_relays_at_once_are_one(committed_db):
    from tests.kit.sending import at_once

    with psycopg.connect(committed_db.addresses.app) as connection:
        for _ in range(50):
            write(connection)

    at_once(4, lambda _n: [Relay().once(limit=7) for _ in range(10)])
    while Relay().once():
        pass

    assert [p for p, _e in events_after(0)] == list(range(1, 51))


def test_what_a_restored_server_had_not_numbered_is_numbered(committed_db):
    """Transaction ids begin anew on another server; the journal's rows keep those of their first life."""
    with committed_db.as_owner() as connection:
        foreign = uuid7()
        connection.execute(
            INSERT.replace("facts)", "facts, xid)").replace("'{}')", "'{}', 2000000000000)"), [foreign, uuid4(), AT, AT]
        )
        relay = Relay()
        assert relay.once() == 1
        own = write(connection)

    assert relay.once() == 1
    assert [e.id for _p, e in events_after(0)] == [foreign, own]


def test_who_listens_is_told_the_last_position(committed_db):
    with psycopg.connect(committed_db.addresses.app, autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        with psycopg.connect(committed_db.addresses.app) as connection:
            write(connection)
            write(connection)
        Relay().once()

        told = [n.payload for n in listener.notifies(timeout=5, stop_after=1)]

    assert told == ["2"]


def test_a_long_transaction_in_another_database_of_the_server_holds_nothing_back(committed_db, another_database):
    """A snapshot tells of the whole server; our journal waits for our own writers only."""
    other = another_database("neighbour")
    with psycopg.connect(other.addresses.app) as neighbour:
        write(neighbour)
        with psycopg.connect(committed_db.addresses.app) as connection:
            write(connection)

        assert Relay().once() == 1


def test_somebody_elses_transaction_here_is_waited_for(committed_db):
    """The owner's sessions do not show their transaction to the working role; then the server's oldest counts."""
    relay = Relay()
    with committed_db.as_owner() as owner, psycopg.connect(committed_db.addresses.app) as connection:
        with owner.transaction():
            first = write(owner)
            second = write(connection)
            connection.commit()
            assert relay.once() == 0
        assert relay.once() == 2

    assert [e.id for _p, e in events_after(0)] == [first, second]
