"""Who gets what: every route × everybody × own, same branch, other branch, not there. A route without a row fails."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.faces.access.api import PUBLIC, ROWS
from tests.faces.access.asking import address, ask
from tests.faces.access.principals import PRINCIPALS, Principal
from tests.faces.access.table import Row
from tests.faces.access.world import World

from goodword.faces.api.api import api

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def routes_of(face: str) -> set[str]:
    """The names of the routes below a namespace, as the URL resolver knows them."""
    (resolver,) = (r for r in get_resolver().url_patterns if isinstance(r, URLResolver) and r.namespace == face)
    return {p.name or str(p.pattern) for p in resolver.url_patterns if isinstance(p, URLPattern)}


def operations() -> set[tuple[str, str]]:
    return {
        (operation.url_name, method)
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
        for method in operation.methods
    }


def test_every_route_of_the_api_has_its_row() -> None:
    listed = {row.route for row in ROWS}

    assert routes_of("api") - listed - PUBLIC - {"api-root"} == set()
    assert operations() == {(row.route, row.method) for row in ROWS}
    assert len(ROWS) == len({(row.route, row.method) for row in ROWS})


@pytest.mark.parametrize("who", PRINCIPALS, ids=lambda p: p.name)
def test_everybody_gets_what_the_table_says_and_nothing_of_the_other_branch(world: World, who: Principal) -> None:
    wrong: list[str] = []

    for row in ROWS:
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
            unseen[scope] = body
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
