"""What a customer reads, and what stands in their diary, when a visit is agreed, moved, cancelled."""

import pytest
from icalendar import Calendar
from tests.cast import Cast, at, door
from tests.field import promised, visit_of

from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.messaging.models import Message
from goodword.next_steps.models import Step
from goodword.promises.models import Promise


@pytest.fixture
def promise(cast: Cast, site: Site) -> Promise:
    return promised(visit_of(site, cast.sam, "12:00", "13:00"), "11:30", "13:30")


def entry(message: Message) -> dict[str, str]:
    (attached,) = message.attachments
    event = Calendar.from_ical(attached["text"]).walk("VEVENT")[0]
    return {key: str(event[key]) for key in ("UID", "SEQUENCE", "STATUS", "LOCATION", "SUMMARY")}


def test_a_visit_that_moves_stays_one_entry_in_the_diary_and_leaves_it_when_cancelled(
    cast: Cast, promise: Promise
) -> None:
    moved = dispatch.move(promise.visit_id, at("14:00"), at("16:00"), "customer", **door())
    again = dispatch.move(moved.visit_id, at("15:00"), at("17:00"), "customer", **door())
    dispatch.cancel(again.visit_id, "customer", **door())

    first, second, gone = (entry(m) for m in Message.objects.order_by("queued_at", "id"))

    assert first["UID"] == second["UID"] == gone["UID"]
    assert [first["SEQUENCE"], second["SEQUENCE"], gone["SEQUENCE"]] == ["1", "2", "3"]
    assert (first["STATUS"], gone["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert "Tanner's Row" in first["LOCATION"]
    assert "Wend" in first["SUMMARY"]


def test_the_confirmation_says_where_what_and_who_we_are(cast: Cast, promise: Promise) -> None:
    dispatch.move(promise.visit_id, at("14:00"), at("16:00"), "customer", **door())

    body = Message.objects.get().body

    assert "Where: 3 Tanner's Row" in body
    assert "Wend" in body


def test_when_we_cancel_we_are_sorry_and_owe_a_call_for_a_new_time(cast: Cast, promise: Promise) -> None:
    dispatch.cancel(promise.visit_id, "us", "Omar is sick", **door())

    assert "we are sorry" in Message.objects.get().body
    step = Step.objects.get(about_id=promise.visit_id)
    assert (step.kind, step.reason, "Omar is sick" in step.words) == ("new_time", "cancelled", True)
    assert step.due_at > at("09:40")


def test_when_they_cancel_nobody_owes_anything(cast: Cast, promise: Promise) -> None:
    dispatch.cancel(promise.visit_id, "customer", **door())

    assert "as you wished" in Message.objects.get().body
    assert not Step.objects.filter(about_id=promise.visit_id).exists()
