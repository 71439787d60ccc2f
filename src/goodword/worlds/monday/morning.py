"""Monday until 9:40, through the API: phones deliver what technicians tap, the office takes calls and moves a visit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from goodword.worlds.cast import Founded
from goodword.worlds.laying import Client, Progress, Reactor, Transport, Unexpected, command_id, secret_of, step_to
from goodword.worlds.monday.plan import CALLED_IN, MONDAY, MOVED, SHARMA_WORDS, TUESDAY, on
from goodword.worlds.monday.script import FINISHED, PHOTO, Tap

HELD: Final = (FINISHED,)
LAST: Final = command_id("tap", PHOTO.who, PHOTO.about, PHOTO.kind)
"""The last thing that happens: where it was recorded, the Monday is laid."""


@dataclass
class Laying:
    """What every step needs: the company, the way to the API, the visits by customer, each phone's next number."""

    company: Founded
    transport: Transport
    reactor: Reactor
    progress: Progress
    visits: dict[str, UUID] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        return Client(self.transport, secret_of(who))

    def play(self, taps: list[Tap], calls: "list[Call]") -> None:
        """Everything at its own minute: the clock stands there, the reactions are waited for, then it goes on."""
        moments: list[Tap | Call] = sorted([*taps, *calls], key=lambda each: each.at)
        for at, together in groupby(moments, key=lambda each: each.at):
            step_to(at)
            for each in together:
                self._deliver(each) if isinstance(each, Tap) else each.do(self, at)
                self.progress.one()
            self.reactor.settle()

    def _deliver(self, tap: Tap) -> None:
        number = self.numbers[tap.who] = self.numbers.get(tap.who, 0) + 1
        command = {
            "command": command_id("tap", tap.who, tap.about, tap.kind),
            "kind": tap.kind,
            "about": self.visits[tap.about],
            "at": tap.at,
            "device": self.company.devices[tap.who].id,
            "seq": number,
            "facts": dict(tap.facts),
        }
        answer = self.client(tap.who).commands([command])[0]
        wanted = "held" if tap in HELD else "applied"
        if answer.get("first", answer["status"]) != wanted:
            raise Unexpected(f"{tap} was answered {answer}, not {wanted}")


@dataclass(frozen=True)
class Call:
    """Something that the office does."""

    at: datetime
    do: Callable[[Laying, datetime], None]


def _request(laying: Laying, customer: str, work: str, words: str, at: datetime) -> Any:
    site = laying.company.sites[customer]
    return laying.client("hanna").post(
        "/requests", command=command_id("request", customer), at=at, site_id=site.id, work_type=work,
        branch_id=site.customer.branch_id, words=words, contact_id=laying.company.contacts[customer],
    )  # fmt: skip


def _no_heat(laying: Laying, at: datetime) -> None:
    """Mrs Halloran rings; Priya gives her to Ade, who is near by at ten."""
    request = _request(laying, "halloran", CALLED_IN.work, CALLED_IN.words, at)
    asked = {
        "command": command_id("booking", "halloran"), "at": at,
        "technician_id": laying.company.people[CALLED_IN.technician].id,
        "opens_at": CALLED_IN.opens_at, "closes_at": CALLED_IN.closes_at,
        "planned_start": CALLED_IN.starts_at, "planned_end": CALLED_IN.ends_at,
    }  # fmt: skip
    priya = laying.client("priya")
    answer = priya.try_post(f"/requests/{request['id']}/booking", **asked)
    if answer.status == 409:
        answer = priya.try_post(f"/requests/{request['id']}/booking", **asked, anyway="No heat, and she is 84.")
    laying.visits["halloran"] = UUID(answer.or_raise()["visit_id"])


def _moved(laying: Laying, at: datetime) -> None:
    """Mrs Orme rings: Tuesday suits her better."""
    opens, closes = MOVED.span(MOVED.window, TUESDAY)
    start, end = MOVED.span(MOVED.plan, TUESDAY)
    laying.client("hanna").post(
        f"/visits/{laying.visits[MOVED.customer]}/move", command=command_id("move", MOVED.customer), at=at,
        opens_at=opens, closes_at=closes, by_whom="customer", reason="Tuesday suits her better.",
        technician_id=laying.company.people[MOVED.technician].id, planned_start=start, planned_end=end,
    )  # fmt: skip


def _untouched(laying: Laying, at: datetime) -> None:
    """Mrs Sharma's request comes in; nobody has opened it yet."""
    _request(laying, "sharma", "leak", SHARMA_WORDS, at)


def calls_of_monday() -> list[Call]:
    """By the telephone, in order."""
    return list(_calls())


def _calls() -> Iterator[Call]:
    yield Call(on(MONDAY, "8:04"), _no_heat)
    yield Call(on(MONDAY, "8:11"), _moved)
    yield Call(on(MONDAY, "8:52"), _untouched)


def waits_for_a_part(laying: Laying, at: datetime) -> None:
    """Friday: Joe agrees with Mr Hallam what happens next before he leaves him."""
    laying.client("joe").post(
        "/steps", command=command_id("step", "hallam"), at=at, visit_id=laying.visits["hallam"],
        kind="waits_for_part", owner_role="dispatcher", due_at=on(TUESDAY.replace(day=4), "9:00"),
        words="Waits for a thermocouple. Told Friday.",
    )  # fmt: skip
