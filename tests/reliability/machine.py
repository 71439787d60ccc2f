"""M3: everything that may happen to a day's bookings, step by step."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from tests.cast import Cast, at
from tests.field import request_of
from tests.reliability.sizes import TALLY
from tests.reliability.whole import Whole

from goodword.crew import actions as crew
from goodword.crew.models import Absence, Engagement, Person
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.dispatch.models import Offer, Option
from goodword.kit.actors import Actor
from goodword.kit.clock import standing_at
from goodword.kit.ids import uuid7
from goodword.kit.models import Command, Event
from goodword.kit.refusals import Refusal
from goodword.kit.wiring import reactions_to
from goodword.promises.models import Promise
from goodword.promises.reactions import judge_what_fell_due
from goodword.visits import actions as visits
from goodword.visits.models import Visit

PICK = st.integers(0, 1_000)
HALF_HOUR = st.integers(0, 16).map(lambda n: at("09:00") + timedelta(minutes=30 * n))
BY_WHOM = st.sampled_from(["customer", "us"])
JUDGE = "goodword.promises.reactions.judge_again"
STEPS: list[tuple[str, Callable[..., Any], dict[str, Any]]] = [
    ("on_the_way_at", visits.depart, {}),
    ("arrived_at", visits.arrive, {}),
    ("scope_confirmed_at", visits.confirm_scope, {}),
    ("work_started_at", visits.start_work, {}),
    ("observed_working_at", visits.observe_working, {}),
    ("cleaned_at", visits.clean_up, {}),
    ("walked_through_at", visits.walk_through, {}),
    ("satisfied_at", visits.answer_satisfied, {"satisfied": True}),
    ("completed_at", visits.complete, {"outcome": "fixed"}),
]


class Bookings(Whole):
    """One branch's Monday. ``cast`` and ``sites`` are laid before; each run is taken back at its end."""

    cast: Cast
    sites: list[Site]

    def __init__(self) -> None:
        super().__init__()
        self.now = at("07:00")
        self.done: set[UUID] = set()
        self.booked = self.ended = self.refused = 0
        self._seen = 0
        self._taken_back = transaction.atomic()
        self._taken_back.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._taken_back.__exit__(None, None, None)
        TALLY["booking machine: runs"] += 1
        TALLY["booking machine: commands done"] += len(self.done)
        TALLY["booking machine: commands refused"] += self.refused
        TALLY["booking machine: windows promised"] += self.booked

    # How something is done: all of it, or nothing at all

    def _do(self, do: Callable[..., Any], *args: Any, by: Person | Actor, **facts: Any) -> Any:
        self.now += timedelta(minutes=1)
        command, before = uuid7(), self._trace()
        actor = by.actor if isinstance(by, Person) else by
        try:
            with standing_at(self.now):
                found = do(*args, **facts, by=actor, at=self.now, command=command)
        except Refusal as refusal:
            assert refusal.detail and "{" not in refusal.detail
            assert self._trace() == before, f"{refusal.code} has left something behind"
            self.refused += 1
            self._react()
            return None
        self.done.add(command)
        self._react()
        return found

    def _trace(self) -> tuple[int, ...]:
        rows = Engagement.objects.filter(live=True)
        return (Event.objects.count(), Command.objects.count(), rows.count(), Promise.objects.count())

    def _react(self) -> None:
        """What the worker does after each commit, of it what judges."""
        with standing_at(self.now):
            for event in Event.objects.order_by("id")[self._seen :]:
                self._seen += 1
                if JUDGE in reactions_to(event.name):
                    import_string(JUDGE)(event)
            judge_what_fell_due()

    def _visit(self, pick: int, **where: Any) -> Visit | None:
        rows = list(Visit.objects.filter(completed_at=None, cancelled_at=None, moved_at=None, **where).order_by("id"))
        return rows[pick % len(rows)] if rows else None

    def _person(self, pick: int) -> Person:
        return (self.cast.sam, self.cast.ade, self.cast.sam, self.cast.ade, self.cast.beth)[pick % 5]

    def _promised(self, promise: Promise | None) -> None:
        self.booked += promise is not None

    # What customers and dispatchers do

    @initialize()
    def begins(self) -> None:
        self._seen = Event.objects.count()

    @rule(pick=PICK)
    def asks_for_windows(self, pick: int) -> None:
        with standing_at(self.now):
            request = request_of(self.sites[pick % len(self.sites)], when=self.now)
        self._seen += 1
        self._do(dispatch.offer, request.id, by=self.cast.hanna)

    def _option(self, pick: int, **where: Any) -> Option | None:
        rows = list(Option.objects.filter(**where).order_by("offer", "place"))
        return rows[pick % len(rows)] if rows else None

    @precondition(lambda self: Option.objects.exists())
    @rule(pick=PICK)
    def holds(self, pick: int) -> None:
        if (option := self._option(pick)) is not None:
            self._do(dispatch.hold, option.id, by=self.cast.hanna)

    @precondition(lambda self: Option.objects.exists())
    @rule(pick=PICK)
    def books(self, pick: int) -> None:
        if (option := self._option(pick)) is not None:
            self._promised(self._do(dispatch.book, option.id, by=self.cast.hanna))

    @rule(minutes=st.sampled_from([5, 10, 11]))
    def lets_holds_lapse(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        with standing_at(self.now):
            dispatch.lapse_offers()
        assert not Option.objects.filter(status="held", held_until__lte=self.now).exists()
        self._react()

    @rule(pick=PICK, who=PICK, opens=HALF_HOUR, anyway=st.sampled_from(["", "they asked for it"]))
    def books_by_hand(self, pick: int, who: int, opens: datetime, anyway: str) -> None:
        with standing_at(self.now):
            request = request_of(self.sites[pick % len(self.sites)], when=self.now)
        self._seen += 1
        span = (opens, opens + timedelta(hours=2))
        by_hand = self._do(
            dispatch.book_by_hand, request.id, self._person(who).id, *span, anyway=anyway, by=self.cast.priya
        )
        self._promised(by_hand)

    @precondition(lambda self: self._visit(0) is not None)
    @rule(pick=PICK, choice=PICK)
    def customer_moves(self, pick: int, choice: int) -> None:
        visit = self._visit(pick)
        assert visit is not None
        link = Actor("link", visit.id)
        offer: Offer | None = self._do(dispatch.offer, None, visit.id, "customer", by=link)
        if offer is not None and (option := self._option(choice, offer=offer)) is not None:
            self._promised(self._do(dispatch.book, option.id, by=link))

    @precondition(lambda self: self._visit(0) is not None)
    @rule(pick=PICK, who=PICK, opens=HALF_HOUR, by_whom=BY_WHOM, options=st.integers(1, 3))
    def moves(self, pick: int, who: int, opens: datetime, by_whom: str, options: int) -> None:
        visit = self._visit(pick)
        assert visit is not None
        window, plan = (opens, opens + timedelta(hours=2)), (opens, opens + timedelta(hours=1))
        moved = self._do(
            dispatch.move, visit.id, *window, by_whom, "", self._person(who).id, *plan, options, by=self.cast.priya
        )
        self._promised(moved)

    @precondition(lambda self: self._visit(0) is not None)
    @rule(pick=PICK, by_whom=BY_WHOM)
    def cancels(self, pick: int, by_whom: str) -> None:
        visit = self._visit(pick)
        assert visit is not None
        self._do(dispatch.cancel, visit.id, by_whom, "no longer needed", by=self.cast.hanna)

    @precondition(lambda self: self._visit(0) is not None)
    @rule(pick=PICK, who=PICK, start=HALF_HOUR)
    def assigns(self, pick: int, who: int, start: datetime) -> None:
        visit = self._visit(pick)
        assert visit is not None
        span = (start, start + timedelta(hours=1))
        self._do(visits.assign, visit.id, self._person(who).id, *span, visit.revision, by=self.cast.priya)

    @precondition(lambda self: self._visit(0) is not None)
    @rule(pick=PICK, who=PICK, behind=PICK, anyway=st.sampled_from(["", "it must be"]))
    def places(self, pick: int, who: int, behind: int, anyway: str) -> None:
        visit, person = self._visit(pick), self._person(who)
        assert visit is not None
        after = self._visit(behind, technician=person)
        self._do(
            dispatch.assign, visit.id, person.id if who % 7 else None, after and after.id, visit.revision, anyway,
            by=self.cast.priya,
        )  # fmt: skip

    @precondition(lambda self: self._visit(0) is not None)
    @rule(pick=PICK, other=PICK)
    def swaps(self, pick: int, other: int) -> None:
        a, b = self._visit(pick), self._visit(other)
        if a is not None and b is not None and a.id != b.id:
            self._do(visits.swap, a.id, b.id, a.revision, b.revision, by=self.cast.priya)

    @rule(who=PICK, start=HALF_HOUR)
    def reports_an_absence(self, who: int, start: datetime) -> None:
        span = (start, start + timedelta(hours=3))
        self._do(crew.report_absence, self._person(who).id, *span, "sick", by=self.cast.priya)

    @precondition(lambda self: Absence.objects.filter(ended_early_at=None).exists())
    @rule()
    def comes_back(self) -> None:
        absence = Absence.objects.filter(ended_early_at=None).earliest("id")
        self._do(crew.end_absence, absence.id, by=self.cast.priya)

    # What technicians do

    @precondition(lambda self: self._visit(0, technician__isnull=False) is not None)
    @rule(pick=PICK, count=st.integers(1, len(STEPS)))
    def goes_on(self, pick: int, count: int) -> None:
        visit = self._visit(pick, technician__isnull=False)
        assert visit is not None and visit.technician is not None
        for field, do, facts in STEPS:
            if getattr(visit, field) is None and count > 0:
                count -= 1
                self._do(do, visit.id, **facts, by=visit.technician)

    @precondition(lambda self: self._visit(0, arrived_at__isnull=False) is not None)
    @rule(pick=PICK, outcome=st.sampled_from(["no_access", "unsafe", "minor_only"]), waited=st.sampled_from([60, 900]))
    def ends_at_the_door(self, pick: int, outcome: str, waited: int) -> None:
        visit = self._visit(pick, arrived_at__isnull=False)
        assert visit is not None and visit.technician is not None
        self._do(visits.complete, visit.id, outcome, {"waited_s": waited, "calls": 2}, by=visit.technician)

    @precondition(lambda self: self._visit(0, on_the_way_at__isnull=False) is not None)
    @rule(pick=PICK, accepts=st.booleans())
    def hands_over(self, pick: int, accepts: bool) -> None:
        visit = self._visit(pick, on_the_way_at__isnull=False)
        assert visit is not None and visit.technician is not None
        other = self.cast.ade if visit.technician_id == self.cast.sam.id else self.cast.sam
        offered = self._do(visits.offer_handover, visit.id, other.id, by=visit.technician)
        if offered is not None and accepts:
            self._do(visits.accept_handover, offered.id, by=other)

    @rule(minutes=st.integers(10, 75))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self._react()
