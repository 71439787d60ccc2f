"""What was said with the customer, folded on the technician's page of a visit."""

from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Cast, at, door, queries
from tests.faces.office.desk import sent, text_of
from tests.faces.signing_in import as_
from tests.field import visit_of

from goodword.customers.models import Site
from goodword.visits import actions as visits
from goodword.visits.models import Visit


def test_notes_and_calls_of_the_customer_and_the_visit_stand_there_newest_first(cast: Cast, visit: Visit) -> None:
    customer = visit.order.customer
    visits.add_customer_note(customer.id, "Prefers mornings.", **door(cast.hanna, at("08:00")))
    talk = (customer.id, False, "her son", "She is out until ten.", 60, visit.id)
    visits.log_call(*talk, **door(cast.priya, at("09:05")))
    visits.add_note(visit.id, "Key with the neighbour.", **door(cast.priya, at("09:20")))
    visits.withdraw_call(visits.log_call(*talk[:3], "Wrong number.", **door(cast.priya)).id, **door(cast.priya))

    page = as_(cast.sam).get(f"/t/visits/{visit.id}/")

    said = text_of(page).partition("What was said")[2]
    order = [said.index(words) for words in ("Key with the neighbour.", "her son called us", "Prefers mornings.")]
    assert order == sorted(order)
    assert "Priya Nair" in said and "Hanna Lindqvist" in said and "Wrong number." not in said
    assert '<details class="section" id="written"><summary>' in page.content.decode()


def test_a_talk_about_a_colleagues_visit_and_one_with_somebody_else_are_not_told(cast: Cast, site: Site) -> None:
    mine, theirs = visit_of(site, cast.sam), visit_of(site, cast.ade, "14:00", "15:00")
    customer = site.customer_id
    visits.log_call(customer, True, "Mrs Adeyemi", "About the other one.", None, theirs.id, **door(cast.priya))
    visits.add_note(theirs.id, "For Ade only.", **door(cast.ade))
    visits.add_customer_note(cast.finch.id, "Somebody else.", **door(cast.hanna))

    page = text_of(as_(cast.sam).get(f"/t/visits/{mine.id}/"))

    assert "About the other one." not in page and "For Ade only." not in page and "Somebody else." not in page
    assert "What was said" not in page


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, True), (1, True)])
def test_the_customers_words_are_told_around_visits_of_today_and_tomorrow(
    cast: Cast, site: Site, days: int, told: bool
) -> None:
    """A visit of the past keeps what was said about itself."""
    order = visits.open_order(site.id, "boiler_service", cast.aldermere.id, "look at it", **door())
    start, end = (at(text) + timedelta(days=days) for text in ("10:00", "11:00"))
    visit = visits.plan_visit(order.id, cast.sam.id, start, end, **door())
    visits.add_customer_note(site.customer_id, "Prefers mornings.", **door(cast.hanna))
    visits.add_note(visit.id, "Key with the neighbour.", **door(cast.priya))

    page = text_of(as_(cast.sam).get(f"/t/visits/{visit.id}/"))

    assert ("Prefers mornings." in page) is told
    assert "Key with the neighbour." in page


def test_much_that_was_said_asks_no_more_queries_and_stays_short(cast: Cast, visit: Visit) -> None:
    sam, address = as_(cast.sam), f"/t/visits/{visit.id}/"
    sam.get(address)
    for n in range(40):
        visits.add_customer_note(visit.order.customer_id, f"Note {n}.", **door(cast.hanna, at(f"08:{n:02d}")))

    with queries(at_most=33):
        page: Any = sam.get(address)

    assert text_of(page).count("Hanna Lindqvist") == 30
    assert "The newest 30." in text_of(page)
    assert "Note 39." in text_of(page) and "Note 9." not in text_of(page)
    assert sent(sam, f"{address}notes/", words="Mine.", follow=True).status_code == 200
