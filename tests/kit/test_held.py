"""Held is not discarded: a person applies it, changes it, moves it or declines it; or it goes through by itself."""

import pytest
from tests.cast import queries
from tests.kit.sending import AT, OFFICE, SAM, at_once, command, noted, send, send_all

from goodword.kit.held import AlreadySettled, settle
from goodword.kit.ids import uuid7
from goodword.kit.models import Command, Event, Held
from goodword.kit.refusals import BadInput, NotFound, Refusal


def held(kind="test.mine", **said) -> Held:
    send(command(kind, **said))
    return Held.objects.latest("opened_at")


def door(by=OFFICE, **said):
    return {"by": by, "at": AT, "command": uuid7(), **said}


def test_it_can_be_applied_once_what_stood_in_its_way_is_gone(db):
    thing = str(uuid7())
    item = held("test.stage", about=thing, facts={"n": 2})
    send(command("test.stage", about=thing, facts={"n": 1}))

    settled = settle(item.id, "applied", **door())

    assert (settled.how, settled.settled_by) == ("applied", OFFICE.id)
    assert Command.objects.get(id=item.command_id).status == "applied"
    assert noted(command=item.command_id, by_id=SAM.id) == 1, "it is done in the name of who sent it"
    assert Event.objects.get(name="command.settled").by_id == OFFICE.id, "the event says who settled it"


def test_it_can_be_applied_with_changed_facts_and_both_are_kept(db):
    item = held(facts={"owner": "you", "kept": 1})

    settle(item.id, "changed", facts={"owner": "me"}, **door())

    item.refresh_from_db()
    assert item.changes["facts"] == {"owner": "me"}
    assert item.command.facts == {"owner": "you", "kept": 1}
    assert Event.objects.get(name="test.noted").facts["kept"] == 1


def test_it_can_be_moved_to_another_thing(db):
    this, other = str(uuid7()), uuid7()
    send(command("test.stage", about=str(other), facts={"n": 1}))
    item = held("test.stage", about=this, facts={"n": 2})

    settle(item.id, "moved", about=other, **door())

    assert noted(facts__about=str(other), facts__n=2) == 1


def test_it_can_be_declined_with_words_for_who_sent_it(db):
    item = held()

    settle(item.id, "declined", "Ade had done it by then.", **door())

    item.refresh_from_db()
    assert (item.how, item.words) == ("declined", "Ade had done it by then.")
    assert item.command.status == "declined"
    assert noted() == 0


@pytest.mark.parametrize(
    ("how", "said"), [("declined", {}), ("declined", {"words": "  "}), ("moved", {}), ("changed", {}), ("burned", {})]
)
def test_half_a_decision_is_refused(db, how, said):
    item = held()

    with pytest.raises(BadInput):
        settle(item.id, how, **said, **door())

    item.refresh_from_db()
    assert item.settled_at is None


def test_what_still_cannot_be_applied_stays_held(db):
    item = held()

    with pytest.raises(Refusal, match="not yours any more"):
        settle(item.id, "applied", **door())

    item.refresh_from_db()
    assert (item.settled_at, item.command.status) == (None, "held")


def test_nobody_settles_twice(db):
    item = held()
    settle(item.id, "declined", "no", **door())

    with pytest.raises(AlreadySettled):
        settle(item.id, "applied", **door())


def test_two_people_settling_at_once_settle_once(committed_db):
    item = held(facts={"owner": "you"})

    found = at_once(2, lambda n: settle(item.id, "changed", facts={"owner": "me"}, **door()))

    assert sorted(type(f).__name__ for f in found) == ["AlreadySettled", "Held"]
    assert noted() == 1


def test_the_same_settling_sent_twice_is_one(db):
    item, once = held(), door()

    first = settle(item.id, "declined", "no", **once)
    again = settle(item.id, "declined", "no", **once)

    assert again.id == first.id
    assert Event.objects.filter(name="command.settled").count() == 1


def test_nothing_there_is_not_found(db):
    with pytest.raises(NotFound):
        settle(uuid7(), "declined", "no", **door())


def test_a_second_phones_command_can_be_applied_by_a_person(db):
    phone = str(uuid7())
    send(command(device=phone, seq=1))
    item = held("test.note", device=phone, seq=1)
    assert item.code == "sequence-used"

    settle(item.id, "applied", **door())

    assert noted() == 2


