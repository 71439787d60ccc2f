"""Many at once, with real commits: one wins, and swaps pass through an overlap."""

import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, connections, transaction
from tests.cast import NOW, at, door

from goodword.crew import actions as crew
from goodword.crew.errors import DoubleBooked, PersonAbsent
from goodword.crew.models import Absence, Engagement
from goodword.kit.actions import action
from goodword.kit.ids import uuid7


def planned(person, branch, opens, closes, kind="visit", by=None, about=None):
    args = (person.id, branch.id, at(opens), at(closes), kind, about or uuid7())
    return crew.engage(*args, **(door(by) if by else door()))


def overlaps(connection):
    """I3 by another plan: no index, every pair."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "SELECT count(*) FROM crew_engagement a, crew_engagement b WHERE a.id < b.id AND a.person_id = b.person_id"
            " AND a.live AND b.live AND a.kind IN ('visit','hold') AND b.kind IN ('visit','hold')"
            " AND a.during && b.during"
        )
        return cursor.fetchone()[0]


@action("test.swap")
def swap(a, b, *, by, at, command):
    """Two visits exchange their people while both spans overlap."""
    with crew.defer_double_booking():
        for row, other in ((a, b), (b, a)):
            crew.release(row.about_id, "visit", by=by, at=at, command=command)
            span = (other.during[0], other.during[1])
            crew.engage(other.person_id, other.branch_id, *span, "visit", row.about_id, by=by, at=at, command=command)


def test_two_visits_swap_their_people_in_one_transaction(committed_cast):
    cast = committed_cast
    one = planned(cast.sam, cast.aldermere, "10:00", "11:00")
    two = planned(cast.ade, cast.aldermere, "10:15", "11:15")

    swap(one, two, **door(cast.priya))

    now = dict(Engagement.objects.filter(live=True).values_list("about_id", "person_id"))
    assert now == {one.about_id: cast.ade.id, two.about_id: cast.sam.id}


@action("test.crowd")
def crowd(person, branch, *, by, at, command):
    with crew.defer_double_booking():
        for _ in range(2):
            crew.engage(
                person.id, branch.id, NOW, NOW + timedelta(hours=1), "visit", uuid7(), by=by, at=at, command=command
            )


def test_a_swap_that_ends_in_an_overlap_is_refused_and_says_who(committed_cast):
    cast = committed_cast

    with pytest.raises(DoubleBooked) as refused:
        crowd(cast.sam, cast.aldermere, **door(cast.priya))

    assert refused.value.facts["who"] == "Sam Tully"
    assert not Engagement.objects.exists()


def raced(attempts):
    """Run every attempt in a thread of its own, all at the same moment; their results in order."""
    ready, results = threading.Barrier(len(attempts)), [None] * len(attempts)

    def run(n):
        try:
            ready.wait()
            results[n] = attempts[n]()
        except Exception as error:  # noqa: BLE001  (the result of a thread)
            results[n] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(attempts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_64_who_reach_for_one_slot_one_gets_it_and_63_are_told_who(committed_cast):
    cast = committed_cast
    people = [cast.priya, cast.colm, cast.ruth, cast.hanna]

    results = raced(
        [
            lambda n=n: planned(cast.sam, cast.aldermere, "10:00", "11:00", by=people[n % 4], about=uuid7())
            for n in range(64)
        ]
    )

    won = [r for r in results if isinstance(r, Engagement)]
    lost = [r for r in results if isinstance(r, DoubleBooked)]
    assert (len(won), len(lost)) == (1, 63), {type(r) for r in results}
    winner = next(p for p in people if p.id == won[0].planned_by)
    assert {r.facts["about"] for r in lost} == {won[0].about_id}
    assert {r.facts["faster"] for r in lost} == {winner.name}
    with transaction.atomic():
        assert overlaps(connection) == 0


def test_the_constraint_alone_lets_one_of_many_through_even_without_our_lock(committed_cast, committed_db):
    """The person's row lock only makes the answer kind; were it gone, the database would still keep two apart."""
    cast = committed_cast
    insert = (
        "INSERT INTO crew_engagement (id, person_id, branch_id, during, kind, about_id, planned_at, live)"
        " VALUES (%s, %s, %s, %s, 'visit', %s, now(), true)"
    )

    def attempt():
        with psycopg.connect(committed_db.addresses.app) as raw:
            raw.execute(
                insert, [uuid7(), cast.sam.id, cast.aldermere.id, "[2026-11-02 10:00+00,2026-11-02 11:00+00)", uuid7()]
            )
        return "booked"

    results = raced([attempt] * 24)

    assert results.count("booked") == 1
    assert {type(r) for r in results if r != "booked"} <= {
        psycopg.errors.ExclusionViolation,
        psycopg.errors.DeadlockDetected,
    }


def test_an_absence_and_a_booking_at_one_moment_never_both_miss_each_other(committed_cast):
    """They serialise on the person: either the booking is refused, or the absence finds it planned."""
    cast = committed_cast
    for n in range(8):
        day = timedelta(days=n)
        span = (at("10:00") + day, at("11:00") + day)
        booking, absence = raced(
            [
                lambda s=span: crew.engage(cast.sam.id, cast.aldermere.id, *s, "visit", uuid7(), **door()),
                lambda s=span: crew.report_absence(cast.sam.id, *s, "sick", **door()),
            ]
        )
        assert isinstance(absence, Absence)
        assert isinstance(booking, (Engagement, PersonAbsent))


def test_two_owners_cannot_send_each_other_away_at_one_moment(committed_cast):
    cast = committed_cast
    crew.set_roles(cast.colm.id, [("owner", None)], **door())

    results = raced([lambda who=who: crew.disable_person(who.id, **door()) for who in (cast.ruth, cast.colm)])

    assert sorted(type(r).__name__ for r in results) == ["LastOwner", "Person"]
