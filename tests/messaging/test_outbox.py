"""The outbox by itself: queued with its fact, claimed by one, finished by whoever holds the claim."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.cast import NOW, door
from tests.kit.sending import at_once
from tests.messaging.writing import a_message, expire, now, story

from goodword.kit.clock import machine_now
from goodword.kit.doors import opened
from goodword.kit.models import Event
from goodword.kit.refusals import BadInput
from goodword.messaging.actions import accepted, claim, failed, mark_unknown, perhaps_sent, settle
from goodword.messaging.errors import LeaseLost
from goodword.messaging.models import Message
from goodword.messaging.queries import counts, messages_about
from goodword.messaging.rules import WAITS, wait_before, why_unsendable
from goodword.next_steps.models import Step


def test_a_message_is_kept_with_its_fact_or_not_at_all(committed_cast):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        a_message(committed_cast)
        1 / 0  # noqa: B018

    assert Message.objects.count() == 0
    assert claim() == []


def test_the_words_stay_out_of_the_journal(cast):
    a_message(cast, attachments=[("visit.ics", "text/calendar", "BEGIN:VCALENDAR")])
    claim()

    said = str(list(Event.objects.filter(name__startswith="message.").values_list("facts", flat=True)))
    assert not [word for word in ("Marion", "marion", "Hale", "Sam", "VCALENDAR") if word in said]


@pytest.mark.parametrize(
    ("kind", "address", "code"),
    [
        ("", "", "nobody-to-write-to"),
        ("email", "", "nobody-to-write-to"),
        ("phone", "+441632960101", "no-way-to-send"),
        ("post", "1 High Street", "no-way-to-send"),
        ("email", "no address", "bad-address"),
        ("email", "marion@", "bad-address"),
        ("email", "marion@hale..example", "bad-address"),
        ("email", "a@b.example, c@d.example", "bad-address"),
        ("email", "marion@hale.example\r\nBcc: all@evil.example", "bad-address"),
        ("email", "x" * 65 + "@hale.example", "bad-address"),
    ],
)
def test_who_cannot_be_written_to_is_called_instead(cast, kind, address, code):
    message = a_message(cast, to_kind=kind, to_address=address)

    step = Step.objects.get()
    assert (message.status, message.code) == ("failed", code)
    assert (step.kind, step.owner_role, step.branch, step.reason) == ("call", "office", cast.aldermere, code)
    assert (step.about_id, step.due_at) == (cast.aldermere.id, NOW + timedelta(hours=2))
    assert story(message) == ["queued", "failed"]
    assert claim() == []


@pytest.mark.parametrize(
    "address",
    [
        "marion@hale.com",
        "marion+plumber@hale.com",
        '"marion hale"@hale.com',
        "o'brien@hale.com",
        "marion@müller.de",
        "postmaster@hale.com",
        f"{'x' * 64}@{'y' * 60}.com",
    ],
)
def test_odd_addresses_that_work_are_taken(address):
    assert why_unsendable("email", address) in {"", "bad-address"}
    assert why_unsendable("email", address) == ("bad-address" if '"' in address else "")


@pytest.mark.parametrize(
    "said",
    [
        {"body": ""},
        {"body": "a\x00b"},
        {"subject": "x" * 201},
        {"attachments": [("a.exe", "application/x-msdownload", "MZ")]},
        {"attachments": [("a.ics", "text/calendar", "x" * 64_001)]},
    ],
)
def test_what_nobody_could_read_is_refused(cast, said):
    with pytest.raises(BadInput):
        a_message(cast, **said)


def test_a_subject_is_one_line_whatever_is_typed(cast):
    message = a_message(cast, subject="Monday\r\nBcc: all@evil.example", to_name="Marion\nHale")

    assert message.subject == "Monday Bcc: all@evil.example"
    assert message.to_name == "Marion Hale"


# Claiming


def test_a_claim_has_a_lease_and_a_token(cast):
    message = a_message(cast)

    (taken,) = claim(lease=timedelta(seconds=60))

    assert taken == message
    assert (taken.status, taken.token, taken.attempts) == ("claimed", 1, 1)
    assert timedelta(seconds=59) < taken.lease_until - machine_now() <= timedelta(seconds=60)
    assert claim() == []


def test_many_senders_never_claim_the_same(committed_cast):
    for _ in range(30):
        a_message(committed_cast)

    found = at_once(8, lambda _n: [m.id for _ in range(6) for m in claim()])

    claimed = [id for ids in found for id in ids]
    assert len(claimed) == len(set(claimed)) == 30


def test_a_claim_that_another_sender_is_making_is_passed_by(committed_db, committed_cast):
    first, second = a_message(committed_cast), a_message(committed_cast)
    with transaction.atomic():
        Message.objects.select_for_update().get(id=first.id)

        (found,) = at_once(1, lambda _n: claim())

    assert [m.id for m in found] == [second.id]


@pytest.mark.parametrize("wrong", ["old token", "no claim"])
def test_only_the_claims_own_token_finishes(cast, wrong):
    message = a_message(cast)
    if wrong == "old token":
        claim()
    for finish in (
        lambda: accepted(message.id, 0, "smtp", "x", **door()),
        lambda: failed(message.id, 0, "smtp-550", True, **door()),
        lambda: perhaps_sent(message.id, 0, "no-answer", **door()),
    ):
        with pytest.raises(LeaseLost):
            finish()

    assert now(message).status == ("claimed" if wrong == "old token" else "queued")


def test_a_zombies_finish_is_refused(cast):
    """It was away until its lease had ended; by then a person had decided to send again."""
    message = a_message(cast)
    (zombie,) = claim()
    expire(message)
    mark_unknown()
    settle(message.id, "resend", **door())
    (other,) = claim()

    with pytest.raises(LeaseLost):
        accepted(message.id, zombie.token, "smtp", "late", **door())
    accepted(message.id, other.token, "smtp", "mine", **door())

    assert (now(message).status, message.provider_id) == ("accepted", "mine")


def test_what_was_taken_is_never_claimed_again(cast):
    message = a_message(cast)
    (taken,) = claim()

    accepted(message.id, taken.token, "smtp", "250 taken as X1", **door())

    assert claim() == []
    assert (now(message).accepted_at, message.lease_until) == (NOW, None)
    assert story(message) == ["queued", "claimed", "accepted"]


# Trying again


def test_a_temporary_refusal_waits_longer_each_time_and_then_somebody_calls(cast):
    message, waits = a_message(cast), []

    while now(message).status == "queued":
        with opened("test"):
            Message.objects.filter(id=message.id).update(next_try_at=machine_now())
        (taken,) = claim()
        failed(message.id, taken.token, "smtp-451", False, **door())
        waits.append(now(message).next_try_at - machine_now())
        if message.status == "queued":
            assert claim() == [], "not before its time"

    rounded = [timedelta(minutes=round(w.total_seconds() / 60)) for w in waits[:-1]]
    assert rounded == list(WAITS)
    assert (message.status, message.attempts, message.code) == ("failed", len(WAITS) + 1, "smtp-451")
    assert Step.objects.get().kind == "call"


def test_a_permanent_refusal_is_not_tried_again(cast):
    message = a_message(cast)
    (taken,) = claim()

    failed(message.id, taken.token, "smtp-550", True, **door())

    assert (now(message).status, message.failed_at) == ("failed", NOW)
    assert Step.objects.get().reason == "smtp-550"
    assert story(message) == ["queued", "claimed", "failed"]


def test_the_waits_grow_and_end():
    waits = [wait_before(n) for n in range(1, len(WAITS) + 1)]

    assert waits == sorted(waits)
    assert wait_before(len(WAITS) + 1) is None


# The database's own law


@pytest.mark.parametrize(
    "change",
    [
        {"status": "sent"},
        {"status": "claimed", "lease_until": None},
        {"status": "accepted", "lease_until": NOW},
        {"next_try_at": None},
    ],
)
def test_the_database_refuses_a_state_that_cannot_be(cast, change):
    message = a_message(cast)

    with opened("test"), pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(id=message.id).update(**change)


def test_what_was_written_about_a_thing_in_order(cast):
    first, second = a_message(cast), a_message(cast, purpose="notice")

    assert list(messages_about([cast.aldermere.id])) == [first, second]
    assert counts() == {"queued": 2, "claimed": 0, "unknown": 0}


def test_the_same_command_queues_once(cast):
    from goodword.messaging.actions import queue

    once = door()
    said = {"purpose": "x", "to_kind": "email", "to_address": "a@hale.com", "to_name": "", "subject": "s", "body": "b"}

    for _ in range(2):
        queue(**said, about=cast.aldermere, scope=None, **once)

    assert Message.objects.count() == 1
    assert connection.in_atomic_block
