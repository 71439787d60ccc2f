"""Break one rule at a time in a copy of the house, and see that a test notices. ``make mutants`` runs all.

Usage: ``tools/mutants.py [NUMBER ...]``. Each mutant names the file, the line that changes, and the tests that must
fail; those tests pass without it (the first thing that is tried). Ends with one line of JSON. What a branch filter is
worth is asked with every change already, query by query, in ``tests/faces/test_access_mutants.py``.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
COPIED = ("src", "tests", "docs", "tools", "pyproject.toml")
CALENDAR, DOOR = "src/goodword/kit/calendar.py", "src/goodword/kit/commands.py"
LAW = "src/goodword/kit/migrations/0002_the_law.py"
TIME = "src/goodword/crew/migrations/0001_start.py"
KINDS = 'condition=models.Q(("kind__in", ["visit", "hold"]), ("live", True)),'
EXCLUDED = 'expressions=[("person", "="), ("during", "&&")],'
BOOKING = ("tests/crew/test_double_booking.py",)
TIMES = ("tests/kit/test_calendar.py",)
LIST = "operations = ["
COMMANDS = ("tests/kit/test_commands.py", "tests/kit/test_held.py")


@dataclass(frozen=True)
class Mutant:
    """``old`` stands once in ``file`` and becomes ``new``; one of ``tests`` must fail."""

    number: str
    says: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


NOT_UNIQUE = 'migrations.RunSQL("ALTER TABLE kit_command DROP CONSTRAINT kit_command_pkey"),'
APPLIED = "if refusal else mark_applied(row)"
NO_OFFSET = "if at.tzinfo is None or at.utcoffset() is None:"
OURS = "at = at.astimezone(UTC)\n    if at.utcoffset() is None:"
LOST = "if refusal else (mark_applied(row), transaction.set_rollback(True))[0]"
MUTANTS = [
    Mutant("1", "a command's id need not be unique", LAW, LIST, LIST + NOT_UNIQUE, COMMANDS),
    Mutant(
        "2",
        "acknowledged, and then not committed",
        DOOR,
        APPLIED,
        LOST,
        COMMANDS,
    ),
    Mutant("7", "nothing bars double booking", TIME, EXCLUDED, EXCLUDED.replace("[", '[("id", "="), '), BOOKING),
    Mutant("8", "a held offer does not bar a booking", TIME, KINDS, KINDS.replace(', "hold"', ""), BOOKING),
    Mutant("19", "an instant without offset is ours", CALENDAR, NO_OFFSET, OURS, TIMES),
]


def copy_to(place: Path) -> Path:
    """A house of its own; the libraries are this one's."""
    for name in COPIED:
        there = HOUSE / name
        if there.is_dir():
            shutil.copytree(there, place / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copy(there, place / name)
    return place


def passes(house: Path, tests: tuple[str, ...]) -> bool:
    """Whether these tests hold in that house."""
    env = os.environ | {"PYTHONPATH": f"{house / 'src'}:{house}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=house, env=env, capture_output=True, text=True)
    if done.returncode not in {0, 1}:
        raise SystemExit(f"The tests could not run:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.returncode == 0


def is_killed(house: Path, mutant: Mutant) -> bool:
    """Break it, ask the tests, mend it."""
    file = house / mutant.file
    whole = file.read_text()
    if whole.count(mutant.old) != 1:
        raise SystemExit(f"Mutant {mutant.number}: {mutant.old!r} stands {whole.count(mutant.old)} times in {file}.")
    file.write_text(whole.replace(mutant.old, mutant.new))
    try:
        return not passes(house, mutant.tests)
    finally:
        file.write_text(whole)


def main(wanted: list[str]) -> int:
    chosen = [m for m in MUTANTS if not wanted or m.number in wanted]
    with tempfile.TemporaryDirectory(prefix="goodword-mutants-") as folder:
        house = copy_to(Path(folder))
        if not passes(house, tuple(sorted({t for m in chosen for t in m.tests}))):
            raise SystemExit("The tests fail without any mutant; mend that first.")
        killed = {}
        for mutant in chosen:
            killed[mutant.number] = is_killed(house, mutant)
            print(f"{mutant.number:>3} {'killed' if killed[mutant.number] else 'SURVIVED'}: {mutant.says}", flush=True)
    print(json.dumps({"mutants": len(killed), "killed": sum(killed.values())}))
    return 0 if all(killed.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
