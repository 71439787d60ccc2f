"""What must hold after every step, whatever happened to a day's bookings (M3: I3, and what belongs to it)."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from hypothesis.stateful import RuleBasedStateMachine, invariant
from tests.reliability.racing import OVERLAPS

from goodword.crew.models import Engagement
from goodword.dispatch.models import Option
from goodword.kit.clock import standing_at
from goodword.kit.models import Command, Event
from goodword.promises.models import Promise
from goodword.promises.queries import judgement, wrong_verdicts
from goodword.visits.models import Handover, Visit


class Whole(RuleBasedStateMachine):
    """The house stays whole. ``done``: commands that were acknowledged; ``booked``: windows that were promised."""

    now: datetime
    done: set[UUID]
    booked: int

    @invariant()
    def nobody_is_booked_twice(self) -> None:
        """I3, seen by another plan than the constraint's."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
            cursor.execute(OVERLAPS)
            assert cursor.fetchone()[0] == 0
            cursor.execute("SET LOCAL enable_indexscan = on; SET LOCAL enable_bitmapscan = on")

    @invariant()
    def every_assigned_visit_stands_once_in_the_calendar_and_no_ended_one_does(self) -> None:
        live = {
            about: (person, during.lower, during.upper)
            for about, person, during in Engagement.objects.filter(live=True, kind="visit").values_list(
                "about_id", "person_id", "during"
            )
        }
        there = Visit.objects.filter(completed_at=None, cancelled_at=None, moved_at=None).exclude(technician=None)
        assert live == {v.id: (v.technician_id, v.planned_start, v.planned_end) for v in there}
        held = Engagement.objects.filter(live=True, kind="hold").values_list("about_id", flat=True)
        assert set(held) <= set(Option.objects.filter(status="held").values_list("id", flat=True))

    @invariant()
    def every_booked_visit_has_its_one_window(self) -> None:
        windows = Promise.objects.filter(type="arrival_window").values_list("visit_id", flat=True)
        assert sorted(windows) == sorted(Visit.objects.values_list("id", flat=True))
        assert len(windows) == self.booked

    @invariant()
    def promises_are_linked_as_visits_are(self) -> None:
        moved = set(Visit.objects.exclude(moved_to=None).values_list("id", "moved_to"))
        chained = Promise.objects.exclude(successor_of=None).values_list("successor_of__visit", "visit")
        assert set(chained) == moved

    @invariant()
    def the_verdicts_are_what_the_events_say(self) -> None:
        with standing_at(self.now):
            wrong = [(p.verdict.state, judgement(p, self.now)) for p in wrong_verdicts(self.now)]
            assert not wrong

    @invariant()
    def somebody_answers_for_every_visit_that_has_begun(self) -> None:
        assert not Visit.objects.filter(on_the_way_at__isnull=False, technician=None).exists()
        accepted = Event.objects.filter(name="handover.accepted").count()
        assert accepted == Handover.objects.exclude(accepted_at=None).count()

    @invariant()
    def every_command_that_was_done_is_in_the_journal(self) -> None:
        told = set(Event.objects.filter(command__in=self.done).values_list("command", flat=True))
        assert told == self.done
        assert set(Command.objects.filter(id__in=self.done).values_list("id", flat=True)) == self.done
