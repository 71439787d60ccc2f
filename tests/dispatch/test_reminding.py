"""The day before: reminded once, by name, where they allow it; else somebody calls."""

from datetime import timedelta

import pytest
from tests.cast import MONDAY, Cast, at, door
from tests.field import promised, site_of, visit_of

from goodword.customers import actions as customers
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.dispatch.actions.reminding import remind_all
from goodword.kit.clock import standing_at
from goodword.kit.refusals import BadInput
from goodword.messaging.models import Message
from goodword.messaging.rules import lint
from goodword.next_steps.models import Step
from goodword.promises import actions as promises
from goodword.promises.models import Promise

SUNDAY = MONDAY - timedelta(days=1)


@pytest.fixture
def promise(cast: Cast, site: Site) -> Promise:
    """Made on Saturday for Monday."""
    with standing_at(at("10:00", MONDAY - timedelta(days=2))):
        visit = visit_of(site, cast.sam, "12:00", "13:00")
        when = at("10:00", MONDAY - timedelta(days=2))
        return promises.make_window(visit.id, at("11:30"), at("13:30"), "We come.", **door(when=when))


@pytest.mark.shows("S3-16")
def test_they_are_reminded_once_the_day_before_and_by_name(promise: Promise) -> None:
    with standing_at(at("14:59", SUNDAY)):
        assert remind_all() == 0
    with standing_at(at("15:00", SUNDAY)):
        assert (remind_all(), remind_all()) == (1, 0)

    letter = Message.objects.get(purpose="reminder")
    assert letter.to_address == "adeyemi@example.org"
    assert letter.body.startswith("Dear Mrs Adeyemi,")


def test_without_consent_somebody_calls_instead_and_once(cast: Cast) -> None:
    early = at("10:00", MONDAY - timedelta(days=2))
    with standing_at(early):
        visit = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "12:00", "13:00")
        promises.make_window(visit.id, at("11:30"), at("13:30"), "We come.", **door(when=early))
    with standing_at(at("16:00", SUNDAY)):
        assert (remind_all(), remind_all()) == (1, 0)

    assert not Message.objects.exists()
    assert Step.objects.get().words.startswith("Call and remind them of tomorrow")


def test_a_cancelled_visit_is_not_reminded_of(promise: Promise) -> None:
    early = at("11:00", MONDAY - timedelta(days=2))
    with standing_at(early):
        dispatch.cancel(promise.visit_id, "customer", **door(when=early))
    with standing_at(at("16:00", SUNDAY)):
        remind_all()

    assert not Message.objects.filter(purpose="reminder").exists()


@pytest.mark.shows("S3-16")
def test_after_a_merge_nobody_is_called_by_somebody_elses_name(cast: Cast, promise: Promise) -> None:
    other = site_of("Mr Finch", cast.aldermere, "finch@example.org").customer
    customers.merge(promise.customer_id, other.id, **door())
    with standing_at(at("16:00", SUNDAY)):
        remind_all()

    letter = Message.objects.get(purpose="reminder")
    named = {"adeyemi@example.org": "Mrs Adeyemi", "finch@example.org": "Mr Finch"}
    assert letter.body.startswith(f"Dear {named[letter.to_address]},")


@pytest.mark.shows("S3-16")
@pytest.mark.parametrize(("body", "name"), [("We come.", "Mrs Adeyemi"), ("Dear ,", " "), ("Dear Mr Finch,", "Ada")])
def test_a_message_without_the_readers_name_does_not_go_out(body: str, name: str) -> None:
    with pytest.raises(BadInput):
        lint(body, name)


def test_a_cancellation_that_cannot_be_written_becomes_a_call(cast: Cast) -> None:
    visit = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "12:00", "13:00")
    promised(visit, "11:30", "13:30")

    dispatch.cancel(visit.id, "us", "no part", **door())

    assert any(step.words.startswith("Call and say that the visit is cancelled") for step in Step.objects.all())
