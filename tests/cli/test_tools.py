"""The scripts that make a clone ready."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

HOUSE = Path(__file__).resolve().parents[2]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tools_{name}", HOUSE / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def find_python(tmp_path: Path) -> "subprocess.CompletedProcess[str]":
    """With a PATH of our making; the few programs the script needs are linked in."""
    tools = tmp_path / "tools"
    tools.mkdir(exist_ok=True)
    for name in ("dirname", "sh"):
        if not (tools / name).exists():
            (tools / name).symlink_to(f"/usr/bin/{name}")
    environment = {"PATH": f"{tmp_path / 'shims'}:{tools}", "HOME": str(tmp_path / "home")}
    return subprocess.run(
        [HOUSE / "tools" / "find-python"], env=environment, capture_output=True, text=True, check=False
    )


def test_a_python_behind_broken_shims_is_found(tmp_path):
    program(tmp_path / "shims" / "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    program(tmp_path / "shims" / "python3", "exit 1")
    good = tmp_path / "home" / ".pyenv" / "versions" / "3.12.9" / "bin" / "python3.12"
    program(good, f'exec {sys.executable} "$@"')

    found = find_python(tmp_path)

    assert found.returncode == 0, found.stderr
    assert Path(found.stdout.strip()).exists()


@pytest.mark.skipif(any(Path("/usr/local/bin").glob("python3.1[2-9]")), reason="a good Python lies in /usr/local/bin")
def test_when_there_is_none_it_says_what_was_tried_and_what_to_install(tmp_path):
    program(tmp_path / "shims" / "python3.12", "exit 127")
    program(tmp_path / "shims" / "uv", "exit 1")

    found = find_python(tmp_path)

    assert found.returncode == 1
    assert found.stdout == ""
    assert str(tmp_path / "shims" / "python3.12") in found.stderr
    assert "apt-get install python3.12" in found.stderr


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "tools/uv.lock"])
def test_locks_have_hashes_and_no_address(name):
    lines = (HOUSE / name).read_text().splitlines()

    assert not [line for line in lines if "://" in line or "file:" in line]
    packages = [line for line in lines if "==" in line]
    assert packages
    assert all(line.rstrip().endswith("\\") for line in packages)


def test_the_locks_agree_with_each_other():
    pinned = [
        {line.split()[0] for line in (HOUSE / name).read_text().splitlines() if "==" in line}
        for name in ("requirements.lock", "requirements-dev.lock")
    ]

    assert pinned[0] <= pinned[1]


def test_a_stamp_changes_with_what_it_was_made_from(tmp_path):
    prepare = load("prepare")
    prepare.HOUSE = tmp_path
    file = tmp_path / "package.json"
    file.write_text("{}")
    before = prepare.stamp_of([file])

    file.write_text("{ }")

    assert prepare.stamp_of([file]) != before
    assert prepare.is_stamped(tmp_path / "missing", before) is False


def test_nothing_is_fetched_when_everything_is_stamped(tmp_path, monkeypatch):
    prepare = load("prepare")
    monkeypatch.setattr(prepare, "run", lambda *words: pytest.fail(f"ran {words}"))
    for name in ("requirements.lock", "requirements-dev.lock", "package.json", "package-lock.json"):
        (tmp_path / name).write_text(name)
    venv, built = tmp_path / ".venv", tmp_path / "built"
    (tmp_path / "src" / "goodword").mkdir(parents=True)
    for folder in (venv, built, tmp_path / "node_modules"):
        folder.mkdir()
    monkeypatch.setattr(prepare, "HOUSE", tmp_path)
    monkeypatch.setattr(prepare, "VENV", venv)
    monkeypatch.setattr(prepare, "BUILT", built)
    locks = [tmp_path / "package.json", tmp_path / "package-lock.json"]
    (venv / ".goodword-stamp").write_text(prepare.stamp_of([tmp_path / "requirements.lock"], str(tmp_path)))
    (tmp_path / "node_modules" / ".goodword-stamp").write_text(prepare.stamp_of(locks))
    (built / ".goodword-stamp").write_text(prepare.stamp_of([*locks, *prepare.front_end_sources()]))

    assert prepare.environment("run") == 0.0
    assert prepare.front_end("run") == (0.0, 0.0)


def test_an_id_that_no_test_shows_is_named(tmp_path, capsys, monkeypatch):
    shown = load("shown")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "requirements-index.txt").write_text("# ids\nS0-1 G\nS0-2 G V\nS0-3 D\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text(
        'import pytest\n\n@pytest.mark.shows("S0-1", "S9-9")\ndef test_a():\n    pass\n'
    )
    monkeypatch.setattr(shown, "HOUSE", tmp_path)
    monkeypatch.setattr(shown, "INDEX", tmp_path / "docs" / "requirements-index.txt")
    monkeypatch.setattr(shown, "SOURCE", tmp_path / "nowhere.md")

    assert shown.main(["G"]) == 1

    said = capsys.readouterr().out
    assert "S0-2 [G V] is shown by no test." in said
    assert "S9-9 is no requirement" in said
    assert "S0-1 [" not in said
    assert "S0-3" not in said


def test_ci_calls_make_test_and_nothing_of_its_own():
    assert (HOUSE / ".ci" / "run").read_text().splitlines()[-1] == "exec make test"
    assert os.access(HOUSE / ".ci" / "run", os.X_OK)
