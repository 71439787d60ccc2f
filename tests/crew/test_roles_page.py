"""The docs page of roles is printed from the rules."""

import runpy
from pathlib import Path

HOUSE = Path(__file__).parents[2]


def test_the_page_of_roles_says_what_the_rules_say() -> None:
    printed = runpy.run_path(str(HOUSE / "tools" / "roles.py"))["page"]()

    assert (HOUSE / "docs" / "roles.md").read_text() == printed, "run: .venv/bin/python tools/roles.py > docs/roles.md"
