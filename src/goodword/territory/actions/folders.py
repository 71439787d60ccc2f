"""The folders of prepared territories: built aside, put in place by one rename, never half there."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from goodword.territory.errors import BuildBusy, DiskNearlyFull

MANIFEST = "manifest.json"
SOURCE, ADDRESSES = "source.osm.pbf", "addresses.csv"
FORMAT = 2
"""Raised when what we write into a folder changes, so that old folders are made anew."""

_BUILDING = ".building-"
_SPACE_FACTOR, _SPACE_FLOOR = 12, 60_000_000  # ours: measured 4 to 6 times the file, plus room for the sort


def sha256_of(file: Path) -> str:
    """The hash of a file's content."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def dataset_hash(**parts: str) -> str:
    """Changes when the file, its addresses, the engine or our format changes."""
    text = json.dumps({**parts, "format": FORMAT}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """What the folder holds; None when it is absent or was never finished."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
        return None
    return dict(manifest)


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """The last thing that is written, and brought to the disk."""
    with (folder / MANIFEST).open("w") as stream:
        json.dump(manifest, stream, indent=1, sort_keys=True, ensure_ascii=False)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def only_one_build(root: Path) -> Iterator[None]:
    """Hold the lock of this installation's territories; refuse when another build runs."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildBusy from error
        yield


@contextmanager
def built_aside(root: Path, name: str) -> Iterator[Path]:
    """A folder to build in. Renamed to `root`/`name` when all went well, else taken away."""
    _sweep(root)
    aside = root / f"{_BUILDING}{name}"
    aside.mkdir()
    try:
        yield aside
        final = root / name
        if final.exists():
            shutil.rmtree(final)
        aside.rename(final)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def keep_only(root: Path, *names: str) -> None:
    """Take away the folders of older territories."""
    for folder in root.iterdir():
        if folder.is_dir() and folder.name not in names:
            shutil.rmtree(folder, ignore_errors=True)


def keep_source(file: Path, folder: Path) -> None:
    """Keep the road file beside what was made of it, to prepare it anew after an upgrade."""
    shutil.copyfile(file, folder / SOURCE)


def require_space(root: Path, file: Path) -> None:
    """Refuse before a build that would fill the disk.

    Raises
    ------
    DiskNearlyFull
        With what is needed and what is free.
    """
    needed = _SPACE_FLOOR + _SPACE_FACTOR * file.stat().st_size
    free = shutil.disk_usage(root).free
    if free < needed:
        raise DiskNearlyFull(needed_mb=needed // 1_000_000, free_mb=free // 1_000_000)


def _sweep(root: Path) -> None:
    """Remove what a killed build left behind; the lock says that none is running."""
    for folder in root.glob(f"{_BUILDING}*"):
        shutil.rmtree(folder, ignore_errors=True)
