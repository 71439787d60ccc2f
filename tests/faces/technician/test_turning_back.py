"""On the phone: "on my way" taken back, and who cannot be written to is to be called."""

import pytest
from tests.cast import Cast, door
from tests.faces.office.desk import sent, text_of
from tests.faces.signing_in import as_
from tests.field import promised, site_of, visit_of, worked_through

from goodword.customers import actions as customers
from goodword.visits.models import Visit
from goodword.visits.rules import Stage


@pytest.mark.parametrize(
    ("why", "says"),
    [
        ("slip", "You are not on the way."),
        ("called_elsewhere", "The office sees it and calls the customer."),
        ("in_the_way", "The office sees it and calls the customer."),
    ],
)
def test_one_tap_leads_back_to_prepare(cast: Cast, visit: Visit, why: str, says: str) -> None:
    worked_through(visit.id, cast.sam, "09:35", until="depart")
    sam, page = as_(cast.sam), f"/t/visits/{visit.id}/"
    assert "Not on my way after all" in text_of(sam.get(page))

    answer = sent(sam, f"{page}turning-back/", why=why, follow=True)

    visit.refresh_from_db()
    assert says in text_of(answer) and visit.stage is Stage.PREPARE
    assert "Not on my way after all" not in text_of(answer)


def test_at_the_door_it_is_refused_with_the_way_on(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:35", until="arrive")

    answer = sent(as_(cast.sam), f"/t/visits/{visit.id}/turning-back/", why="slip", follow=True)

    assert "The technician is at the door already." in text_of(answer)


def test_who_cannot_be_written_to_is_to_be_called(cast: Cast) -> None:
    site = site_of("Mr Finch", cast.aldermere)
    customers.add_channel(site.customer.contacts.get().id, "phone", "01632 960111", **door())
    visit = visit_of(site, cast.sam)
    promised(visit)
    worked_through(visit.id, cast.sam, "09:35", until="depart")

    page = as_(cast.sam).get(f"/t/visits/{visit.id}/")

    assert "Goodword cannot write to them that you are on the way" in text_of(page)
    assert '<a href="tel:+441632960111">Call Mr Finch</a>' in page.content.decode()
