"""Fourteen dispatchers on the same few visits: no double booking, no edit lost in silence, no fault seen (I3)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from tests.cast import Cast, at, door
from tests.field import promised, site_of, visit_of
from tests.reliability.racing import at_once, deadlocks, lost, overlaps
from tests.reliability.sizes import TALLY, size

from goodword.crew.models import Engagement
from goodword.dispatch import actions as dispatch
from goodword.kit.ids import uuid7
from goodword.kit.models import Command, Event
from goodword.kit.refusals import Refusal, Stale
from goodword.promises.models import Promise
from goodword.visits import actions as visits
from goodword.visits.models import Visit

WRITERS, VISITS = 14, 8
EACH = size(20, 430)  # attempts of each writer: 280, and 6,020 in the campaign
HOURS = [at("10:00") + timedelta(minutes=30 * n) for n in range(11)]


@dataclass
class Attempt:
    """One line of the ledger that the writers keep outside of the house."""

    what: str
    visit: UUID
    revision: int
    command: UUID = field(default_factory=uuid7)
    answer: Any = None


@dataclass
class Writer:
    """Looks at the board, tries something, writes down what was answered."""

    cast: Cast
    dice: Random
    people: list[UUID]
    ledger: list[Attempt] = field(default_factory=list)

    def work(self) -> None:
        for _n in range(EACH):
            rows = list(Visit.objects.filter(moved_at=None, cancelled_at=None).order_by("?")[:2])
            what = self.dice.choices(["assign", "swap", "move", "place"], [5, 3, 2, 1])[0]
            attempt = Attempt(what, rows[0].id, rows[0].revision)
            self.ledger.append(attempt)
            try:
                attempt.answer = self._try(attempt, rows)
            except Exception as error:  # noqa: BLE001 - it is the answer
                attempt.answer = error

    def _try(self, attempt: Attempt, rows: list[Visit]) -> Any:
        start, who = self.dice.choice(HOURS), self.dice.choice(self.people)
        span = (start, start + timedelta(hours=1))
        how = door(self.cast.priya) | {"command": attempt.command}
        if attempt.what == "assign":
            return visits.assign(attempt.visit, who, *span, attempt.revision, **how)
        if attempt.what == "swap":
            return visits.swap(attempt.visit, rows[1].id, attempt.revision, rows[1].revision, **how)
        if attempt.what == "place":
            return dispatch.assign(attempt.visit, who, None, attempt.revision, "trust me", **how)
        return dispatch.move(attempt.visit, *span, "us", "", who, *span, 2, attempt.revision, **how)


@pytest.fixture
def board(committed_cast: Cast) -> Cast:
    """Eight promised visits of Sam's and Ade's, back to back."""
    cast = committed_cast
    for n in range(VISITS):
        site = site_of(f"Customer {n}", cast.aldermere)
        start = 10 + n // 2
        promised(visit_of(site, (cast.sam, cast.ade)[n % 2], f"{start}:00", f"{start + 1}:00"), "09:30", "17:00")
    return cast


def test_whatever_fourteen_dispatchers_do_at_once_nobody_is_booked_twice_and_every_loser_is_told(
    board: Cast, committed_db: Any
) -> None:
    people = [board.sam.id, board.ade.id]
    writers = [Writer(board, Random(n), people) for n in range(WRITERS)]
    before = deadlocks(committed_db)

    at_once([writer.work for writer in writers])

    ledger = [attempt for writer in writers for attempt in writer.ledger]
    refused = lost([a.answer for a in ledger])
    done = [a for a in ledger if not isinstance(a.answer, Refusal)]
    assert len(ledger) == WRITERS * EACH
    assert overlaps(committed_db) == 0
    assert all(r.detail and "{" not in r.detail for r in refused)
    assert (len(done) > 0, len(refused) > 0) == (True, True)
    _nothing_was_overwritten(done)
    _the_journal_knows(ledger, done)
    _every_visit_has_its_one_engagement()
    TALLY["many dispatchers: attempts"] += len(ledger)
    TALLY["many dispatchers: done"] += len(done)
    TALLY["many dispatchers: deadlocks, done again unseen"] += deadlocks(committed_db) - before
    TALLY.update(Counter(f"many dispatchers: told {type(r).__name__}" for r in refused))


def _nothing_was_overwritten(done: list[Attempt]) -> None:
    """Of those who had looked at one state of a visit, one changed it; the others were told that it had changed."""
    looked = Counter((a.visit, a.revision) for a in done)
    assert set(looked.values()) == {1}


def _the_journal_knows(ledger: list[Attempt], done: list[Attempt]) -> None:
    """What was answered "done" is there, once; of what was refused there is nothing."""
    said = {a.command for a in done}
    kept = set(Command.objects.filter(id__in=[a.command for a in ledger]).values_list("id", flat=True))
    events = Event.objects.filter(command__in=[a.command for a in ledger])
    assert kept == said == set(events.values_list("command", flat=True))
    moves = [a.command for a in done if a.what == "move"]
    assert events.filter(name="visit.moved").count() == len(moves)


def _every_visit_has_its_one_engagement() -> None:
    live = dict(Engagement.objects.filter(live=True).values_list("about_id", "person_id"))
    there = Visit.objects.filter(moved_at=None).exclude(technician=None)
    assert live == dict(there.values_list("id", "technician_id"))
    chained = Promise.objects.exclude(successor_of=None).values_list("visit__moved_from", "successor_of__visit")
    assert all(a == b for a, b in chained)
    assert chained.count() == Visit.objects.exclude(moved_at=None).count()


def test_of_two_who_swap_what_they_saw_the_second_is_told_that_it_has_changed(board: Cast) -> None:
    a, b, c = Visit.objects.order_by("id")[:3]
    visits.swap(a.id, b.id, a.revision, b.revision, **door(board.priya))

    for one, other in ((a, c), (c, b)):
        with pytest.raises(Stale):
            visits.swap(one.id, other.id, one.revision, other.revision, **door(board.colm))


def test_a_move_of_what_has_changed_meanwhile_is_refused(board: Cast) -> None:
    visit = Visit.objects.order_by("id")[0]
    visits.assign(visit.id, board.sam.id, at("15:00"), at("16:00"), visit.revision, **door(board.priya))

    with pytest.raises(Stale):
        dispatch.move(visit.id, at("12:00"), at("14:00"), "us", revision=visit.revision, **door(board.colm))
