"""No double booking: the database keeps it, we say who was faster (I3, E-27)."""

import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import IntegrityError, connection, connections, transaction
from tests.cast import NOW, at, door

from goodword.crew import actions as crew
from goodword.crew.errors import DoubleBooked, PersonAbsent, PersonDisabled
from goodword.crew.models import Absence, Engagement
from goodword.crew.queries import engagements
from goodword.kit.actions import action
from goodword.kit.doors import opened
from goodword.kit.ids import uuid7
from goodword.kit.refusals import BadInput


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


def test_whoever_comes_second_is_told_who_was_faster_and_until_when(cast):
    first = planned(cast.sam, cast.aldermere, "10:00", "11:00", by=cast.priya)

    with pytest.raises(DoubleBooked) as refused:
        planned(cast.sam, cast.aldermere, "10:59", "12:00", by=cast.colm)

    facts = refused.value.facts
    assert (facts["who"], facts["faster"], facts["until"]) == ("Sam Tully", "Priya Nair", "2026-11-02 11:00")
    assert (facts["about"], facts["by"]) == (first.about_id, cast.priya.id)
    assert "Priya Nair was faster" in refused.value.detail


def test_one_visit_may_begin_at_the_second_when_another_ends(cast):
    planned(cast.sam, cast.aldermere, "10:00", "11:00")
    planned(cast.sam, cast.aldermere, "11:00", "12:00")

    assert len(engagements([cast.sam.id], at("00:00"), at("23:00"))) == 2


@pytest.mark.parametrize("first", ["visit", "hold"])
@pytest.mark.parametrize("second", ["visit", "hold"])
def test_an_offers_hold_is_as_exclusive_as_a_visit(cast, first, second):
    planned(cast.sam, cast.aldermere, "10:00", "11:00", first)

    with pytest.raises(DoubleBooked):
        planned(cast.sam, cast.aldermere, "10:30", "11:30", second)


@pytest.mark.parametrize("kind", ["helper", "pencil"])
def test_a_helper_and_a_pencilled_note_may_overlap(cast, kind):
    planned(cast.sam, cast.aldermere, "10:00", "11:00")
    planned(cast.sam, cast.aldermere, "10:30", "11:30", kind)

    assert Engagement.objects.filter(person=cast.sam, live=True).count() == 2


def test_what_was_released_leaves_its_time_free(cast):
    first = planned(cast.sam, cast.aldermere, "10:00", "11:00")

    crew.release(first.about_id, "visit", **door())

    planned(cast.sam, cast.aldermere, "10:30", "11:30")


def test_a_visit_has_one_accountable_technician_and_the_database_says_so(cast):
    first = planned(cast.sam, cast.aldermere, "10:00", "11:00")

    with pytest.raises(IntegrityError, match="one_accountable_per_visit"), transaction.atomic():
        planned(cast.ade, cast.aldermere, "10:00", "11:00", about=first.about_id)


def test_an_absent_person_is_not_planned_and_we_say_until_when(cast):
    crew.report_absence(cast.sam.id, at("07:00"), at("12:00"), "sick", **door(cast.priya))

    with pytest.raises(PersonAbsent) as refused:
        planned(cast.sam, cast.aldermere, "11:00", "13:00")
    planned(cast.sam, cast.aldermere, "12:00", "13:00")

    assert refused.value.facts["until"] == "2026-11-02 12:00"


def test_who_comes_back_early_can_be_planned_again(cast):
    absence = crew.report_absence(cast.sam.id, at("07:00"), at("18:00"), "sick", **door())

    crew.end_absence(absence.id, at("10:00"), **door())

    planned(cast.sam, cast.aldermere, "10:00", "11:00")
    with pytest.raises(PersonAbsent):
        planned(cast.sam, cast.aldermere, "09:00", "10:00")


def test_an_absence_leaves_what_was_planned_where_it_is(cast):
    planned(cast.sam, cast.aldermere, "10:00", "11:00")

    crew.report_absence(cast.sam.id, at("07:00"), at("18:00"), "sick", **door())

    assert [e.live for e in Engagement.objects.filter(person=cast.sam)] == [True]


def test_who_has_left_is_not_planned(cast):
    crew.disable_person(cast.sam.id, **door())

    with pytest.raises(PersonDisabled, match="Sam Tully no longer works here"):
        planned(cast.sam, cast.aldermere, "10:00", "11:00")


@pytest.mark.parametrize(("opens", "closes"), [("10:00", "10:00"), ("11:00", "10:00")])
def test_a_span_that_is_empty_or_backwards_is_refused_in_words(cast, opens, closes):
    with pytest.raises(BadInput, match="end must come after"):
        planned(cast.sam, cast.aldermere, opens, closes)


def test_a_time_without_a_zone_is_refused(cast):
    naive = at("10:00").replace(tzinfo=None)

    with pytest.raises(BadInput, match="no offset"):
        crew.engage(cast.sam.id, cast.aldermere.id, naive, at("11:00"), "visit", uuid7(), **door())


@pytest.mark.parametrize("during", ["empty", "[2026-11-02 10:00+00,)", "(,2026-11-02 10:00+00]", "(,)"])
def test_the_database_itself_refuses_an_empty_or_endless_range(cast, during):
    row = planned(cast.sam, cast.aldermere, "10:00", "11:00")

    with pytest.raises(IntegrityError) as refused, transaction.atomic(), opened("test"), connection.cursor() as cursor:
        cursor.execute("UPDATE crew_engagement SET during = %s WHERE id = %s", [during, row.id])

    assert refused.value.__cause__.diag.constraint_name == "engagement_has_a_beginning_and_an_end"


def test_the_database_itself_refuses_an_overlap_that_went_past_the_action(cast):
    planned(cast.sam, cast.aldermere, "10:00", "11:00")
    past = Engagement(
        person=cast.sam, branch=cast.aldermere, during=(at("10:30"), at("10:40")), kind="hold", about_id=uuid7(),
        planned_at=NOW,
    )  # fmt: skip

    with pytest.raises(IntegrityError, match="no_double_booking"), transaction.atomic(), opened("test"):
        past.save(force_insert=True)


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
