"""A day as a queue of moments: the company clock is stepped to each, and what is due is done."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from tests.journeys.played.company import Company

from goodword.worlds.laying import Client, command_id, step_to

Do = Callable[[datetime], None]


class Clockwork:
    def __init__(self) -> None:
        self._due: list[tuple[datetime, int, Do]] = []
        self._order = count()

    def at(self, moment: datetime, do: Do) -> None:
        heapq.heappush(self._due, (moment, next(self._order), do))

    def run(self) -> None:
        while self._due:
            moment, _order, do = heapq.heappop(self._due)
            step_to(moment)
            do(moment)


class Phone:
    """An outbox with numbered commands. Without signal it keeps them; sometimes it does not hear the answer."""

    RESENDS_EVERY = 9

    def __init__(self, company: Company, who: str) -> None:
        self.who, self.company = who, company
        self.client: Client = company.client(who)
        self.online = True
        self.answers: dict[UUID, dict[str, Any]] = {}
        self.kinds: dict[UUID, str] = {}
        self._outbox: list[dict[str, Any]] = []
        self._number = self._batches = 0

    def tap(self, at: datetime, kind: str, about: str, /, **facts: Any) -> None:
        self._number += 1
        command = command_id("played", self.who, self._number)
        self.kinds[command] = kind
        self._outbox.append(
            {"command": command, "kind": kind, "about": about, "at": at, "device": self.company.devices[self.who],
             "seq": self._number, "facts": facts}
        )  # fmt: skip
        self.deliver()

    def deliver(self) -> None:
        """Send what waits. Every so often the answer is lost and the whole batch is sent again."""
        if not (self.online and self._outbox):
            return
        self._batches += 1
        batch = sorted(self._outbox, key=lambda one: str(one["command"])) if len(self._outbox) > 1 else self._outbox
        answers = self.client.commands(batch)
        if self._batches % self.RESENDS_EVERY == 0:
            again = self.client.commands(batch)
            assert {a["status"] for a in again} == {"duplicate"}
            assert [a["first"] for a in again] == [a["status"] for a in answers]
        self.answers.update((UUID(a["command"]), a) for a in answers)
        self._outbox = []
