"""Imports go down only, never up, never sideways, never in a circle."""

from graphlib import CycleError, TopologicalSorter

import pytest
from tests.house.floors import FLOORS, MAY_CLIMB, floor_of, room_of
from tests.house.source import Module, imports, modules, names


def crossings(module: Module) -> list[str]:
    """The imports of a module that climb or go sideways."""
    here, wrong = room_of(module.name), []
    if here is None:
        return []
    for found in imports(module):
        there = room_of(found.target)
        if there in (None, here) or may_climb(here, found.target):
            continue
        if floor_of(there) <= floor_of(here):
            way = "climbs" if floor_of(there) < floor_of(here) else "goes sideways"
            wrong.append(f"{module}:{found.line} {way}: {here} imports {found.target}")
    return wrong


def may_climb(here: str, target: str) -> bool:
    return any(here == room and target.startswith(what) for room, what in MAY_CLIMB)


def test_no_import_climbs_or_goes_sideways():
    wrong = [line for module in modules() for line in crossings(module)]

    assert not wrong, "\n".join(wrong)


def test_every_room_is_on_exactly_one_floor():
    rooms = [room for floor in FLOORS for room in floor]
    found = {room for module in modules() if (room := room_of(module.name))}

    assert len(rooms) == len(set(rooms))
    assert found <= set(rooms), f"on no floor: {found - set(rooms)}"


def test_no_module_imports_itself_in_a_circle():
    """While modules load; what a function imports when it runs is no circle."""
    graph = {
        m.name: {i.target for i in imports(m) if not i.lazy and i.target in names() and i.target != m.name}
        for m in modules()
    }
    graph = {name: {t for t in targets if not name.startswith(f"{t}.")} for name, targets in graph.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_the_engine_knows_numbers_only():
    """No Django, no clock, no files, no network: it can be thought about, and run anywhere."""
    import ast

    from tests.house.source import called, calls

    wrong = []
    for module in modules():
        if room_of(module.name) != "engine":
            continue
        for node in ast.walk(module.tree):
            imported = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            imported += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            wrong += [f"{module}: imports {n}" for n in imported if n.split(".")[0] in FORBIDDEN_IN_ENGINE]
        wrong += [f"{module}: calls {called(c)}" for c in calls(module.tree) if called(c) in {"now", "today", "open"}]

    assert not wrong, "\n".join(wrong)


FORBIDDEN_IN_ENGINE = {"django", "time", "os", "pathlib", "socket", "subprocess", "threading", "requests", "psycopg"}


def test_the_ground_imports_nothing_of_ours():
    wrong = [
        f"{module}:{found.line} {found.target}"
        for module in modules()
        if (room := room_of(module.name)) in {"kit", "engine"}
        for found in imports(module)
        if room_of(found.target) not in (None, room)
    ]

    assert not wrong, "\n".join(wrong)
