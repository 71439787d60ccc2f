"""Sign mode and the walk-through that is sent: the customer's own answer, wherever they give it (E-6, E-7)."""

import pytest
from tests.cast import Cast, at, door
from tests.visits.steps import after, newest

from goodword.customers import actions as customers
from goodword.customers.models import Channel
from goodword.kit.actors import Actor
from goodword.kit.files import path_of
from goodword.kit.ids import uuid7
from goodword.kit.links import find_link, open_link
from goodword.kit.models import File
from goodword.messaging.models import Message
from goodword.next_steps.models import Step
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.visits.queries import to_show, walk_through_opened

PICTURE = b"\x89PNG\r\n\x1a\n a name"


def test_with_the_phone_in_their_hand_the_customer_sees_answers_and_signs(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "clean_up")

    visits.sign_off(visit.id, True, "Lovely.", PICTURE, **door(cast.sam, at("10:00")))

    row = Visit.objects.get(id=visit.id)
    assert (row.walked_through_how, row.satisfied, row.signed_at) == ("together", True, at("10:00"))
    signature = File.objects.get(sha256=newest("visit.signed").facts["file"])
    assert path_of(signature).read_bytes() == PICTURE
    assert row.shown.exists()


def test_without_a_signature_the_answer_counts_all_the_same(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "clean_up")

    visits.sign_off(visit.id, True, **door(cast.sam, at("10:00")))

    row = Visit.objects.get(id=visit.id)
    assert (row.satisfied, row.signed_at) == (True, None)


def test_not_quite_with_words_opens_a_call_by_itself_and_the_visit_ends(cast: Cast, visit: Visit) -> None:
    """E-7."""
    after(visit, cast, "clean_up")
    visits.sign_off(visit.id, False, "It still knocks.", **door(cast.sam, at("10:00")))

    visits.complete(visit.id, "fixed", **door(cast.sam, at("10:05")))

    step = Step.objects.get(about_id=visit.id)
    assert (step.words, step.owner_role, step.due_at > at("10:00")) == ("It still knocks.", "office", True)
    assert Visit.objects.get(id=visit.id).steps_missed == []


@pytest.mark.shows("S0-17")
def test_a_no_by_the_link_opens_a_call_and_a_yes_after_it_closes_the_call(cast: Cast, visit: Visit) -> None:
    """E-6, E-7: the link answers too."""
    after(visit, cast, "clean_up")
    visits.walk_through(visit.id, **door(cast.sam, at("10:00")))
    them = Actor("link", uuid7())

    visits.answer_satisfied(visit.id, False, by=them, at=at("10:01"), command=uuid7())
    assert Step.objects.waiting().filter(about_id=visit.id).count() == 1
    visits.answer_satisfied(visit.id, True, by=them, at=at("10:03"), command=uuid7())

    assert not Step.objects.waiting().filter(about_id=visit.id).exists()


def test_the_older_no_that_arrives_late_opens_nothing(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "clean_up")
    visits.sign_off(visit.id, True, **door(cast.sam, at("10:05")))

    visits.answer_satisfied(visit.id, False, "Hm.", **door(cast.sam, at("10:02")))

    assert Visit.objects.get(id=visit.id).satisfied is True
    assert not Step.objects.waiting().filter(about_id=visit.id).exists()


@pytest.mark.shows("S0-15")
def test_what_was_done_is_sent_to_who_was_not_there_and_its_opening_is_seen(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "clean_up")

    visits.walk_through(visit.id, "sent", [{"words": "Boiler cleaned"}], **door(cast.sam, at("10:00")))

    message = Message.objects.get(purpose="walk_through")
    assert "Mrs Adeyemi" in message.body
    assert "- Boiler cleaned" in message.body
    assert message.body.endswith("Wend & Daughters, Aldermere")
    assert walk_through_opened(visit.id) is False
    key = message.body.split("/v/")[1].split("/")[0].split()[0]
    assert find_link(key) is not None
    open_link(key, "GET")
    assert walk_through_opened(visit.id) is True


def test_sent_the_answer_comes_by_link_and_is_not_asked_at_the_door(cast: Cast, visit: Visit) -> None:
    """E-6."""
    after(visit, cast, "clean_up")
    visits.walk_through(visit.id, "sent", **door(cast.sam, at("10:00")))

    visits.complete(visit.id, "fixed", **door(cast.sam, at("10:01")))

    assert Visit.objects.get(id=visit.id).steps_missed == []


def test_nobody_to_write_to_becomes_a_call(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "clean_up")
    for channel in Channel.objects.filter(contact__customer=visit.order.customer_id, kind="email"):
        customers.set_consent(channel.id, "service", False, "phone", **door())

    visits.walk_through(visit.id, "sent", **door(cast.sam, at("10:00")))

    assert "tell them what was done" in Step.objects.get(about_id=visit.id).words


def test_what_is_shown_is_the_work_that_was_done_and_how_the_areas_were_left(cast: Cast, visit: Visit) -> None:
    after(visit, cast, "clean_up")

    assert to_show(Visit.objects.get(id=visit.id))[-1].startswith(("Left clean", "Everything is left clean"))
