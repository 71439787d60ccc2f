"""Who gets what: every route × everybody × own, same branch, other branch, not there. A route without a row fails."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.faces.access.api import PUBLIC, ROWS
from tests.faces.access.asking import address, ask
from tests.faces.access.pages import BY_LINK, PAGES
from tests.faces.access.principals import PRINCIPALS, Principal
from tests.faces.access.table import Row
from tests.faces.access.world import THE_OTHERS_NUMBER, World, by_link
from tests.faces.portal.looking import changes

from goodword.faces.api.api import api

EVERYTHING = [*ROWS, *PAGES]
NOISE = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|csrfmiddlewaretoken\S+ value=\S+|X-CSRFToken\S+ \S+")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def routes(resolver: URLResolver, face: str = "") -> Iterator[str]:
    """The name of every address, with its face, as the URL resolver knows them."""
    for there in resolver.url_patterns:
        if isinstance(there, URLResolver):
            yield from routes(there, f"{there.namespace}:" if there.namespace else face)
        elif isinstance(there, URLPattern) and there.name:
            yield face + there.name


def operations() -> set[tuple[str, str]]:
    return {
        (operation.url_name, method)
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
        for method in operation.methods
    }


def test_every_route_has_its_row() -> None:
    listed = {row.route if ":" in row.route else f"api:{row.route}" for row in EVERYTHING}

    assert set(routes(get_resolver())) - listed - PUBLIC - BY_LINK.keys() == set()
    assert operations() == {(row.route, row.method) for row in ROWS}
    assert len(EVERYTHING) == len({(row.route, row.method) for row in EVERYTHING})


@pytest.mark.parametrize("who", PRINCIPALS, ids=lambda p: p.name)
def test_everybody_gets_what_the_table_says_and_nothing_of_the_other_branch(world: World, who: Principal) -> None:
    wrong: list[str] = []

    for row in EVERYTHING:
        wrong += faults(world, row, who)

    assert not wrong, "\n".join(wrong)


def faults(world: World, row: Row, who: Principal) -> list[str]:
    """What is wrong with one row for one principal: the status, what is told, what leaks."""
    said: list[str] = []
    unseen: dict[str, bytes] = {}
    for scope in row.scopes if who.is_let_in else row.scopes[:1]:
        status, body = ask(world, row, who.name, scope)
        name = f"{who.name}: {row.method} {row.route} [{scope}]"
        if status not in row.expected(who, scope):
            said.append(f"{name}: {status}, not {row.expected(who, scope)}: {body[:300]!r}")
        if status == 404 and scope in {"other", "none"}:
            unseen[scope] = NOISE.sub(b"", body)
        if not sees_everything(who) and (leaked := [c for c in world.canaries if c.encode() in body]):
            said.append(f"{name}: told {leaked}")
    if len(set(unseen.values())) > 1:
        said.append(f"{who.name}: {row.method} {row.route}: what is elsewhere is told apart from what is not there")
    return said


def sees_everything(who: Principal) -> bool:
    return who.role in {"owner", "accountant", "admin"}


@pytest.mark.parametrize("row", [r for r in ROWS if r.method == "GET"], ids=lambda r: r.route)
def test_an_address_knows_its_methods_only(world: World, row: Row) -> None:
    known = {r.method for r in ROWS if address(world, r, "own") == address(world, row, "own")}
    owner = world.callers["owner"]

    answers = {
        m: owner.client.generic(m, address(world, row, "own")).status_code for m in {*METHODS, "OPTIONS"} - known
    }

    assert set(answers.values()) <= {405}


@pytest.mark.parametrize(("token", "status"), [("own", 200), ("none", 404), ("over", 410), ("revoked", 410)])
@pytest.mark.parametrize("route", BY_LINK)
def test_a_customers_link_opens_its_own_visit_while_it_lasts(world: World, route: str, token: str, status: int) -> None:
    client = Client()
    path = by_link(world, route, token)

    with transaction.atomic():
        answer = client.get(path) if BY_LINK[route] == "GET" else client.post(path)
        transaction.set_rollback(True)

    assert answer.status_code == status or (status == 200 and answer.status_code in {302, 409, 422})
    shown = b"".join(answer.streaming_content) if answer.streaming else answer.content
    public = {THE_OTHERS_NUMBER} if token == "none" else set()  # a page that leads nowhere names every branch to call
    assert not [c for c in world.canaries - public if c.encode() in shown]


@pytest.mark.parametrize("route", [r for r, method in BY_LINK.items() if method == "POST"])
def test_looking_at_a_customers_link_changes_nothing(world: World, route: str) -> None:
    before = changes()

    answer = Client().get(reverse(route, args=[world.tokens["own"]]), follow=True)

    assert answer.status_code == 200
    assert answer.resolver_match.view_name == "portal:visit"
    assert changes() == before


def test_the_demos_doors_are_shut_on_a_companys_own_data(db: None) -> None:
    assert Client().get(reverse("tour:front")).status_code == 404
    assert Client().get(reverse("tour:enter", args=["x"])).status_code == 404
