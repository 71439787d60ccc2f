"""What a way of sending takes and answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Attachment:
    name: str
    type: str
    text: str


@dataclass(frozen=True)
class Letter:
    """One message as plain values. ``id`` is the same for every try of one message."""

    id: UUID
    to_address: str
    to_name: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...]
    language: str
    made_at: datetime


class NotSent(Exception):
    """It certainly was not taken. ``permanent``: trying again is no use."""

    def __init__(self, code: str, *, permanent: bool) -> None:
        self.code, self.permanent = code, permanent
        super().__init__(code)


class PerhapsSent(Exception):
    """The whole message went out and no answer came: nobody knows whether it was taken."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Provider(Protocol):
    """A way of sending."""

    @property
    def name(self) -> str: ...

    def send(self, letter: Letter) -> str:
        """Hand the letter over; the other side's own name for it.

        Raises
        ------
        NotSent
            It was not taken.
        PerhapsSent
            It may have been taken.
        """
        ...
