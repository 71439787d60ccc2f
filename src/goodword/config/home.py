"""Where one installation keeps its things, and the few settings that a file holds."""

import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Home:
    """The folder of one installation. Environment variables win over ``settings.json``."""

    folder: Path
    values: dict[str, Any]

    def get(self, key: str, variable: str, default: Any = None) -> Any:
        return os.environ.get(variable) or self.values.get(key) or default

    def path(self, *parts: str) -> Path:
        return self.folder.joinpath(*parts)

    def keep(self, **changes: Any) -> "Home":
        """Write settings into the file (readable by its owner only) and answer the new home.

        The file is replaced as a whole, so that a crash leaves the old one or the new one.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        values = {**read_values(self.folder), **changes}
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".settings-")
        with os.fdopen(handle, "w") as file:
            json.dump(values, file, indent=2, sort_keys=True)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, self.folder / "settings.json")
        return Home(self.folder, values)

    def keep_secret_key(self) -> "Home":
        """Make the secret that signs sessions and links, once."""
        return self if self.values.get("secret_key") else self.keep(secret_key=secrets.token_urlsafe(48))


def read_values(folder: Path) -> dict[str, Any]:
    try:
        values = json.loads((folder / "settings.json").read_text())
    except FileNotFoundError:
        return {}
    return dict(values)


def read_home() -> Home:
    folder = Path(os.environ.get("GOODWORD_HOME") or Path.cwd() / "var").absolute()
    return Home(folder, read_values(folder))
