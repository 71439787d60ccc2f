"""The same sum on the phone, on the phone turned round and on the customer's page; what is not done is asked about."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import NOW, Cast, at, door
from tests.faces.office.desk import text_of
from tests.faces.signing_in import as_
from tests.field import visit_of, work_type, worked_through

from goodword.customers.models import Site
from goodword.kit.links import make_link, new_token
from goodword.visits import actions as visits
from goodword.visits.models import Visit


@pytest.fixture
def with_more(cast: Cast, site: Site) -> Visit:
    """At work; a pump was agreed and is done, a valve was agreed and is not."""
    work_type("repair", price_minor=96_00)
    visit = visit_of(site, cast.sam, "09:30", "10:30", work="repair")
    worked_through(visit.id, cast.sam, "09:20", until="start_work")
    for words, minor in (("New pump", 80_00), ("New valve", 30_00)):
        visits.agree_change(visit.id, words, minor, finish_at=at("12:00"), **door(cast.sam, at("09:30")))
    visits.finish_line(visit.id, visit.order.lines.get(words="New pump").id, **door(cast.sam, at("09:32")))
    return visit


def test_seen_working_asks_about_agreed_work_that_is_open_and_yes_goes_on(cast: Cast, with_more: Visit) -> None:
    sam, address = as_(cast.sam), f"/t/visits/{with_more.id}/steps/observe_working/"

    assert "Not marked as done, so not charged: New valve." in text_of(sam.post(address))
    with_more.refresh_from_db()
    assert with_more.observed_working_at is None
    sam.post(address, {"sure": "yes"})

    with_more.refresh_from_db()
    assert with_more.observed_working_at is not None


def test_three_pages_say_the_same_sum_and_what_is_not_charged(cast: Cast, with_more: Visit, client: Client) -> None:
    visits.observe_working(with_more.id, **door(cast.sam, at("09:33")))
    visits.clean_up(with_more.id, **door(cast.sam, at("09:34")))
    sam, address = as_(cast.sam), f"/t/visits/{with_more.id}/"
    phone, turned = text_of(sam.get(address)), text_of(sam.get(f"{address}turned/"))
    visits.sign_off(with_more.id, True, **door(cast.sam, at("09:35")))
    visits.record_payment(with_more.id, "card", 176_00, **door(cast.sam, at("09:36")))
    token = new_token()
    made = door(cast.sam, NOW)
    make_link(token, "visit", with_more, None, with_more.branch_id, NOW + timedelta(days=9), **made)

    theirs = text_of(client.get(f"/v/{token}/", follow=True))

    for page in (phone, turned, theirs):
        assert "£176.00" in page
        assert "Agreed, not done, not charged: New valve (£30.00)." in page
    assert "£176.00 paid by card. Thank you." in theirs


def test_nobody_there_leads_to_the_end_with_the_outcome_chosen(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:30", until="arrive")
    sam, address = as_(cast.sam), f"/t/visits/{visit.id}/"

    page = sam.post(f"{address}steps/meet/", {"who": "nobody"}, follow=True)

    assert page.request["PATH_INFO"] == f"{address}ending/"
    assert 'value="no_access" required checked' in page.content.decode()
