"""The matrix is worth something: leave the branch filter out of any one query, and it fails."""

import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from tests.faces.access.api import ROWS
from tests.faces.access.pages import PAGES
from tests.faces.access.principals import PRINCIPALS
from tests.faces.access.table import Row
from tests.faces.access.world import World
from tests.faces.test_access_matrix import faults

import goodword
from goodword.crew.queries import Viewer
from goodword.customers.models import Customer

Query = Callable[..., Any]
LOOKING = [p for p in PRINCIPALS if p.name in {"dispatcher", "technician"}]
# Queries that no address of the API reaches yet.
UNREACHED = {"goodword.messaging.queries.visible_to"}


# Queries that only pages ask.
BY_PAGES = {"goodword.visits.queries.written.calls_visible_to", "goodword.visits.queries.written.notes_visible_to"}

WRITTEN = [page for page in PAGES if page.kind in {"note", "call"}]


def queries() -> Iterator[tuple[str, Query]]:
    """Every query of every room that says what may be seen."""
    rooms = [m.name for m in pkgutil.iter_modules(goodword.__path__, "goodword.")]
    for room in rooms:
        for name, module in sorted(sys.modules.items()):
            if name.startswith(f"{room}.queries"):
                for said, function in inspect.getmembers(module, inspect.isfunction):
                    if said.endswith(("visible_to", "visible_in")) and function.__module__ == name:
                        yield f"{name}.{said}", function


for room in pkgutil.iter_modules(goodword.__path__, "goodword."):
    if (module := f"{room.name}.queries") and room.name not in {"goodword.faces", "goodword.config"}:
        try:
            import_module(module)
        except ModuleNotFoundError as error:
            assert module.startswith(str(error.name)), error
QUERIES = dict(queries())


def blind(query: Query) -> Query:
    """The query with its branch filter left out."""
    if query.__name__.endswith("visible_in"):
        return lambda seen: query(Customer.objects.all())

    def mutant(viewer: Viewer, *more: Any, **named: Any) -> Any:
        everything = frozenset({("owner", None)})
        return query(replace(viewer, branches=None, roles=frozenset({"owner"}), held=everything), *more, **named)

    return mutant


@pytest.fixture
def leave_out(monkeypatch: pytest.MonkeyPatch) -> Callable[[Query], None]:
    """Put the mutant wherever the query was imported."""

    def put(query: Query) -> None:
        mutant = blind(query)
        for name, module in list(sys.modules.items()):
            if name.startswith("goodword."):
                for said, value in list(vars(module).items()):
                    if value is query:
                        monkeypatch.setattr(module, said, mutant)

    return put


def first_fault(world: World, rows: Sequence[Row] = ROWS) -> str | None:
    """The matrix, cut down to who reads one branch and to what lies in the other."""
    for row in sorted(rows, key=lambda row: row.method != "GET"):
        cut = replace(row, more=row.more | {"scopes": ("other", "none")})
        for who in LOOKING:
            for fault in faults(world, cut, who):
                return fault
    return None


def test_the_matrix_cut_down_holds_as_it_is(world: World) -> None:
    assert first_fault(world) is None
    assert first_fault(world, WRITTEN) is None


@pytest.mark.parametrize("name", sorted(QUERIES.keys() - UNREACHED))
def test_a_query_without_its_branch_filter_is_noticed(
    world: World, leave_out: Callable[[Query], None], name: str
) -> None:
    leave_out(QUERIES[name])

    assert first_fault(world, WRITTEN if name in BY_PAGES else ROWS) is not None


def test_there_is_such_a_query_in_every_room_with_branches() -> None:
    rooms = {name.split(".")[1] for name in QUERIES}

    assert rooms >= {"crew", "customers", "visits", "promises", "dispatch", "next_steps", "messaging"}
    assert QUERIES.keys() >= UNREACHED
