"""A technician's day as a phone tells it, and the ways in which it may reach the server."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from tests.cast import at

from goodword.kit.commands import BATCH
from goodword.kit.ids import uuid7

EVENING = at("22:00")
LONGEST_DELAY_H = 14 * 24
Said = tuple[str, dict[str, Any]]

PROOF = {"waited_s": 900, "calls": 2}
FULL: list[Said] = [
    ("visit.review", {}),
    ("visit.on_the_way", {}),
    ("visit.arrive", {}),
    ("visit.meet", {"who": "contact"}),
    ("visit.confirm_scope", {}),
    ("visit.start_work", {}),
    ("visit.observe_working", {}),
    ("visit.clean_up", {}),
    ("visit.walk_through", {}),
    ("visit.satisfied", {"satisfied": True}),
    ("visit.complete", {"outcome": "fixed"}),
]
# What an ended visit may lack: it is recorded as missed.
SPARES = {"visit.clean_up", "visit.walk_through", "visit.satisfied"}
EXTRAS: list[tuple[int, Said]] = [
    (2, ("visit.running_late", {"minutes": 15})),
    (2, ("visit.running_late", {"minutes": 40})),
    (4, ("visit.meet", {"who": "adult"})),
    (5, ("visit.confirm_scope", {"how": "changed", "reason": "The tap too."})),
    (6, ("note.add", {"words": "The valve is stiff."})),
    (8, ("visit.sign", {})),
    (9, ("visit.satisfied", {"satisfied": False})),
    (10, ("note.add", {"words": "The key is back."})),
]


def _full(draw: st.DrawFn) -> list[Said]:
    """All four stages, some steps left out, some told twice; each extra in its place."""
    told: list[tuple[float, Said]] = [(n, s) for n, s in enumerate(FULL) if s[0] not in SPARES or draw(st.booleans())]
    picked = draw(st.lists(st.sampled_from(EXTRAS), max_size=4, unique_by=lambda e: (e[0], e[1][0], str(e[1][1]))))
    told += [(place - 0.5 + n / 100, said) for n, (place, said) in enumerate(picked)]
    outcome = draw(st.sampled_from(["fixed", "needs_return"]))
    script = [said for _place, said in sorted(told, key=lambda pair: pair[0])]
    return [(k, {"outcome": outcome}) if k == "visit.complete" else (k, f) for k, f in script]


def _at_the_door(draw: st.DrawFn) -> list[Said]:
    """An end in Arrive (E-10), "no access" with proof that suffices or does not."""
    proof = draw(st.sampled_from([PROOF, {"waited_s": 60, "calls": 0}]))
    outcome = draw(st.sampled_from(["no_access", "minor_only", "unsafe"]))
    ending: Said = ("visit.complete", {"outcome": outcome, "proof": proof})
    return [*FULL[:3], *([("visit.meet", {"who": "nobody"})] if draw(st.booleans()) else []), ending]


def _unfinished(draw: st.DrawFn) -> list[Said]:
    return FULL[: draw(st.integers(0, len(FULL) - 1))]


@st.composite
def days(draw: st.DrawFn, visits: int) -> list[tuple[int, datetime, Said]]:
    """What the technician taps, in order: (number of the visit, when, what). Times only grow."""
    clock, taps = at("07:00"), []
    for n in range(draw(st.integers(1, visits))):
        clock = max(clock, at("07:00") + timedelta(hours=2 * n))
        script = draw(st.sampled_from([_full, _full, _at_the_door, _unfinished]))
        for said in script(draw):
            clock += timedelta(minutes=draw(st.integers(1, 35)))
            taps.append((n, clock, said))
    return taps


@dataclass(frozen=True)
class Batch:
    """What reaches the server at one moment. ``cut``: so many were applied, then the line or the server was gone,
    before any answer; the phone sends all of it again."""

    received: datetime
    raw: list[dict[str, Any]]
    cut: int | None = None


@dataclass
class Phone:
    """Numbers what is tapped, as the phone does."""

    device: UUID = field(default_factory=uuid7)
    seq: int = 0

    def command(self, kind: str, about: UUID, when: datetime, facts: dict[str, Any]) -> dict[str, Any]:
        self.seq += 1
        body = {"command": str(uuid7()), "kind": kind, "about": str(about), "at": when.isoformat(), "facts": facts}
        return body | {"device": str(self.device), "seq": self.seq}


def in_order(raw: list[dict[str, Any]]) -> list[Batch]:
    """Each one alone, a minute after it was tapped."""
    return [Batch(datetime.fromisoformat(c["at"]) + timedelta(minutes=1), [c]) for c in raw]


def scattered(raw: list[dict[str, Any]], dice: Random) -> list[Batch]:
    """Each one to five times, shuffled, in batches of any size, up to 14 days late, some of them cut."""
    copies = [c for c in raw for _n in range(dice.randint(1, dice.choice([1, 1, 2, 5])))]
    dice.shuffle(copies)
    batches: list[list[dict[str, Any]]] = []
    while copies:
        size = dice.randint(1, dice.choice([1, 3, 12, BATCH]))
        batches.append(copies[:size])
        copies = copies[size:]
    hours = sorted(dice.uniform(0, LONGEST_DELAY_H) for _b in batches)
    cuts = [dice.randint(0, len(b)) if dice.random() < 0.3 else None for b in batches]
    return [
        Batch(EVENING + timedelta(hours=h), b, cut) for h, b, cut in zip(hours, batches, cuts, strict=True)
    ]  # fmt: skip
