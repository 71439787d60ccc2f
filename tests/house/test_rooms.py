"""Every room has the same few files, small ones, and functions of a screenful."""

import pytest
from tests.house.floors import DOMAIN, room_of
from tests.house.source import HOUSE, SOURCE, functions, modules, parsed

MAY_HOLD = {
    "models",
    "rules",
    "actions",
    "queries",
    "errors",
    "reactions",
    "objections",
    "providers",
    "migrations",
    "apps",
    "__init__",
}
# Besides: the words that a room writes to customers, as templates.
MAY_HOLD_FOLDERS = MAY_HOLD | {"templates", "__pycache__"}
LINES, SCREENFUL = 300, 60


def test_a_domain_room_holds_only_the_files_that_every_room_holds():
    wrong = []
    for room in DOMAIN:
        for path in (SOURCE / room).iterdir() if (SOURCE / room).exists() else []:
            allowed = MAY_HOLD_FOLDERS if path.is_dir() else MAY_HOLD
            if path.stem not in allowed or (path.is_file() and path.suffix != ".py"):
                wrong.append(str(path.relative_to(HOUSE)))

    assert not wrong, f"not one of {sorted(MAY_HOLD)}: {wrong}"


def test_rules_are_pure():
    """No database, no clock, no room above: plain values in, plain values out."""
    from tests.house.source import called, calls, imports

    wrong = []
    for module in modules():
        if room_of(module.name) not in DOMAIN or ".rules" not in module.name:
            continue
        wrong += [f"{module}:{i.line} imports {i.target}" for i in imports(module) if is_impure(i.target)]
        wrong += [
            f"{module}:{c.lineno} calls {called(c)}()"
            for c in calls(module.tree)
            if called(c) in {"now", "today", "open"}
        ]

    assert not wrong, "\n".join(wrong)


def is_impure(target: str) -> bool:
    parts = target.split(".")
    return bool({"models", "actions", "queries", "reactions"} & set(parts[2:])) or target.startswith(
        "goodword.kit.clock"
    )


@pytest.mark.parametrize("folder", ["src", "tests", "bench", "tools"])
def test_no_file_is_longer_than_300_lines(folder):
    long = {
        str(path.relative_to(HOUSE)): lines
        for path in (HOUSE / folder).rglob("*.py")
        if "migrations" not in path.parts and (lines := path.read_text().count("\n")) > LINES
    }

    assert not long, f"split by noun or by stage: {long}"


def test_no_function_is_longer_than_a_screenful():
    long = [
        f"{module}:{f.lineno} {f.name} has {length} lines"
        for module in modules()
        for f in functions(module)
        if (length := lines_of(f)) > SCREENFUL
    ]

    assert not long, "\n".join(long)


def lines_of(function) -> int:
    """Without its docstring: what has to be said is no burden."""
    import ast

    said = function.body[0] if ast.get_docstring(function) else None
    return (function.end_lineno or 0) - function.lineno + 1 - ((said.end_lineno - said.lineno + 1) if said else 0)


def test_there_are_no_drawers_for_odds_and_ends():
    odd = [str(m) for m in modules() if m.name.rpartition(".")[2] in {"utils", "helpers", "misc", "common", "util"}]

    assert not odd, f"name it by what it is: {odd}"


def test_nothing_works_behind_the_scenes():
    """No signals and no ``save()`` of its own: every write is where one reads it."""
    import ast

    wrong = []
    for module in modules():
        for node in ast.walk(parsed(module.path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models.signals"):
                wrong.append(f"{module}:{node.lineno} uses signals")
            if isinstance(node, ast.ClassDef) and any(
                isinstance(f, ast.FunctionDef) and f.name in {"save", "delete"} for f in node.body
            ):
                wrong.append(f"{module}:{node.lineno} {node.name} has a save() or delete() of its own")

    assert not wrong, "\n".join(wrong)
