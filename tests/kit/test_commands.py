"""The batch door: five answers, and nothing that can be read is ever lost."""

import logging
import random
from uuid import UUID

import pytest
from django.db import connection
from tests.kit.sending import ADE, SAM, at_once, command, noted, send, send_all
from tests.kit.wiring import POISONS

from goodword.kit.commands import BATCH
from goodword.kit.ids import uuid7
from goodword.kit.models import Command, Event, Held


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="goodword.kit.commands")


def test_a_command_is_applied_and_says_what_changed(db):
    sent = command()

    answer = send(sent)

    assert answer == {"command": sent["command"], "status": "applied", "about": sent["command"]}
    assert noted(command=sent["command"]) == 1


def test_the_same_command_again_gets_the_first_answer_and_happens_once(db):
    sent = command()

    first, second = send(sent), send(sent)

    assert second == first | {"status": "duplicate", "first": "applied"}
    assert noted() == 1


def test_the_same_command_five_times_at_once_happens_once(committed_db):
    sent = command()

    answers = at_once(5, lambda _n: send(sent))

    assert sorted(a["status"] for a in answers) == ["applied"] + ["duplicate"] * 4
    assert noted() == 1
    assert Command.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [{"facts": {"a": 2}}, {"kind": "test.mine"}, {"at": "2026-11-02T09:41:00Z"}, {"about": str(uuid7())}, {"seq": 7}],
)
def test_a_used_id_with_another_body_is_refused(db, other):
    sent = command(facts={"a": 1})
    send(sent)

    answer = send(sent | other)

    assert (answer["status"], answer["code"]) == ("refused", "command-reused")
    assert noted() == 1


def test_somebody_elses_command_id_tells_nothing(db):
    sent = command()
    send(sent, by=SAM)

    answer = send(sent, by=ADE)

    assert (answer["status"], answer["code"]) == ("refused", "command-reused")
    assert "about" not in answer


@pytest.mark.parametrize("other", [{"facts": {}}, {"facts": {"a": 2}}])
def test_a_held_command_keeps_its_answer_and_its_id(db, other):
    sent = command("test.unheard-of", facts={"a": 1})
    first = send(sent)

    assert first["status"] == "held"
    assert send(sent) == first | {"status": "duplicate", "first": "held"}
    assert send(sent | other)["code"] == "command-reused"


def test_a_kind_of_a_newer_app_is_held_whole(db):
    sent = command("test.from-2031", facts={"new": [1, {"deep": "ünïcode"}]})

    answer = send(sent)

    assert (answer["status"], answer["code"]) == ("held", "unknown-kind")
    held = Held.objects.get()
    assert held.command.facts == sent["facts"]
    assert Event.objects.get(name="command.held").facts == {"code": "unknown-kind"}


def test_a_handler_that_is_gone_holds_its_commands(db):
    assert send(command("test.gone"))["status"] == "held"


def test_a_refusal_holds_the_command_with_plain_words(db):
    answer = send(command("test.mine"))

    assert answer["status"] == "held"
    assert answer["says"] == "This is not yours any more."
    assert noted() == 0


def test_a_held_command_goes_to_the_senders_branch_when_its_refusal_names_none(db):
    branch = uuid7()

    send(command("test.mine"), scope=branch)

    assert Held.objects.get().scope == branch
    assert Event.objects.get(name="command.held").scope == branch


def test_who_is_online_is_asked_back_and_nothing_is_written(db):
    answer = send(command("test.ask"), online=True)

    assert answer["status"] == "asks"
    assert answer["asks"] == [
        {"code": "not-washed", "says": "Wash up first.", "cleared_by": ["test.wash"], "way_on": "Say why not."}
    ]
    assert (Command.objects.count(), Event.objects.count(), Held.objects.count()) == (0, 0, 0)


def test_what_was_asked_can_be_sent_again_under_the_same_id(db):
    sent = command("test.ask")
    send(sent, online=True)

    assert send(sent | {"facts": {"washed": True}}, online=True)["status"] == "applied"


def test_who_is_away_is_not_asked_but_held(db):
    assert send(command("test.ask"))["code"] == "asks"
    assert Held.objects.get().code == "asks"


# Poison: one bad command never blocks the rest


@pytest.mark.parametrize("how", sorted(POISONS))
def test_whatever_a_handler_does_wrong_holds_its_command_and_leaves_nothing_behind(db, how):
    before, poison, after = command(), command("test.poison", facts={"how": how}), command()

    answers = send_all([before, poison, after])

    assert [a["status"] for a in answers] == ["applied", "held", "applied"]
    assert answers[1]["code"] == "could-not-apply"
    assert noted() == 2


