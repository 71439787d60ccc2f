"""What happened by 9:40: each tap on each phone, each call in the office, at its own minute."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from goodword.worlds.cast import WORK
from goodword.worlds.monday.plan import ALDERMERE_DAY, FRIDAY, HALLAM, KILNSEA_DAY, MONDAY, on


@dataclass(frozen=True)
class Tap:
    """One command from a technician's phone."""

    at: datetime
    who: str
    kind: str
    about: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Went:
    """How a visit went so far: on my way, at the door, and done, where it is."""

    who: str
    customer: str
    left: str
    arrived: str = ""
    done: str = ""
    day: date = MONDAY
    outcome: str = "fixed"

    def taps(self) -> Iterator[Tap]:
        """Every step, in order: a few minutes at the door, a few for the walk-through."""
        yield self._tap(on(self.day, self.left), "visit.on_the_way")
        if not self.arrived:
            return
        door = on(self.day, self.arrived)
        yield self._tap(door, "visit.arrive")
        yield self._tap(door + timedelta(minutes=1), "visit.meet", who="contact")
        yield self._tap(door + timedelta(minutes=3), "visit.confirm_site")
        yield self._tap(door + timedelta(minutes=4), "visit.confirm_scope", how="confirmed")
        yield self._tap(door + timedelta(minutes=6), "visit.start_work")
        if not self.done:
            return
        end = on(self.day, self.done)
        yield self._tap(end - timedelta(minutes=5), "visit.observe_working")
        yield self._tap(end - timedelta(minutes=4), "visit.clean_up", how="done")
        yield self._tap(end - timedelta(minutes=3), "visit.walk_through", how="together")
        yield self._tap(end - timedelta(minutes=2), "visit.satisfied", satisfied=True)
        yield self._tap(end - timedelta(minutes=1), "visit.pay", **self._paid())
        yield self._tap(end, "visit.complete", outcome=self.outcome)

    def _paid(self) -> dict[str, Any]:
        """By card, what the price list says; or by the bill, where the list says nothing."""
        code = next((row.work for row in (*ALDERMERE_DAY, *KILNSEA_DAY, HALLAM) if row.customer == self.customer), "")
        price = next((work.price for work in WORK if work.code == code), None)
        return {"kind": "card", "amount_minor": price} if price else {"kind": "none", "reason": "By the bill."}

    def _tap(self, at: datetime, kind: str, /, **facts: Any) -> Tap:
        return Tap(at, self.who, kind, self.customer, facts)


WENT: Final = (
    Went("sam", "lowe", "7:31", "7:42", "8:09"),
    Went("sam", "whitlock", "8:11", "8:27", "9:24"),
    Went("sam", "adeyemi", "9:37"),
    Went("ade", "reed", "7:27", "7:34", "8:05"),
    Went("ade", "tomlin", "8:06", "8:19", "9:26"),
    Went("ade", "halloran", "9:35"),
    Went("lucy", "barton", "7:31", "7:39", "8:26"),
    Went("lucy", "kaye", "8:32", "8:42", "9:17"),
    Went("lucy", "harbour_cafe", "9:20", "9:28"),
    Went("omar", "cold_lane_dairy", "7:30", "7:38", "8:27"),
    Went("omar", "penhale", "8:32", "8:41", "9:18"),
    Went("omar", "rowan_house", "9:23", "9:31"),
    Went("nell", "mill_row", "7:27", "7:33", "8:22"),
    Went("nell", "ainsley", "8:28", "8:36", "9:12"),
    Went("nell", "the_swan", "9:16", "9:24"),
    Went("joe", "cole", "7:38", "7:46", "8:28"),
    Went("joe", "hart", "8:35", "8:44"),
    Went("kit", "aldermere_courts", "7:22", "7:31"),
    Went("beth", "petrov", "7:34", "7:43", "8:41"),
    Went("beth", "bell", "8:50", "8:58", "9:29"),
    Went("beth", "marlow", "9:36"),
    Went("yusuf", "kilnsea_fish", "7:33", "7:41", "9:22"),
    Went("yusuf", "haddow", "9:26", "9:33"),
    Went("ana", "crowe", "7:30", "7:36", "8:31"),
    Went("ana", "teague", "8:41", "8:49", "9:25"),
    Went("ana", "salt", "9:27", "9:32"),
    Went("will", "harbour_school", "7:27", "7:34"),
    Went("freya", "nolan", "7:53", "8:03", "8:57"),
    Went("freya", "achterberg", "9:03", "9:12"),
)
LATE: Final = Tap(on(MONDAY, "9:31"), "joe", "visit.running_late", "hart", {"minutes": 45})
"""Joe is held up at Miss Hart's flue: from now on Mr Beaumont is at risk."""

FINISHED: Final = Tap(on(MONDAY, "8:20"), "nell", "visit.complete", "orme", {"outcome": "fixed"})
"""Nell did the neighbour's tap in passing; the office had moved that visit nine minutes before."""

PHOTO: Final = Tap(on(MONDAY, "9:38"), "nell", "note.add", "the_swan", {"words": "Photo: roots in the cellar bend."})

ON_FRIDAY: Final = Went("joe", "hallam", "14:02", "14:11", "15:02", FRIDAY, "needs_return")


def taps_of_monday() -> list[Tap]:
    """All of them, in the order of their minutes; what one phone sent in one minute stays in its order."""
    taps = [tap for went in WENT for tap in went.taps()]
    return sorted([*taps, LATE, FINISHED, PHOTO], key=lambda tap: tap.at)