# What only overtook an earlier command of its device


def test_a_later_stage_that_overtook_an_earlier_one_goes_through_when_that_arrives(db):
    phone, thing = str(uuid7()), str(uuid7())
    one, two, three = (command("test.stage", device=phone, seq=n, about=thing, facts={"n": n}) for n in (1, 2, 3))

    assert [a["status"] for a in send_all([three, two])] == ["held", "held"]
    assert send(one)["status"] == "applied"

    assert Command.objects.filter(status="applied").count() == 3
    assert set(Held.objects.values_list("how", flat=True)) == {"by_itself"}
    assert list(Event.objects.filter(name="test.noted").order_by("id").values_list("facts__n", flat=True)) == [1, 2, 3]


def test_it_goes_through_once_even_when_its_device_sends_at_once(committed_db):
    phone, thing = str(uuid7()), str(uuid7())
    two, one = (command("test.stage", device=phone, seq=n, about=thing, facts={"n": n}) for n in (2, 1))
    send(two)

    at_once(4, lambda n: send(one if n == 0 else command(device=phone, seq=10 + n)))
    send(command(device=phone, seq=20))

    assert noted(facts__n=2) == 1
    assert Held.objects.filter(settled_at=None).count() == 0


def test_what_was_refused_for_another_reason_waits_for_a_person(db):
    phone = str(uuid7())
    send(command("test.mine", device=phone, seq=1))

    send(command(device=phone, seq=2))

    assert Held.objects.get().settled_at is None


def test_another_device_moves_nothing(db):
    thing = str(uuid7())
    send(command("test.stage", device=str(uuid7()), seq=2, about=thing, facts={"n": 2}))

    send(command("test.stage", device=str(uuid7()), seq=1, about=thing, facts={"n": 1}))

    assert Held.objects.get().settled_at is None


def test_what_was_cut_off_before_it_looked_at_who_waits_is_made_up_for_when_it_is_sent_again(db, monkeypatch):
    """The process that received the first number dies between its commit and the look at what waits for it."""
    phone, thing = str(uuid7()), str(uuid7())
    one, two = (command("test.stage", device=phone, seq=n, about=thing, facts={"n": n}) for n in (1, 2))
    send(two)
    with monkeypatch.context() as killed:
        killed.setattr("goodword.kit.commands.retry_held", lambda *_a: 0)
        send(one)
    assert Held.objects.get().settled_at is None

    assert send(one)["status"] == "duplicate"

    assert Held.objects.get().how == "by_itself"


def test_what_waits_is_looked_at_by_whoever_commits_last(db, monkeypatch):
    """The first number is committed while the second is already being held: nobody else would look again."""
    from goodword.kit import commands

    phone, thing = str(uuid7()), str(uuid7())
    one, two = (command("test.stage", device=phone, seq=n, about=thing, facts={"n": n}) for n in (1, 2))
    before = commands._receive

    def beside(envelope, by, scope):
        answer = before(envelope, by, scope)
        monkeypatch.setattr(commands, "_receive", before)
        with monkeypatch.context() as early:
            early.setattr(commands, "retry_held", lambda *_a: 0)
            send(one)
        return answer

    monkeypatch.setattr(commands, "_receive", beside)

    send(two)

    assert noted() == 2


def test_a_phone_with_weeks_of_work_tries_only_what_a_command_is_about(db):
    phone, things = str(uuid7()), [str(uuid7()) for _n in range(30)]
    for n, thing in enumerate(things):
        send(command("test.stage", device=phone, seq=n, about=thing, facts={"n": 2}))

    with queries(at_most=40):
        send(command("test.stage", device=phone, seq=50, about=things[7], facts={"n": 1}))

    assert Held.objects.exclude(settled_at=None).count() == 1


def test_what_waited_for_a_held_command_goes_through_when_a_person_settles_that_one(db):
    phone, thing = str(uuid7()), str(uuid7())
    first = held(device=phone, seq=1, about=thing, facts={"owner": "you", "n": 1})
    send(command("test.stage", device=phone, seq=2, about=thing, facts={"n": 2}))

    settle(first.id, "changed", facts={"owner": "me"}, **door())

    assert noted(facts__n=2) == 1
    assert Held.objects.get(command__seq=2).how == "by_itself"
