"""The office of the script: takes requests, agrees on offered windows, and mends the day as it goes wrong."""

from datetime import datetime, timedelta
from typing import Any

from tests.journeys.played.company import ASKED_FOR, MONDAY, SKILLS, WORKS, Company

from goodword.kit.calendar import read_instant
from goodword.worlds.laying import command_id


class Office:
    def __init__(self, company: Company) -> None:
        self.company = company
        self.desk = company.client("priya")
        self.unoffered = 0

    def book(self, wanted: int, start: datetime, step: Any) -> None:
        """Ring after ring until so many windows are agreed on; who gets none is promised a call."""
        agreed, now = 0, start
        for number, site in enumerate(self.company.sites):
            if agreed == wanted:
                return
            step(now)
            work = ASKED_FOR[number % len(ASKED_FOR)]
            agreed += self._ring(number, site.id, work, now)
            now += timedelta(minutes=6)
        raise AssertionError(f"only {agreed} of {wanted} visits found a window")

    def _ring(self, number: int, site_id: Any, work: str, now: datetime) -> bool:
        request = self.desk.post(
            "/requests", command=command_id("played", "request", number), at=now, site_id=site_id, work_type=work,
            branch_id=self.company.branch.id, words=f"Call {number}",
        )  # fmt: skip
        return self._agree(f"/requests/{request['id']}", number, now) or not self._call_back(request, number, now)

    def _agree(self, about: str, number: object, now: datetime, **more: Any) -> bool:
        """Take one of the offered windows, not always the first; the next one when that cannot be held any more."""
        offer = self.desk.post(f"{about}/offers", command=command_id("played", "offer", number), at=now, **more)
        options = offer["options"]
        for turn in range(len(options)):
            option = options[(hash_of(number) + turn) % len(options)]["id"]
            held = self.desk.try_post(f"/options/{option}/hold", command=command_id("played", "hold", option), at=now)
            if held.status != 409:
                held.or_raise()
                self.desk.post(f"/options/{option}/choice", command=command_id("played", "choice", option), at=now)
                return True
        return False

    def _call_back(self, request: dict[str, Any], number: int, now: datetime) -> bool:
        self.unoffered += 1
        self.desk.post(
            f"/requests/{request['id']}/call-back", command=command_id("played", "call back", number), at=now,
            due_at=now + timedelta(hours=4),
        )  # fmt: skip
        return True

    def the_day(self, technician: str | None = None) -> list[dict[str, Any]]:
        """The visits of Monday that still stand, of one technician or of all."""
        who = self.company.people[technician].id if technician else None
        rows = self.desk.all("/visits", branch=self.company.branch.id, day=MONDAY, technician=who, limit=200)
        return [v for v in rows if v["moved_at"] is None and v["cancelled_at"] is None]

    def cancel_for_the_customer(self, visit: dict[str, Any], now: datetime) -> None:
        self.desk.post(
            f"/visits/{visit['id']}/cancellation", command=command_id("played", "cancel"), at=now,
            by_whom="customer", reason="Found the fuse.",
        )  # fmt: skip

    def move_for_a_customer(self, visits: list[dict[str, Any]], now: datetime) -> dict[str, Any]:
        """The first of these customers for whom another window can still be kept today; the rest are told so."""
        for visit in visits:
            if self._agree(f"/visits/{visit['id']}", ("move", visit["id"]), now, by_whom="customer"):
                return visit
        raise AssertionError(f"none of {len(visits)} visits can be moved today")

    def tell(self, promise_id: str, now: datetime) -> None:
        """Somebody rings the customer before the time is up: it will be later."""
        self.desk.post(
            f"/promises/{promise_id}/notice", command=command_id("played", "tell", promise_id), at=now, how="spoken"
        )

    def somebody_is_sick(self, who: str, now: datetime) -> int:
        """Write it down, and find somebody else for each of their visits. How many had to find a new place."""
        self.desk.post(
            "/absences", command=command_id("played", "sick"), at=now, person_id=self.company.people[who].id,
            starts_at=now, ends_at=self.company.clock("18:00"), reason="sick",
        )  # fmt: skip
        left = [v for v in self.the_day(who) if v["stage"] == "prepare"]
        for visit in left:
            self._rehouse(visit, who, now)
        return len(left)

    def _rehouse(self, visit: dict[str, Any], away: str, now: datetime) -> None:
        """A colleague who can keep the promise; else two other windows; else a colleague who tries."""
        needed = set(WORKS[visit["work_type"]].skills)
        able = [key for key in self.company.technicians if key != away and needed <= SKILLS[key]]
        for key in able:
            if self._give(visit, key, now, ""):
                return
        if self._agree(f"/visits/{visit['id']}", ("us", visit["id"]), now, by_whom="us"):
            return
        assert any(self._give(visit, key, now, "Nobody else is there.") for key in able)

    def _give(self, visit: dict[str, Any], to: str, now: datetime, anyway: str) -> bool:
        before = [v for v in self.the_day(to) if v["planned_start"] <= visit["planned_start"]]
        after = max(before, key=lambda v: v["planned_start"])["id"] if before else None
        asked = {"technician_id": self.company.people[to].id, "after_id": after, "anyway": anyway, "at": now}
        command = command_id("played", "assign", visit["id"], to, bool(anyway))
        answer = self.desk.try_post(f"/visits/{visit['id']}/assignment", command=command, **asked)
        assert answer.status in {200, 409}, answer
        return answer.status == 200

    def decline_what_is_held(self, now: datetime) -> list[dict[str, Any]]:
        """Look into the inbox and settle it with words."""
        held = self.desk.all("/held")
        for row in held:
            self.desk.post(
                f"/held/{row['id']}/settlement", command=command_id("played", "settle", row["id"]), at=now,
                how="declined", words="The customer has moved it.",
            )  # fmt: skip
        return held


def hash_of(number: object) -> int:
    """The same number for the same thing in every process."""
    return command_id("dice", number).int


def window_of(visit: dict[str, Any]) -> tuple[datetime, datetime]:
    promise = visit["promise"]
    return read_instant(promise["opens_at"]), read_instant(promise["closes_at"])
