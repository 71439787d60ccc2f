"""PostgreSQL refuses to run as root: then it runs as a service user that owns its folder and nothing else.

Who that is: the owner of a folder that exists already, else `GOODWORD_PG_USER`, else the system user `goodword`
(made when missing), else the system's `postgres`.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from goodword.kit.postgres.troubles import NoServiceUser

NAME = "goodword"


@dataclass(frozen=True)
class ServiceUser:
    name: str
    uid: int
    gid: int


def service_user(folder: Path) -> ServiceUser | None:
    """Whom to become for the cluster in `folder`; None when we are not root and stay who we are."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat().st_uid) != 0:
        return _known(pwd.getpwuid(owner))
    named = os.environ.get("GOODWORD_PG_USER")
    for name in [named] if named else [NAME, None, "postgres"]:
        if name is None:
            _make_user()
        if found := _look_up(name or NAME):
            return found
    raise NoServiceUser([named] if named else [NAME, "postgres"])


def _known(entry: pwd.struct_passwd) -> ServiceUser:
    return ServiceUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _look_up(name: str) -> ServiceUser | None:
    try:
        return _known(pwd.getpwnam(name))
    except KeyError:
        return None


def _make_user() -> None:
    ways = [
        [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            "/usr/sbin/nologin",
            NAME,
        ],
        ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", NAME],
    ]
    for way in ways:
        if program := shutil.which(way[0], path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"):
            subprocess.run([program, *way[1:]], capture_output=True, check=False)
            return


def can_reach(user: ServiceUser, path: Path) -> bool:
    """Whether `user` may pass every folder above `path` and read the file itself (its further groups are not asked)."""
    wanted = [(folder, 0o1) for folder in path.resolve().parents] + [(path, 0o5 if path.is_dir() else 0o4)]
    return all(_allowed(user, place.stat(), bits) for place, bits in wanted if place.exists())


def _allowed(user: ServiceUser, has: os.stat_result, bits: int) -> bool:
    shift = 6 if has.st_uid == user.uid else 3 if has.st_gid == user.gid else 0
    return (has.st_mode >> shift) & bits == bits
