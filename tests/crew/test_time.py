"""Shifts, absences and opening hours: daylight saving, versions, and spans that cannot be."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.cast import HOURS, MONDAY, at, door, on_shift, queries

from goodword.crew import actions as crew
from goodword.crew.errors import AbsenceOver
from goodword.crew.models import Shift
from goodword.crew.queries import absences, engagements, hours_of_version, hours_on, is_absent, technicians
from goodword.kit.ids import uuid7
from goodword.kit.models import Event
from goodword.kit.refusals import BadInput, NotFound

# Shifts


def test_a_shift_takes_the_place_of_those_it_overlaps(cast):
    on_shift(cast.sam, cast.aldermere, "07:30", "12:00")
    on_shift(cast.sam, cast.aldermere, "12:00", "16:00")

    crew.set_shift(cast.sam.id, cast.kilnsea.id, at("11:00"), at("12:00"), **door(cast.priya))

    kept = list(Shift.objects.order_by("starts_at").values_list("starts_at", "branch__name"))
    assert kept == [(at("11:00"), "Kilnsea"), (at("12:00"), "Aldermere")]
    assert Event.objects.filter(name="shift.set").latest("id").facts["replaced"] == 1


def test_shifts_of_a_span_are_cleared_and_others_stay(cast):
    on_shift(cast.sam, cast.aldermere)
    on_shift(cast.sam, cast.aldermere, day=date(2026, 11, 3))

    crew.clear_shifts(cast.sam.id, at("00:00"), at("23:59"), **door(cast.priya))

    assert [s.starts_at.date() for s in Shift.objects.all()] == [date(2026, 11, 3)]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (at("10:00"), at("10:00")),
        (at("10:00"), at("09:00")),
        (at("10:00"), at("10:00") + timedelta(days=2)),
        (at("10:00").replace(tzinfo=None), at("11:00")),
        (datetime(1, 1, 1, tzinfo=UTC), at("11:00")),
        (at("10:00"), datetime(9999, 12, 31, tzinfo=UTC)),
    ],
)
def test_a_shift_that_cannot_be_is_refused(cast, starts, ends):
    with pytest.raises(BadInput) as refused:
        crew.set_shift(cast.sam.id, cast.aldermere.id, starts, ends, **door())

    assert refused.value.facts["field"] in {"starts_at", "ends_at"}
    assert not Shift.objects.exists()


def test_the_day_of_a_shift_is_the_branchs_day_on_the_wall(cast):
    """In New York midnight comes at 05:00 UTC in winter: a shift that ends at 04:00 UTC belongs to the day before."""
    york = crew.add_branch("York", "x", 40.7, -74.0, "America/New_York", "", "", HOURS, **door())
    late = (at("23:00"), at("04:00") + timedelta(days=1))
    crew.set_shift(cast.sam.id, york.id, *late, **door())

    assert [t.person for t in technicians(york, MONDAY)] == [cast.sam]
    assert technicians(york, MONDAY + timedelta(days=1)) == []


# Who can be planned


def test_a_day_shows_each_technician_with_skills_shift_and_absence(cast):
    on_shift(cast.sam, cast.aldermere)
    on_shift(cast.beth, cast.aldermere, "09:00", "12:00")  # lent by the other branch
    crew.report_absence(cast.ade.id, at("00:00"), at("23:00"), "sick", **door(cast.priya))

    day = {t.person.name: t for t in technicians(cast.aldermere.id, MONDAY)}

    assert list(day) == ["Ade Bankole", "Beth Carrow", "Sam Tully"]
    assert day["Sam Tully"].skills == {"gas": 1, "heating": 1, "plumbing": 1}
    assert day["Sam Tully"].shift.starts_at == at("07:30")
    assert (day["Ade Bankole"].shift, [a.reason for a in day["Ade Bankole"].absences]) == (None, ["sick"])
    assert day["Beth Carrow"].shift.branch_id == cast.aldermere.id


def test_a_day_takes_four_queries_for_two_technicians_as_for_twenty(cast):
    for n in range(18):
        extra = crew.add_person(
            f"t{n}@wend.example", f"Tech {n:02}", None, [("technician", cast.aldermere.id)], ["gas"], **door()
        )
        on_shift(extra, cast.aldermere)

    with queries(at_most=4):
        assert len(technicians(cast.aldermere.id, MONDAY)) == 20


def test_who_has_left_is_no_longer_in_the_day(cast):
    crew.disable_person(cast.ade.id, **door())

    assert [t.person.name for t in technicians(cast.aldermere, MONDAY)] == ["Sam Tully"]


def test_engagements_are_read_for_many_in_one_query(cast):
    for who in (cast.sam, cast.ade):
        crew.engage(who.id, cast.aldermere.id, at("10:00"), at("11:00"), "visit", uuid7(), **door())

    with queries(at_most=1):
        there = engagements([cast.sam.id, cast.ade.id], at("00:00"), at("10:01"))
    assert {e.person_id for e in there} == {cast.sam.id, cast.ade.id}
    assert engagements([cast.sam.id], at("11:00"), at("12:00")) == []


# Absences


def test_an_absence_counts_from_its_first_second_to_before_its_last(cast):
    crew.report_absence(cast.sam.id, at("10:00"), at("12:00"), "training", **door(cast.priya))

    assert [is_absent(cast.sam.id, at(t)) for t in ("09:59", "10:00", "11:59", "12:00")] == [False, True, True, False]


def test_an_absence_that_never_began_does_not_take_place(cast):
    absence = crew.report_absence(cast.sam.id, at("10:00"), at("12:00"), "holiday", **door())

    crew.end_absence(absence.id, at("08:00"), **door())

    assert not is_absent(cast.sam.id, at("11:00"))
    assert absences([cast.sam.id], at("00:00"), at("23:00")) == {}
    with pytest.raises(AbsenceOver):
        crew.end_absence(absence.id, at("09:00"), **door())


def test_an_absence_needs_a_reason_we_know_and_one_that_is_there(cast):
    with pytest.raises(BadInput, match="Choose why"):
        crew.report_absence(cast.sam.id, at("10:00"), at("12:00"), "tired", **door())
    with pytest.raises(NotFound):
        crew.end_absence(uuid7(), at("09:00"), **door())


# Opening hours


def test_hours_of_a_day_are_those_in_force_then_and_old_versions_stay(cast):
    crew.set_hours(cast.aldermere.id, {"0": ["10:00", "12:00"]}, ["2026-12-25"], date(2026, 12, 1), **door(cast.colm))

    before, after = hours_on(cast.aldermere, MONDAY), hours_on(cast.aldermere, date(2026, 12, 7))
    assert (before.version, after.version) == (1, 2)
    assert before.span(MONDAY) == (at("07:30"), at("17:30"))
    assert after.span(date(2026, 12, 7)) == (at("10:00", date(2026, 12, 7)), at("12:00", date(2026, 12, 7)))
    assert hours_of_version(cast.aldermere, 1).span(MONDAY) == before.span(MONDAY)
    assert hours_of_version(cast.aldermere, 9).version == 0


def test_a_branch_without_hours_is_closed_not_open_by_default(cast):
    york = crew.add_branch("York", "x", 54.0, -1.1, "Europe/London", **door())

    assert hours_on(york, MONDAY).span(MONDAY) is None


def test_the_wall_time_of_opening_stays_when_the_clocks_change(cast):
    summer, winter = hours_on(cast.aldermere, date(2026, 10, 23)), hours_on(cast.aldermere, date(2026, 10, 26))

    assert summer.span(date(2026, 10, 23))[0] == datetime(2026, 10, 23, 6, 30, tzinfo=UTC)
    assert winter.span(date(2026, 10, 26))[0] == datetime(2026, 10, 26, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "hours",
    [
        {"7": ["08:00", "17:00"]},
        {"Monday": ["08:00", "17:00"]},
        {"0": ["17:00", "08:00"]},
        {"0": ["08:00", "08:00"]},
        {"0": ["08:00"]},
        {"0": ["8", "17"]},
        {"0": ["08:00", "24:00"]},
        {"0": ["08:00:60", "17:00"]},
        {"0": "08:00-17:00"},
    ],
)
def test_hours_that_cannot_be_are_refused(cast, hours):
    with pytest.raises(BadInput):
        crew.set_hours(cast.aldermere.id, hours, [], MONDAY, **door())


@pytest.mark.parametrize("day", ["25.12.2026", "2026-02-30", "Christmas", "", None])
def test_a_holiday_that_is_no_date_is_refused(cast, day):
    with pytest.raises(BadInput, match="holiday"):
        crew.set_hours(cast.aldermere.id, HOURS, [day], MONDAY, **door())


def test_an_absence_that_was_taken_back_is_in_nobodys_way(cast):
    absence = crew.report_absence(cast.sam.id, at("10:00"), at("12:00"), "holiday", **door())
    crew.end_absence(absence.id, at("08:00"), **door())

    planned = crew.engage(cast.sam.id, cast.aldermere.id, at("07:00"), at("11:00"), "visit", uuid7(), **door())
    assert planned.live
