"""What the customer reads from the walk-through on: no sentence contradicts another, and the place is named."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import NOW, Cast, at, door
from tests.faces.office.desk import text_of
from tests.field import promised, visit_of, work_type, worked_through
from tests.visits.steps import newest

from goodword.customers.models import Site
from goodword.kit.links import make_link, new_token
from goodword.promises.reactions import finish_told
from goodword.visits import actions as visits
from goodword.visits.models import Visit


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    work_type("repair", price_minor=96_00)
    visit = visit_of(site, cast.sam, "09:30", "10:30", work="repair")
    promised(visit)
    return visit


@pytest.fixture
def address(cast: Cast, visit: Visit) -> str:
    token = new_token()
    until = NOW + timedelta(days=9)
    make_link(token, "visit", visit, None, visit.branch_id, until, **door(cast.sam, NOW))
    return f"/v/{token}/"


def read(client: Client, address: str) -> str:
    return text_of(client.get(address, follow=True))


def test_the_place_is_named_before_and_after(cast: Cast, visit: Visit, address: str, client: Client) -> None:
    assert "Repair · 3 Tanner's Row, Aldermere, QA1 2BC" in read(client, address)
    worked_through(visit.id, cast.sam, "09:20", until="satisfied")
    assert "Repair · 3 Tanner's Row, Aldermere, QA1 2BC" in read(client, address)


def test_once_it_was_shown_nothing_says_that_it_will_be(cast: Cast, visit: Visit, address: str, client: Client) -> None:
    worked_through(visit.id, cast.sam, "09:20", until="clean_up")
    assert "Sam shows you what was done before going." in read(client, address)

    visits.walk_through(visit.id, **door(cast.sam, at("09:30")))

    page = read(client, address)
    assert "before going" not in page and "before we go" not in page
    assert "Sam finishes the visit." in page


@pytest.mark.parametrize("ended", [False, True])
def test_who_is_not_satisfied_is_not_told_that_nothing_is_left_to_do(
    cast: Cast, visit: Visit, address: str, client: Client, ended: bool
) -> None:
    worked_through(visit.id, cast.sam, "09:20", until="walk_through")
    visits.answer_satisfied(visit.id, False, "It still knocks", **door(cast.sam, at("09:31")))
    if ended:
        visits.record_payment(visit.id, "card", 96_00, **door(cast.sam, at("09:32")))
        visits.complete(visit.id, "fixed", **door(cast.sam, at("09:33")))

    page = read(client, address)

    assert "nothing is left" not in page and "Thank you, Mrs Adeyemi. The visit is complete." not in page
    assert "We call you and put it right." in page
    assert "You hear from us by" in page


def test_what_was_done_names_the_work_itself_and_what_came_on_top(
    cast: Cast, visit: Visit, address: str, client: Client
) -> None:
    worked_through(visit.id, cast.sam, "09:20", until="start_work")
    visits.agree_change(visit.id, "New pump", 80_00, finish_at=at("12:00"), **door(cast.sam, at("09:30")))
    visits.finish_line(visit.id, visit.order.lines.get(words="New pump").id, **door(cast.sam, at("09:32")))
    for do, when in ((visits.observe_working, "09:33"), (visits.walk_through, "09:34")):
        do(visit.id, **door(cast.sam, at(when)))

    assert "What was done Repair New pump" in read(client, address)


@pytest.mark.shows("S0-22")
def test_by_when_we_are_done_stands_among_what_we_said(cast: Cast, visit: Visit, address: str, client: Client) -> None:
    worked_through(visit.id, cast.sam, "09:20", until="arrive")
    visits.confirm_scope(visit.id, minutes=45, **door(cast.sam, at("09:30")))
    finish_told(newest("visit.scope_confirmed"))

    page = read(client, address)

    assert "We promised: Done by 10:15." in page


def test_an_address_cut_short_names_every_branch_to_call(cast: Cast, address: str, client: Client) -> None:
    page = read(client, f"{address[:12]}/")

    assert "Somebody answers you all the same." in page
    assert "Aldermere, +441632960100" in page


def test_on_paper_whom_to_call_has_a_number(cast: Cast, address: str, client: Client) -> None:
    page = client.get(address, follow=True).content.decode()

    assert '<span class="print-only"> 01632 960100' in page or '<span class="print-only"> +441632960100' in page
