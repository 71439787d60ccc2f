"""Who did something: a person of the company, a customer's link, a program's token, or the system itself."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """Events keep ``kind`` and ``id`` only; ``name`` is for messages and never stored."""

    kind: Literal["person", "link", "system", "token"]
    id: UUID | None = None
    name: str = ""

    @property
    def is_customer(self) -> bool:
        return self.kind == "link"


SYSTEM = Actor("system")
