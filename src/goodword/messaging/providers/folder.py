"""Writes letters as files, for a demo and for trying out: nobody is written to."""

import os
from dataclasses import dataclass
from pathlib import Path

from goodword.messaging.providers.mail import as_mail
from goodword.messaging.providers.protocol import Letter, NotSent


@dataclass(frozen=True)
class Folder:
    """One file for each letter, named by its id: the same letter twice is the same file."""

    folder: Path
    sender: str
    name: str = "folder"

    def send(self, letter: Letter) -> str:
        content = as_mail(letter, self.sender).as_bytes()
        target = self.folder / f"{letter.id}.eml"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(".partial")
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        except OSError as error:
            raise NotSent("folder", permanent=False) from error
        return target.name
