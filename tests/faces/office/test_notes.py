"""Notes and talks on the phone, on the customer's and on the visit's page."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cast import Cast, at, door
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import promised, visit_of

from goodword.customers.models import Site
from goodword.visits import actions as visits
from goodword.visits.models import Call, Note, Visit


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    visit = visit_of(site, cast.sam, "10:00", "11:00")
    promised(visit)
    return visit


def call(**facts: Any) -> dict[str, Any]:
    usual = {"who": "we", "theirs": "Mrs Adeyemi", "day": "2026-11-02", "began": "09:05", "words": "She is at home."}
    return usual | facts


def test_a_note_on_the_customer_is_corrected_withdrawn_and_taken_back(cast: Cast, site: Site) -> None:
    priya, page = at_the_desk(cast.priya), reverse("office:customer", args=[site.customer_id])

    sent(priya, reverse("office:customer_note", args=[site.customer_id]), words="Prefers mornings.")
    note = Note.objects.get()
    assert "Prefers mornings." in text_of(priya.get(page))

    shown = text_of(
        sent(priya, reverse("office:note_correction", args=[note.id]), words="Prefers evenings.", follow=True)
    )
    assert "Prefers evenings." in shown and "corrected" in shown and "Written before Prefers mornings." in shown

    newest = Note.objects.standing().get()
    away = reverse("office:note_withdrawal", args=[newest.id])
    assert "Withdrawn. It can be taken back." in text_of(sent(priya, away, next=page, follow=True))
    assert "It counts again." in text_of(sent(priya, away, undo="yes", follow=True))
    assert "Note corrected" in text_of(priya.get(page))


def test_a_note_that_is_empty_is_said_so_and_nothing_is_written(cast: Cast, site: Site) -> None:
    priya = at_the_desk(cast.priya)

    answer = sent(priya, reverse("office:customer_note", args=[site.customer_id]), words="  ", follow=True)

    assert "This is needed." in text_of(answer)
    assert not Note.objects.exists()


def test_a_call_stands_on_the_customers_and_on_the_visits_page(cast: Cast, visit: Visit) -> None:
    priya, customer = at_the_desk(cast.priya), visit.order.customer
    address = reverse("office:new_call", args=[customer.id])
    assert f"{address}?visit={visit.id}" in priya.get(reverse("office:visit", args=[visit.id])).content.decode()
    assert str(visit.id) in priya.get(f"{address}?visit={visit.id}").content.decode()

    page = text_of(sent(priya, address, **call(minutes="4", visit=str(visit.id)), follow=True))

    row = Call.objects.get()
    assert (row.at, row.lasted_s, row.visit, row.ours) == (at("09:05"), 240, visit, cast.priya)
    for there in (page, text_of(priya.get(reverse("office:customer", args=[customer.id])))):
        assert "We called Mrs Adeyemi" in there and "She is at home." in there and "4 minutes" in there
        assert "We called them" in there


def test_a_call_sent_twice_is_written_once_and_can_be_withdrawn(cast: Cast, site: Site) -> None:
    priya, once = at_the_desk(cast.priya), str(uuid4())
    for _n in range(2):
        sent(priya, reverse("office:new_call", args=[site.customer_id]), **call(command=once))

    away = reverse("office:call_withdrawal", args=[Call.objects.get().id])
    assert "Withdrawn. It can be taken back." in text_of(sent(priya, away, follow=True))
    assert "It counts again." in text_of(sent(priya, away, undo="yes", follow=True))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"who": ""}, "Say who called."),
        ({"theirs": ""}, "This is needed."),
        ({"words": ""}, "Write something down first."),
        ({"words": "a\0b"}, "Null characters"),
        ({"day": "yesterday"}, "Write a date, like 2026-11-02."),
        ({"began": "25:00"}, "Write a time, like 9:40."),
        ({"began": "11:00"}, "This lies in the future."),
        ({"minutes": "soon"}, "Write a whole number of minutes."),
        ({"minutes": "-5"}, "twelve hours"),
        ({"minutes": "100000"}, "twelve hours"),
    ],
)
def test_a_call_that_cannot_be_kept_comes_back_with_the_reason(
    cast: Cast, site: Site, wrong: dict[str, str], says: str
) -> None:
    answer = sent(at_the_desk(cast.priya), reverse("office:new_call", args=[site.customer_id]), **call(**wrong))

    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not Call.objects.exists()


@pytest.mark.parametrize("named", ["x", "00000000-0000-0000-0000-000000000000"])
def test_a_call_about_a_visit_of_somebody_else_is_not_found(cast: Cast, site: Site, named: str) -> None:
    address = reverse("office:new_call", args=[site.customer_id])

    assert at_the_desk(cast.priya).get(f"{address}?visit={named}").status_code == 404


def test_a_technician_corrects_their_own_words_only(cast: Cast, visit: Visit) -> None:
    own = visits.add_note(visit.id, "Left valve.", **door(cast.sam))
    other = visits.add_note(visit.id, "Ring twice.", **door(cast.hanna))
    sam, page = at_the_desk(cast.sam), reverse("technician:visit", args=[visit.id])

    html = sam.get(page).content.decode()
    assert str(own.id) in html and str(other.id) not in html
    assert sent(sam, reverse("technician:note_correction", args=[other.id]), words="x").status_code == 403

    sent(sam, reverse("technician:note_correction", args=[own.id]), words="Right valve.")
    assert "Right valve." in text_of(sam.get(page))
    newest = Note.objects.get(corrects=own)
    sent(sam, reverse("technician:note_correction", args=[newest.id]), withdraw="yes")
    assert "Take it back" in text_of(sam.get(page))
    sent(sam, reverse("technician:note_correction", args=[newest.id]), undo="yes")

    assert set(Note.objects.standing()) == {newest, other}
