"""The source of the house, read as a tree: what imports what, which texts it says."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
SOURCE = HOUSE / "src" / "goodword"
TEMPLATES = sorted(p for suffix in ("html", "txt") for p in SOURCE.rglob(f"templates/**/*.{suffix}"))


@dataclass(frozen=True)
class Module:
    """One file: its dotted name and where it lies."""

    name: str
    path: Path

    @property
    def tree(self) -> ast.Module:
        return parsed(self.path)

    @property
    def package(self) -> str:
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    def __str__(self) -> str:
        return str(self.path.relative_to(HOUSE))


@dataclass(frozen=True)
class Import:
    """One import of a module of ours. ``lazy``: inside a function, or only for type checking."""

    target: str
    line: int
    lazy: bool


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package, migrations apart."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" in path.parts or "node_modules" in path.parts:
            continue
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        found.append(Module(".".join(parts[:-1] if parts[-1] == "__init__" else parts), path))
    return tuple(found)


@cache
def names() -> frozenset[str]:
    return frozenset(m.name for m in modules())


def imports(module: Module) -> Iterator[Import]:
    """What it imports of ours, by full module name; ``from goodword.kit import clock`` is ``goodword.kit.clock``."""
    yield from _imports(module, module.tree, lazy=False)


def _imports(module: Module, node: ast.AST, *, lazy: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield from _ours(alias.name, child.lineno, lazy)
        elif isinstance(child, ast.ImportFrom):
            base = _base(module, child)
            for alias in child.names:
                full = f"{base}.{alias.name}"
                yield from _ours(full if full in names() else base, child.lineno, lazy)
        else:
            yield from _imports(module, child, lazy=lazy or _makes_lazy(child))


def _base(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.package.split(".")
    kept = parts[: len(parts) - node.level + 1]
    return ".".join([*kept, node.module] if node.module else kept)


def _makes_lazy(node: ast.AST) -> bool:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        return True
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _ours(name: str, line: int, lazy: bool) -> Iterator[Import]:
    if name.split(".")[0] == "goodword":
        yield Import(name, line, lazy)


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node


def called(call: ast.Call) -> str:
    """The last part of the called name: ``record`` for ``events.record(…)``."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def without_comments(path: Path) -> str:
    """A template without what nobody is shown."""
    comments = r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->|<(script|style).*?</\1>"
    return re.sub(comments, " ", path.read_text(), flags=re.S)
