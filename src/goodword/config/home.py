"""Where one installation keeps its things, and the few settings that a file holds."""

import json
import os
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


def read_home() -> Home:
    folder = Path(os.environ.get("GOODWORD_HOME") or Path.cwd() / "var").absolute()
    try:
        values = json.loads((folder / "settings.json").read_text())
    except FileNotFoundError:
        values = {}
    return Home(folder, values)