@pytest.mark.parametrize("place", [0, 1, 24, 48, 49])
@pytest.mark.parametrize("bad", [command("test.poison", facts={"how": "value"}), "not even an object"])
def test_one_poison_command_at_any_place_leaves_the_other_49_applied(db, place, bad):
    batch = [command() for _ in range(BATCH - 1)]
    batch.insert(place, bad)

    answers = send_all(batch)

    assert [a["status"] for i, a in enumerate(answers) if i != place] == ["applied"] * 49
    assert answers[place]["status"] in {"held", "refused"}
    assert noted() == 49


def test_a_random_batch_sent_one_to_five_times_in_any_order_happens_once(db):
    chance = random.Random(7)
    batch = [command(device=str(UUID(int=9)), seq=n) for n in range(60)]
    sent = [c for c in batch for _ in range(chance.randint(1, 5))]
    chance.shuffle(sent)

    for start in range(0, len(sent), BATCH):
        send_all(sent[start : start + BATCH])

    assert noted() == 60
    assert Command.objects.filter(status="applied").count() == 60


# The device's order


def test_a_batch_is_applied_in_the_devices_order_and_answered_in_the_order_sent(db):
    phone, thing = str(uuid7()), str(uuid7())
    batch = [command("test.stage", device=phone, seq=n, about=thing, facts={"n": n}) for n in (3, 1, 2)]

    answers = send_all(batch)

    assert [a["command"] for a in answers] == [c["command"] for c in batch]
    assert [a["status"] for a in answers] == ["applied"] * 3


def test_a_gap_in_the_sequence_is_noted_and_not_waited_for(db):
    phone = str(uuid7())

    for seq in (1, 2, 7):
        assert send(command(device=phone, seq=seq))["status"] == "applied"

    assert list(Command.objects.order_by("seq").values_list("seq", "gap_before")) == [(1, 0), (2, 0), (7, 4)]


def test_the_largest_gap_can_be_noted(db):
    phone = str(uuid7())
    send(command(device=phone, seq=0))

    assert send(command(device=phone, seq=2**53 - 1))["status"] == "applied"


def test_two_phones_with_one_device_id_lose_nothing(db):
    """A phone restored from another phone's backup: the same device, the same numbers, other commands."""
    phone = str(uuid7())
    first = [command(device=phone, seq=n, facts={"from": "old"}) for n in range(3)]
    second = [command(device=phone, seq=n, facts={"from": "new"}) for n in range(3)]
    send_all(first)

    answers = send_all(second)

    assert {(a["status"], a["code"]) for a in answers} == {("held", "sequence-used")}
    assert Command.objects.filter(facts__contains={"from": "new"}, seq=None, status="held").count() == 3
    assert [a["status"] for a in send_all(second)] == ["duplicate"] * 3


def test_two_commands_with_one_number_at_once_are_both_kept(committed_db):
    phone = str(uuid7())

    answers = at_once(6, lambda _n: send(command(device=phone, seq=1)))

    assert sorted(a["status"] for a in answers) == ["applied"] + ["held"] * 5
    assert Command.objects.count() == 6


# When the database itself is in trouble, the command is not to blame


def test_a_deadlock_is_tried_again_as_a_whole(committed_db, monkeypatch):
    """Two commands that lock two rows crosswise: PostgreSQL ends one, and it is simply done again."""
    from tests.kit import wiring

    def crosswise(envelope, by):
        order = envelope.facts["order"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [order[0]])
            cursor.execute("SELECT pg_sleep(0.1)")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [order[1]])
        return wiring.note(envelope, by)

    monkeypatch.setattr(wiring, "crosswise", crosswise, raising=False)
    monkeypatch.setitem(wiring.commands, "test.crosswise", "tests.kit.wiring.crosswise")

    answers = at_once(2, lambda n: send(command("test.crosswise", facts={"order": [11, 12] if n else [12, 11]})))

    assert [a["status"] for a in answers] == ["applied", "applied"]
    assert noted() == 2


def test_a_lost_connection_answers_nothing_rather_than_held(committed_db, monkeypatch):
    from django.db import OperationalError
    from tests.kit import wiring

    def cut(envelope, by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid = cursor.fetchone()[0]
        with committed_db.as_superuser() as other:
            other.execute("SELECT pg_terminate_backend(%s)", [pid])
        return wiring.note(envelope, by)

    monkeypatch.setattr(wiring, "cut", cut, raising=False)
    monkeypatch.setitem(wiring.commands, "test.cut", "tests.kit.wiring.cut")
    sent = command("test.cut")

    with pytest.raises(OperationalError):
        send(sent)
    connection.close()

    assert Command.objects.count() == 0
    monkeypatch.setitem(wiring.commands, "test.cut", "tests.kit.wiring.note")
    assert send(sent)["status"] == "applied"
