"""Making the data of a cluster, once."""

import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

from goodword.kit.postgres.binaries import Binaries
from goodword.kit.postgres.service_user import ServiceUser
from goodword.kit.postgres.shoes import shoes_for
from goodword.kit.postgres.troubles import NotLaid

SUPERUSER = "postgres"
SAFE = ("--data-checksums", "--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "--encoding=UTF8")


def lay(data: Path, secret: Path, binaries: Binaries, user: ServiceUser | None) -> None:
    """Make `data` beside its place and move it there as a whole, so that a crash leaves no half.

    The superuser's password is drawn here and kept in `secret`, for its owner's eyes only.
    """
    fresh = data.with_name("data.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if user:
        os.chown(fresh, user.uid, user.gid)
    password = secrets.token_urlsafe(24)
    with tempfile.TemporaryFile("w+") as file, shoes_for(fresh, user) as shoes:
        file.write(password + "\n")
        file.flush()
        if user:
            os.fchown(file.fileno(), user.uid, user.gid)
        command = [binaries["initdb"], "-D", shoes.where, "-U", SUPERUSER, f"--pwfile=/dev/fd/{file.fileno()}", *SAFE]
        said = subprocess.run(
            [*command, *locale(binaries)],
            check=False,
            text=True,
            **shoes.arguments(log=subprocess.PIPE, also=(file.fileno(),)),
        )
    if said.returncode:
        raise NotLaid(data, said.stdout[-2000:])
    keep_secret(secret, password)
    fresh.rename(data)


def locale(binaries: Binaries) -> list[str]:
    """The same letters on every machine, whatever its C library: PostgreSQL's own locale where it has one."""
    if binaries.major >= 18:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"]
    if binaries.major == 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def keep_secret(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
