"""Perhaps sent, perhaps not: nobody sends it again by itself, and somebody must decide."""

import pytest
from tests.cast import at, door
from tests.kit.sending import at_once
from tests.messaging.writing import a_message, now, story, unknown

from goodword.kit.ids import uuid7
from goodword.kit.refusals import BadInput, NotFound
from goodword.messaging.actions import claim, delivered, failed, mark_unknown, settle
from goodword.messaging.errors import NothingToSettle
from goodword.messaging.queries import to_settle
from goodword.next_steps.models import Step


def test_a_claim_whose_sender_is_gone_is_unknown_and_somebody_must_decide(cast):
    message = unknown(cast)

    step = Step.objects.get()
    assert (message.status, message.lease_until, message.token) == ("unknown", None, 2)
    assert (step.kind, step.about_id, step.owner_role) == ("settle-message", message.id, "office")
    assert (claim(), mark_unknown()) == ([], 0), "never again by itself"
    assert story(message) == ["queued", "claimed", "unknown"]
    assert list(to_settle(cast.viewer("priya"))) == [message]
    assert list(to_settle(cast.viewer("tom"))) == []


def test_a_lease_that_has_not_ended_is_left_alone(cast):
    a_message(cast)
    claim()

    assert mark_unknown() == 0


@pytest.mark.parametrize(
    ("how", "status", "event"),
    [("resend", "queued", "queued"), ("sent", "accepted", "accepted"), ("drop", "failed", "failed")],
)
def test_a_person_settles_what_nobody_knows(cast, how, status, event):
    message = unknown(cast)

    settle(message.id, how, **door(cast.hanna))

    assert (now(message).status, message.settled_by) == (status, cast.hanna.id)
    assert story(message)[-1] == event
    assert Step.objects.get(kind="settle-message").done_by == cast.hanna.id
    assert Step.objects.filter(kind="call").exists() == (how == "drop")
    assert bool(claim()) == (how == "resend")


@pytest.mark.parametrize("how", ["", "burn"])
def test_it_is_settled_in_one_of_three_ways(cast, how):
    with pytest.raises(BadInput):
        settle(unknown(cast).id, how, **door())


def test_nothing_else_can_be_settled(cast):
    message = a_message(cast)

    for how in ("resend", "sent", "drop"):
        with pytest.raises(NothingToSettle):
            settle(message.id, how, **door())
    with pytest.raises(NotFound):
        settle(uuid7(), "sent", **door())


def test_two_people_settle_it_once(committed_cast):
    message = unknown(committed_cast)

    found = at_once(2, lambda n: settle(message.id, ["resend", "sent"][n], **door()))

    assert sorted(type(f).__name__ for f in found) == ["Message", "NothingToSettle"]


def test_a_delivery_report_settles_it_in_any_order_and_number(cast):
    message = unknown(cast)

    delivered(message.id, **door(when=at("09:50")))
    delivered(message.id, **door(when=at("09:55")))

    assert (now(message).status, message.delivered_at) == ("delivered", at("09:50"))
    assert story(message).count("delivered") == 1
    assert Step.objects.get(kind="settle-message").done_at is not None


def test_a_failed_message_can_be_sent_after_all(cast):
    message = a_message(cast)
    (taken,) = claim()
    failed(message.id, taken.token, "smtp-550", True, **door())

    settle(message.id, "resend", **door(cast.hanna))

    assert claim() == [message]
