"""The queue of requests: its order with the reason beside every line."""

import pytest
from tests.cast import Cast, at, queries
from tests.faces.office.desk import at_the_desk, text_of
from tests.field import request_of, site_of, work_type

from goodword.customers.models import Site
from goodword.dispatch.queries.queue import queue


@pytest.mark.shows("S1-20")
def test_each_line_says_why_it_stands_where_it_stands(cast: Cast, site: Site) -> None:
    work_type("no_heat", emergency=True)
    request_of(site, when=at("08:00"), words="Once a year.")
    petrov = site_of("Mrs Petrov", cast.aldermere)
    request_of(petrov, "no_heat", at("09:20"), harm=["no_heating"], vulnerability=["infant"], needed_by=at("16:00"))

    page = text_of(at_the_desk(cast.hanna).get("/requests/"))

    assert "who is in need most stands first; each line says why" in page
    why = "1 Emergency · No heat or hot water · A baby or small child · Needed by 16:00 · Waits 20 min"
    assert why in page
    assert page.index(why) < page.index("2 Waits 2 hours")


@pytest.mark.shows("S1-1")
def test_a_reason_about_people_counts_for_all_and_is_read_by_who_plans(cast: Cast, site: Site) -> None:
    request_of(site, when=at("08:00"))
    urgent = request_of(site_of("Mrs Petrov", cast.aldermere), when=at("09:30"), vulnerability=["medical"])

    page = text_of(at_the_desk(cast.june).get("/requests/"))

    assert "1 A reason that only those who plan see" in page
    assert "health" not in page
    for name in ("june", "hanna"):
        assert next(row.request.id for row in queue(cast.viewer(name), at("09:40"))) == urgent.id


def test_the_queue_asks_the_same_number_of_queries_for_two_and_for_sixty(cast: Cast, site: Site) -> None:
    hanna = at_the_desk(cast.hanna)
    for _n in range(2):
        request_of(site)
    hanna.get("/requests/")
    with queries(at_most=20) as few:
        hanna.get("/requests/")

    for n in range(60):
        request_of(site, harm=["water"] if n % 2 else [])
    with queries(at_most=len(few)):
        page = text_of(hanna.get("/requests/"))

    assert "12 more requests wait behind these." in page
