"""What the office takes back: "told" that was a slip, "on my way" that is so no longer."""

import pytest
from django.urls import reverse
from tests.cast import Cast
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import held_up_at_the_first_door, promised, visit_of, worked_through

from goodword.customers.models import Site
from goodword.kit.models import Event
from goodword.promises.queries import open_window_of, told_at
from goodword.visits.models import Note, Visit


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    visit = visit_of(site, cast.sam, "10:00", "11:00")
    promised(visit)
    return visit


def to(visit: Visit, name: str) -> str:
    return reverse(f"office:{name}", args=[visit.id])


def test_told_by_a_slip_is_taken_back_where_it_was_tapped(cast: Cast, site: Site) -> None:
    visit = held_up_at_the_first_door(cast, site)
    priya = at_the_desk(cast.priya)
    today = reverse("office:today")
    sent(priya, to(visit, "telling"), next=today)
    assert "Not told after all" in text_of(priya.get(today))

    answer = sent(priya, to(visit, "telling_back"), next=today, follow=True)

    page = text_of(answer)
    assert "Taken back: Mr Finch has yet to hear it." in page
    assert "The customer has not been told." in page and "Not told after all" not in page
    window = open_window_of(visit.id)
    assert window is not None and told_at([window.id]) == {}


def test_on_the_visits_page_both_stand_in_its_story(cast: Cast, visit: Visit) -> None:
    priya = at_the_desk(cast.priya)
    sent(priya, to(visit, "telling"))
    assert "The customer was told at 9:40" in text_of(priya.get(to(visit, "visit")))

    sent(priya, to(visit, "telling_back"))

    page = text_of(priya.get(to(visit, "visit")))
    assert "The customer was told at" not in page and "I have told the customer" in page
    assert "Not told after all Priya" in page and "The customer was told, in a call" in page


def test_taken_back_twice_it_is_so_once(cast: Cast, visit: Visit) -> None:
    priya = at_the_desk(cast.priya)
    sent(priya, to(visit, "telling"))
    for _n in range(2):
        assert sent(priya, to(visit, "telling_back")).status_code == 302

    assert Event.objects.filter(name="promise.not_told").count() == 1


def test_the_office_enters_that_somebody_turned_back_and_plans_it_again(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:35", until="depart")
    priya = at_the_desk(cast.priya)
    assert to(visit, "turning_back") in priya.get(to(visit, "visit")).content.decode()

    answer = sent(priya, to(visit, "turning_back"), why="called_elsewhere", reason="He rang.", follow=True)

    page = text_of(answer)
    assert "Entered. The visit can be planned again." in page and "Turned back" in page
    assert to(visit, "assignment") in answer.content.decode()
    assert Note.objects.get().words == "He rang."


def test_without_why_or_how_one_knows_the_form_says_so(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:35", until="depart")

    answer = sent(at_the_desk(cast.priya), to(visit, "turning_back"), reason="He rang.")

    assert answer.status_code == 422 and "Say why: the customer hears it." in text_of(answer)
    assert "He rang." in answer.content.decode()


def test_at_the_door_nobody_turns_back(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:35", until="arrive")
    priya = at_the_desk(cast.priya)
    assert to(visit, "turning_back") not in priya.get(to(visit, "visit")).content.decode()

    answer = sent(priya, to(visit, "turning_back"), why="slip", reason="He rang.")

    assert answer.status_code == 409 and "at the door already" in text_of(answer)
