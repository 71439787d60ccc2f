"""Booked, given back, swapped and called in sick in whatever order: nobody is ever in two places (I3, M3)."""

from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import at, door

from goodword.crew import actions as crew
from goodword.crew.errors import DoubleBooked, PersonAbsent
from goodword.crew.models import Engagement
from goodword.kit.ids import uuid7

QUARTER = timedelta(minutes=15)
WHO, WHERE, LONG, WHICH = st.integers(0, 1), st.integers(0, 7), st.integers(1, 4), st.integers(0, 7)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("book"), WHO, WHERE, LONG, st.sampled_from(["visit", "hold"])),
        st.tuples(st.just("help"), WHO, WHERE, LONG),
        st.tuples(st.just("give_back"), WHICH),
        st.tuples(st.just("sick"), WHO, WHERE, LONG),
        st.tuples(st.just("swap"), WHICH, WHICH),
    ),
    max_size=14,
)


class Day:
    """What must be so, kept as plain sets of quarters beside the database."""

    def __init__(self, cast):
        self.branch, self.people = cast.aldermere, [cast.sam, cast.ade]
        self.booked = {}  # about: (person, first, length, kind)
        self.away = [set(), set()]

    def is_free(self, who, first, length, but=()):
        wanted = set(range(first, first + length))
        taken = {q for a, (p, f, n, _) in self.booked.items() if p == who and a not in but for q in range(f, f + n)}
        return not wanted & taken

    def book(self, who, first, length, kind):
        about = uuid7()
        try:
            self.engage(who, first, length, kind, about)
        except PersonAbsent:
            assert self.away[who] & set(range(first, first + length))
        except DoubleBooked:
            assert not self.is_free(who, first, length)
        else:
            assert self.is_free(who, first, length)
            assert not self.away[who] & set(range(first, first + length))
            self.booked[about] = (who, first, length, kind)

    def engage(self, who, first, length, kind, about):
        span = (at("08:00") + first * QUARTER, at("08:00") + (first + length) * QUARTER)
        crew.engage(self.people[who].id, self.branch.id, *span, kind, about, **door())

    def help(self, who, first, length):
        if not self.away[who] & set(range(first, first + length)):
            self.engage(who, first, length, "helper", uuid7())

    def give_back(self, n):
        if n < len(self.booked):
            about = list(self.booked)[n]
            crew.release(about, **door())
            del self.booked[about]

    def sick(self, who, first, length):
        span = (at("08:00") + first * QUARTER, at("08:00") + (first + length) * QUARTER)
        crew.report_absence(self.people[who].id, *span, "sick", **door())
        self.away[who] |= set(range(first, first + length))

    def swap(self, n, m):
        if n == m or max(n, m) >= len(self.booked):
            return
        a, b = (list(self.booked)[i] for i in (n, m))
        turned = {a: self.booked[b][:3] + self.booked[a][3:], b: self.booked[a][:3] + self.booked[b][3:]}
        try:
            with transaction.atomic(), crew.defer_double_booking():
                for about, facts in turned.items():
                    crew.release(about, **door())
                    self.engage(*facts, about)
        except (DoubleBooked, PersonAbsent):
            return
        self.booked |= turned

    def holds(self):
        there = Engagement.objects.filter(live=True, kind__in=["visit", "hold"]).values_list(
            "about_id", "person_id", "during"
        )
        assert {a: (p, d.lower, d.upper) for a, p, d in there} == {
            a: (self.people[p].id, at("08:00") + f * QUARTER, at("08:00") + (f + n) * QUARTER)
            for a, (p, f, n, _) in self.booked.items()
        }
        assert all(self.is_free(p, f, n, but=[a]) for a, (p, f, n, _) in self.booked.items())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_nobody_is_ever_planned_in_two_places(cast, steps):
    with transaction.atomic():
        day = Day(cast)
        for verb, *arguments in steps:
            getattr(day, verb)(*arguments)
        day.holds()
        transaction.set_rollback(True)
