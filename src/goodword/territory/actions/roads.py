"""Run OSRM's own programs over a road file."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import osrm
from django.utils.translation import gettext_lazy

from goodword.territory.errors import BuildFailed, because
from goodword.territory.rules.closures import Stretch, speed_lines

Progress = Callable[[str, float | None], None]
"""Called with what is being done and how far it is (0 to 1, None when that is not known)."""

PROFILE = "car"
ROADS = "roads.osrm"
SMALL_NET, SMALL_CELLS = 2_000, "64,1024,16384,2097152"
"""A net of fewer roads is cut into smaller cells than OSRM's own: 60 places in 30 instead of 150 ms, measured."""

_PACKAGE = Path(osrm.__file__).parent
_STEPS = (
    ("extract", 0.0, gettext_lazy("Preparing the roads: reading")),
    ("partition", 0.7, gettext_lazy("Preparing the roads: cutting into cells")),
    ("customize", 0.85, gettext_lazy("Preparing the roads: times")),
)


def prepare_roads(file: Path, folder: Path, ways: int, progress: Progress) -> Path:
    """Make the routing data (MLD) in `folder` and answer its base path.

    Parameters
    ----------
    ways : int
        How many drivable roads there are. OSRM moves a place from a net of less than 1,000 points
        to the next larger one, even over a river; a small territory has no larger one, so there
        only a tenth of its roads counts as a net too small to stand alone (ours).

    Raises
    ------
    BuildFailed
        With what the engine said last.
    """
    base = folder / ROADS
    for step, done, words in _STEPS:
        progress(str(words), done)
        _run(step, _arguments(step, file, base, ways))
    return base


def close_stretches(open_roads: Path, folder: Path, stretches: Iterable[Stretch]) -> Path:
    """Copy the routing data into `folder` and let no car onto these stretches; answer its base path.

    A whole copy: the engine writes times and geometry in place even when another place is named for its
    output, and the open roads are being read meanwhile.

    Raises
    ------
    BuildFailed
        With what the engine said last.
    """
    for file in sorted(open_roads.parent.glob(f"{ROADS}*")):
        shutil.copyfile(file, folder / file.name)
    base, speeds = folder / ROADS, folder / "closed.csv"
    speeds.write_text(speed_lines(stretches))
    if speeds.stat().st_size:
        _run("customize", ["--segment-speed-file", str(speeds), str(base)])
    return base


def _arguments(step: str, file: Path, base: Path, ways: int) -> list[str]:
    small = ["--small-component-size", str(min(1_000, max(2, ways // 10)))]
    if step == "extract":
        profile = _PACKAGE / "share" / "profiles" / f"{PROFILE}.lua"
        return ["--profile", str(profile), *small, "--output", str(base), str(file)]
    if step == "partition":
        cells = ["--max-cell-sizes", SMALL_CELLS] if ways < SMALL_NET else []
        return [*small, *cells, str(base)]
    return [str(base)]


def _run(step: str, arguments: list[str]) -> None:
    program = _PACKAGE / "bin" / f"osrm-{step}"
    if not program.is_file():
        raise BuildFailed(step=step, why=because("no-tool", detail=program.name))
    ended = subprocess.run([str(program), *arguments], capture_output=True, text=True, errors="replace", check=False)
    if ended.returncode < 0:
        raise BuildFailed(step=step, why=because("killed", detail=-ended.returncode))
    if ended.returncode:
        raise BuildFailed(step=step, why=because("engine", detail=_last_words(ended.stdout + ended.stderr)))


def _last_words(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    bad = [line for line in lines if "[error]" in line]
    said = (bad or lines or ["nothing"])[-1]
    return said.rpartition("] ")[2][:300]
