"""No double booking: the database keeps it, we say who was faster (I3, E-27)."""

import pytest
from django.db import IntegrityError, connection, transaction
from tests.cast import NOW, at, door

from goodword.crew import actions as crew
from goodword.crew.errors import DoubleBooked, PersonAbsent, PersonDisabled
from goodword.crew.models import Engagement
from goodword.crew.queries import engagements
from goodword.kit.doors import opened
from goodword.kit.ids import uuid7
from goodword.kit.refusals import BadInput


def planned(person, branch, opens, closes, kind="visit", by=None, about=None):
    args = (person.id, branch.id, at(opens), at(closes), kind, about or uuid7())
    return crew.engage(*args, **(door(by) if by else door()))


def test_whoever_comes_second_is_told_who_was_faster_and_until_when(cast):
    first = planned(cast.sam, cast.aldermere, "10:00", "11:00", by=cast.priya)

    with pytest.raises(DoubleBooked) as refused:
        planned(cast.sam, cast.aldermere, "10:59", "12:00", by=cast.colm)

    facts = refused.value.facts
    assert (facts["who"], facts["faster"], facts["until"]) == ("Sam Tully", "Priya Nair", "11:00 on Monday 2 November")
    assert (facts["about"], facts["by"]) == (first.about_id, cast.priya.id)
    assert "Priya Nair has planned that" in refused.value.detail


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

    second = planned(cast.sam, cast.aldermere, "10:30", "11:30")
    assert list(Engagement.objects.filter(person=cast.sam, live=True)) == [second]


def test_a_visit_has_one_accountable_technician_and_the_database_says_so(cast):
    first = planned(cast.sam, cast.aldermere, "10:00", "11:00")

    with pytest.raises(IntegrityError, match="one_accountable_per_visit"), transaction.atomic():
        planned(cast.ade, cast.aldermere, "10:00", "11:00", about=first.about_id)


def test_an_absent_person_is_not_planned_and_we_say_until_when(cast):
    crew.report_absence(cast.sam.id, at("07:00"), at("12:00"), "sick", **door(cast.priya))

    with pytest.raises(PersonAbsent) as refused:
        planned(cast.sam, cast.aldermere, "11:00", "13:00")
    planned(cast.sam, cast.aldermere, "12:00", "13:00")

    assert refused.value.facts["until"] == "12:00 on Monday 2 November"


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
