"""Nobody reads another branch's rows: every query of these rooms that takes a viewer is asked by the other branch.

The list is complete: a query that takes a viewer and is not in it fails here. Each is asked by everybody; were its
branch filter left out, the other branch's dispatcher would see the canary.
"""

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.cast import Cast, at, door, on_shift, site_of

from goodword.assets import actions as assets
from goodword.assets import queries as asset_queries
from goodword.crew import actions as crew
from goodword.crew import queries as crew_queries
from goodword.crew.queries import Viewer
from goodword.crew.rules import Verb
from goodword.customers import queries as customer_queries
from goodword.kit.refusals import Forbidden, NotFound

Asked = Callable[[Viewer, Cast], Any]


def card(viewer: Viewer, cast: Cast) -> list[Any]:
    try:
        return [customer_queries.card(viewer, cast.adeyemi.id).customer]
    except NotFound:
        return []


def allowed(viewer: Viewer, cast: Cast) -> list[Any]:
    try:
        crew_queries.require(viewer, Verb.READ, cast.aldermere.id)
    except Forbidden:
        return []
    return ["allowed"]


ASKED: dict[str, Asked] = {
    "customers.alike": lambda v, c: customer_queries.alike(v, [("phone", "01632 960111")]),
    "customers.card": card,
    "customers.listed": lambda v, c: customer_queries.listed(v).filter(id=c.adeyemi.id),
    "customers.perhaps_same": lambda v, c: customer_queries.perhaps_same(
        v, "Folake Adeyemi", [], "3 Tanner's Row, Aldermere"
    ),
    "customers.search": lambda v, c: customer_queries.search(v, "adeyemi"),
    "customers.seen_by": lambda v, c: c.adeyemi.__class__.objects.filter(customer_queries.seen_by(v), id=c.adeyemi.id),
    "customers.visible_to": lambda v, c: customer_queries.visible_to(v).filter(id=c.adeyemi.id),
    "assets.same_serial": lambda v, c: asset_queries.same_serial(v, "WB-77"),
    "assets.visible_to": lambda v, c: asset_queries.visible_to(v),
    "crew.require": allowed,
}
# These show staff, not customers: an admin and a technician have rights of their own there.
STAFF: dict[str, Asked] = {
    "crew.branches_visible_to": lambda v, c: crew_queries.branches_visible_to(v).filter(id=c.aldermere.id),
    "crew.people_visible_to": lambda v, c: crew_queries.people_visible_to(v).filter(id=c.ade.id),
    "crew.shifts_visible_to": lambda v, c: crew_queries.shifts_visible_to(v).filter(person=c.ade),
    "crew.absences_visible_to": lambda v, c: crew_queries.absences_visible_to(v).filter(person=c.ade),
}
# Shown by the access matrix of the faces: rows of kit that these rooms do not write by themselves.
ELSEWHERE = {f"crew.{name}_visible_to" for name in ("held", "events", "files", "links")} | {
    "crew.require_giving",  # tests/crew: who may give which role
}


@pytest.fixture
def laid(cast: Cast) -> Cast:
    assets.add_asset(site_of(cast.adeyemi).id, "boiler", serial="WB-77", installed_on=date(2020, 1, 1), **door())
    on_shift(cast.ade, cast.aldermere)
    crew.report_absence(cast.ade.id, at("10:00"), at("12:00"), "sick", **door())
    return cast


@pytest.mark.parametrize("name", ASKED)
def test_a_customer_of_one_branch_is_shown_to_its_readers_and_to_nobody_else(laid, name):
    asked = ASKED[name]

    assert {who: len(list(asked(laid.viewer(who), laid))) for who in laid.people} == {
        "ruth": 1, "june": 1, "hanna": 1, "colm": 1, "priya": 1, "ines": 0, "tom": 0, "beth": 0,
        "sam": 1 if name == "crew.require" else 0, "ade": 1 if name == "crew.require" else 0, "nobody": 0,
    }  # fmt: skip


@pytest.mark.parametrize("name", STAFF)
def test_staff_of_one_branch_is_shown_to_who_works_there_and_to_the_company(laid, name):
    asked = STAFF[name]

    seen = {who: len(list(asked(laid.viewer(who), laid))) for who in laid.people}

    sam = 1 if name == "crew.branches_visible_to" else 0  # a technician sees their branch, of colleagues nothing
    assert seen == {
        "ruth": 1, "june": 1, "hanna": 1, "colm": 1, "priya": 1, "ines": 0, "tom": 0, "beth": 0, "sam": sam, "ade": 1,
        "nobody": 1,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["customers.listed", "customers.visible_to", "customers.search", "customers.card"])
def test_a_token_without_the_scope_to_read_reads_nothing(laid, name):
    assert list(ASKED[name](laid.viewer("ruth", {"book", "settings"}), laid)) == []
    assert len(list(ASKED[name](laid.viewer("ruth", {"read"}), laid))) == 1


def test_no_query_that_takes_a_viewer_is_missing_here():
    rooms = {"customers": customer_queries, "assets": asset_queries, "crew": crew_queries}
    taking = {
        f"{room}.{name}"
        for room, queries in rooms.items()
        for name, function in vars(queries).items()
        if inspect.isfunction(function) and function.__module__.startswith(f"goodword.{room}.")
        and list(inspect.signature(function).parameters)[:1] == ["viewer"]
    }  # fmt: skip

    assert taking == set(ASKED) | set(STAFF) | ELSEWHERE
