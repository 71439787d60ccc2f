"""Which requirements no test shows. Usage: ``tools/shown.py G V`` (the tags built so far).

A test says what it shows by ``@pytest.mark.shows("S0-6")``, on itself, its class or its module. The ids and their
tags are in ``docs/requirements-index.txt``; where the requirements themselves lie beside the clone, both must agree.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
INDEX = HOUSE / "docs" / "requirements-index.txt"
SOURCE = HOUSE.parent / "shared" / "requirements.md"


def said_in_index() -> dict[str, set[str]]:
    """Id to tags, as ``S0-9 V D`` lines."""
    lines = (line.split() for line in INDEX.read_text().splitlines() if line and not line.startswith("#"))
    return {words[0]: set(words[1:]) for words in lines}


def said_in_source(text: str) -> dict[str, set[str]]:
    """Id to tags, from the table that says which issue brings what."""
    found: dict[str, set[str]] = {}
    for tag, ids in re.findall(r"^\| \[([A-Z])\] \|.*\|([^|]*)\|$", text, re.MULTILINE):
        for one in ids.split():
            found.setdefault(one, set()).add(tag)
    return found


def shown_in(path: Path) -> Iterator[str]:
    """Every id that a ``pytest.mark.shows(...)`` in this file names."""
    for node in ast.walk(ast.parse(path.read_text(), str(path))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.shows"):
            yield from (str(a.value) for a in node.args if isinstance(a, ast.Constant))


def write_index() -> None:
    found = said_in_source(SOURCE.read_text())
    order = sorted(found, key=lambda one: [int(n) for n in re.findall(r"\d+", one)])
    head = "# Requirement ids and the tags of the issues that bring them. Written by tools/shown.py --write.\n"
    INDEX.write_text(head + "".join(f"{one} {' '.join(sorted(found[one]))}\n" for one in order))


def main(tags: list[str]) -> int:
    if tags == ["--write"]:
        write_index()
        return 0
    index = said_in_index()
    shown: dict[str, list[str]] = {}
    for path in sorted((HOUSE / "tests").rglob("test_*.py")):
        for one in shown_in(path):
            shown.setdefault(one, []).append(str(path.relative_to(HOUSE)))
    missing = [one for one, of in index.items() if of & set(tags) and one not in shown]
    wrong = [one for one in shown if one not in index]
    stale = SOURCE.exists() and said_in_source(SOURCE.read_text()) != index
    for one in missing:
        print(f"{one} [{' '.join(sorted(index[one]))}] is shown by no test.")
    for one in wrong:
        print(f"{one} is no requirement; named in {', '.join(shown[one])}.")
    if stale:
        print("docs/requirements-index.txt differs from the requirements: run tools/shown.py --write.")
    if not (missing or wrong or stale):
        count = sum(bool(of & set(tags)) for of in index.values())
        print(f"All {count} requirements tagged {' '.join(tags)} are shown by a test.")
    return 1 if missing or wrong or stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
