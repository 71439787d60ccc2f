"""Nothing is owed by nobody, and nothing without a date."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from tests.cast import NOW, at, door, queries

from goodword.kit.doors import opened
from goodword.kit.ids import uuid7
from goodword.kit.models import Event
from goodword.kit.refusals import NotFound
from goodword.next_steps.actions import done_step, hand_step, open_step, reopen_step
from goodword.next_steps.errors import NobodyOwnsIt, StepDone, StepWaits
from goodword.next_steps.models import Step
from goodword.next_steps.queries import may_do, open_steps, overdue, steps_about

REASON = "nobody-to-write-to"


def a_step(branch, owner=None, role="office", due="11:00", about=None, **said) -> Step:
    return open_step(
        "call",
        owner and owner.id,
        role,
        branch.id,
        at(due),
        "visit",
        about or uuid7(),
        "nobody-to-write-to",
        **said,
        **door(),
    )


def test_a_step_says_who_what_and_by_when(cast):
    about = uuid7()
    step = a_step(cast.aldermere, cast.hanna, "", about=about, words="Mrs Hale has no e-mail.")

    event = Event.objects.get(name="step.opened")
    assert (step.owner, step.due_at, step.words) == (cast.hanna, at("11:00"), "Mrs Hale has no e-mail.")
    assert (event.scope, event.facts["about"], event.facts["reason"]) == (
        cast.aldermere.id,
        str(about),
        "nobody-to-write-to",
    )
    assert "Hale" not in str(event.facts)


def test_nobody_may_own_it_is_refused(cast):
    with pytest.raises(NobodyOwnsIt):
        a_step(cast.aldermere, role="")
    with pytest.raises(NobodyOwnsIt):
        hand_step(a_step(cast.aldermere).id, None, **door())
    with pytest.raises(NotFound):
        open_step("call", uuid7(), "", None, NOW, "visit", uuid7(), "x", **door())


def test_the_database_refuses_a_step_that_nobody_owns(cast):
    step = a_step(cast.aldermere)

    with opened("test"), pytest.raises(IntegrityError, match="step_has_an_owner"):
        Step.objects.filter(id=step.id).update(owner_role="")


def test_it_can_be_handed_on_and_done(cast):
    step = a_step(cast.aldermere)

    hand_step(step.id, cast.sam.id, **door())
    done = done_step(step.id, "She is told.", **door(cast.sam, at("10:15")))

    assert (done.owner, done.done_at, done.done_by, done.done_words) == (
        cast.sam,
        at("10:15"),
        cast.sam.id,
        "She is told.",
    )
    assert list(Event.objects.filter(name__startswith="step.").order_by("id").values_list("name", flat=True)) == [
        "step.opened",
        "step.handed",
        "step.done",
    ]


def test_what_is_done_stays_done(cast):
    step = a_step(cast.aldermere)
    done_step(step.id, **door())

    with pytest.raises(StepDone):
        done_step(step.id, **door())
    with pytest.raises(StepDone):
        hand_step(step.id, cast.sam.id, **door())


def test_done_earlier_than_opened_counts_from_the_opening(cast):
    assert done_step(a_step(cast.aldermere).id, **door(when=NOW - timedelta(hours=1))).done_at == NOW


def test_what_waits_comes_by_due_date(cast):
    late, soon, done = a_step(cast.aldermere, due="15:00"), a_step(cast.aldermere, due="10:00"), a_step(cast.aldermere)
    done_step(done.id, **door())

    viewer = cast.viewer("hanna")

    with queries(at_most=1):
        assert list(open_steps(viewer)) == [soon, late]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("ruth", {"office here", "office there", "sam", "beth", "technicians"}),
        ("hanna", {"office here", "office there", "sam", "beth", "technicians"}),
        ("priya", {"office here", "sam", "technicians"}),
        ("tom", {"office there", "beth"}),
        ("sam", {"sam", "technicians"}),
        ("beth", {"beth"}),
        ("nobody", set()),
    ],
)
def test_each_sees_ones_own_and_what_one_reads(cast, who, sees):
    named = {
        "office here": a_step(cast.aldermere),
        "office there": a_step(cast.kilnsea),
        "sam": a_step(cast.aldermere, cast.sam, ""),
        "beth": a_step(cast.kilnsea, cast.beth, ""),
        "technicians": a_step(cast.aldermere, role="technician"),
    }

    seen = set(open_steps(cast.viewer(who)))

    assert {name for name, step in named.items() if step in seen} == sees


def test_a_room_finds_the_steps_about_its_rows(cast):
    about = uuid7()
    first, other = a_step(cast.aldermere, about=about), a_step(cast.aldermere)

    assert list(steps_about([about], "call")) == [first]
    assert list(steps_about([about], "settle-message")) == []
    assert other not in steps_about([about])


@pytest.mark.parametrize(("now", "found"), [("10:59", 0), ("11:00", 1)])
def test_overdue_from_the_very_minute(cast, now, found):
    a_step(cast.aldermere)

    assert len(overdue(at(now))) == found


def test_a_token_that_may_not_read_sees_nothing(cast):
    a_step(cast.aldermere)

    assert not open_steps(cast.viewer("hanna", {"book"}))
    assert open_steps(cast.viewer("hanna", {"read"}))


def test_what_was_done_by_a_slip_waits_again_as_due_as_before(cast):
    step = a_step(cast.aldermere)
    with pytest.raises(StepWaits):
        reopen_step(step.id, **door(cast.hanna))
    done_step(step.id, "I called.", **door(cast.hanna))

    reopen_step(step.id, **door(cast.hanna))

    step.refresh_from_db()
    assert (step.done_at, step.done_by, step.done_words, step.due_at) == (None, None, "", at("11:00"))
    assert Event.objects.filter(name="step.reopened", about_id=step.id).count() == 1


def test_who_may_say_that_it_is_done(cast):
    """Its owner, whoever has the role, and who books or staffs at the branch."""
    of_the_office, of_sam = a_step(cast.aldermere), a_step(cast.aldermere, cast.sam, "")
    of_accounts = a_step(cast.aldermere, None, "accountant")

    def who(step: Step) -> set[str]:
        return {name for name in ("sam", "priya", "tom", "hanna", "june", "colm") if may_do(cast.viewer(name), step)}

    assert who(of_the_office) == {"priya", "hanna", "colm"}
    assert who(of_sam) == {"sam", "priya", "hanna", "colm"}
    assert who(of_accounts) == {"priya", "hanna", "colm", "june"}
