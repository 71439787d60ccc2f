"""What Goodword needs to run may be used by everybody; a licence that is not on the list fails."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

HOUSE = Path(__file__).resolve().parents[2]
ALLOWED = {
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "Apache-2.0",
    "Apache",
    "ISC",
    "PSF-2.0",
    "PSF",
    "Python-2.0",
    "Unlicense",
    "Zlib",
    "MPL-2.0",
    "HPND",
    "CC0-1.0",
    "BSL-1.0",
    "PostgreSQL",
}
# Licences that are not on the list, for one package and a reason each.
WITH_A_REASON = {
    "psycopg": ("LGPL", "used as a library, unchanged, and replaceable"),
    "psycopg-binary": ("LGPL", "the same"),
    "psycopg-pool": ("LGPL", "the same"),
}
SPELLINGS = [
    (r"\bMIT License|\bMIT\b", "MIT"),
    (r"Apache[ -](Software )?(License,?)? ?(Version )?2|Apache 2|Apache-2|Apache Software License", "Apache-2.0"),
    (r"BSD|Redistribution and use in source and binary forms", "BSD"),
    (r"\bISC\b", "ISC"),
    (r"Mozilla Public License|MPL", "MPL-2.0"),
    (r"Python Software Foundation|PSF", "PSF"),
    (r"Lesser General Public|LGPL", "LGPL"),
    (r"Affero|AGPL", "AGPL"),
    (r"General Public License|\bGPL", "GPL"),
    (r"Unlicense", "Unlicense"),
    (r"zlib", "Zlib"),
    (r"PostgreSQL", "PostgreSQL"),
    (r"Boost|BSL-1", "BSL-1.0"),
]


def runtime() -> set[str]:
    """Every package that is installed with Goodword, without what only tests and checks need."""
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]
    waiting = [Requirement(one) for one in project["dependencies"] + project["optional-dependencies"]["embedded"]]
    found = {re.sub(r"[-_.]+", "-", one.name).lower() for one in waiting}
    while waiting:
        wanted = waiting.pop()
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        extras = wanted.extras or {""}
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        for line in requires:
            needed = Requirement(line)
            applies = needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras | {""})
            if applies and (key := re.sub(r"[-_.]+", "-", needed.name).lower()) not in found:
                found.add(key)
                waiting.append(needed)
    return found


def licences(name: str) -> set[str]:
    """The licences that a package names, in one spelling."""
    said = metadata(name)
    if expression := said.get("License-Expression"):
        return {part.strip("() ") for part in re.split(r"\s+(?:AND|OR|WITH)\s+", expression)}
    trove = [c.rpartition("::")[2] for c in said.get_all("Classifier", []) if c.startswith("License ::")]
    texts = [t for t in trove if t.strip() not in {"OSI Approved"}] or [(said.get("License") or "")[:400]]
    return {short(text) for text in texts}


def short(text: str) -> str:
    return next((name for pattern, name in SPELLINGS if re.search(pattern, text, re.IGNORECASE)), text.strip() or "?")


@pytest.mark.parametrize("name", sorted(runtime()))
def test_a_runtime_dependency_may_be_used_by_everybody(name):
    try:
        found = licences(name)
    except PackageNotFoundError:
        pytest.skip("not installed on this machine")
    if name in WITH_A_REASON:
        assert any(WITH_A_REASON[name][0] in licence for licence in found)
        return
    assert found & ALLOWED, f"{name} is under {found}"
    assert not {licence for licence in found if re.search("GPL", licence)} or found & ALLOWED


def test_the_list_sees_what_it_is_meant_to_see():
    names = runtime()

    assert {"django", "psycopg", "procrastinate", "numpy", "granian"} <= names
    assert not {"pytest", "hypothesis", "mypy", "ruff"} & names
    assert short("GNU Affero General Public License v3") == "AGPL"
    assert not {"AGPL", "GPL", "LGPL"} & ALLOWED
