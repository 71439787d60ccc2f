"""One thing that the doctor saw."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    FINE = "fine"
    WATCH = "watch"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """`code` is for programs, `says` and `do` for a person."""

    level: Level
    code: str
    says: str
    do: str = ""
