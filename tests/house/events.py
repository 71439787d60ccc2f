"""The event catalogue, as ``docs/events.md`` lists it and as the source writes it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.house.source import HOUSE, Module, called, calls, functions, modules

CATALOGUE = HOUSE / "docs" / "events.md"
_NAME = re.compile(r"[a-z_]+\.[a-z_]+")


@dataclass(frozen=True)
class Row:
    event: str
    room: str
    reacts: frozenset[str]


@cache
def rows() -> tuple[Row, ...]:
    """The table rows: event, about, facts, who reacts; the room is the heading above."""
    room, found = "", []
    for line in CATALOGUE.read_text().splitlines():
        if line.startswith("## "):
            room = line.removeprefix("## ").strip(" `")
        cells = [c.strip() for c in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) >= 4:
            found.append(Row(cells[0].strip("`"), room, frozenset(re.findall(r"`([a-z_]+)`", cells[3]))))
    return tuple(found)


def listed() -> frozenset[str]:
    return frozenset(row.event for row in rows())


@dataclass(frozen=True)
class Recorded:
    """A name that is recorded somewhere; ``pattern`` when a part of it is computed."""

    name: str
    where: str
    room: str

    def matches(self, event: str) -> bool:
        return re.fullmatch(self.name, event) is not None


def recorded() -> Iterator[Recorded]:
    """Every name that reaches ``record``, directly or through a function that passes its own name on."""
    passing = {module.name: passing_on(module) for module in modules()}
    for module in modules():
        doors = {"record"} | passing[module.name] | _imported(module, passing)
        for call in calls(module.tree):
            if called(call) in doors and call.args:
                for name in texts(call.args[0], module):
                    yield Recorded(name, f"{module}:{call.lineno}", module.name.split(".")[1])


def _imported(module: Module, passing: dict[str, set[str]]) -> set[str]:
    """Names that a module has from another one that records under the name it is given."""
    froms = [node for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom) and node.module in passing]
    return {name.name for node in froms for name in node.names if name.name in passing[node.module or ""]}


def passing_on(module: Module) -> set[str]:
    """Functions of a module that record under a name they are given first."""
    found = set()
    for function in functions(module):
        first = function.args.args[0].arg if function.args.args else ""
        if any(called(c) == "record" and c.args and getattr(c.args[0], "id", "") == first for c in calls(function)):
            found.add(function.name)
    return found


def texts(node: ast.expr, module: Module) -> Iterator[str]:
    """The names an expression can be, as patterns; a variable is what the module sets it to."""
    if isinstance(node, ast.Name):
        for found in ast.walk(module.tree):
            if isinstance(found, ast.Assign) and any(getattr(t, "id", "") == node.id for t in found.targets):
                yield from texts(found.value, module)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _NAME.fullmatch(node.value):
        yield re.escape(node.value)
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body, module)
        yield from texts(node.orelse, module)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[a-z_]+" for p in node.values)
