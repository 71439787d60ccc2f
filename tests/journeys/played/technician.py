"""A technician of the script: drives from visit to visit, works as long as it takes, taps what happens."""

from datetime import datetime, timedelta
from math import log, sqrt
from typing import Any

from tests.journeys.played.clockwork import Clockwork, Phone
from tests.journeys.played.company import MONDAY, WORKS, Company, dice_for

from goodword.customers.models import Site
from goodword.kit.calendar import read_instant
from goodword.territory.queries import matrix

MINUTE = timedelta(minutes=1)
LOOKS_AGAIN = timedelta(minutes=25)
STUCK = timedelta(hours=3)
NO_ACCESS_WAIT_S = 20 * 60


class Technician:
    """``calls_in_sick`` is told when they go home; ``nobody_home``: customers who are not there today;
    ``stuck_before``: on the way to them the road is shut for hours."""

    def __init__(self, company: Company, clockwork: Clockwork, key: str) -> None:
        self.company, self.clockwork, self.key = company, clockwork, key
        self.phone = Phone(company, key)
        self.where = (company.branch.lat, company.branch.lon)
        self.sick_from: datetime | None = None
        self.went_home = False
        self.nobody_home: set[str] = set()
        self.stuck_before: set[str] = set()
        self._known: list[dict[str, Any]] = []
        self._begun: set[str] = set()
        self._sites: dict[str, Site] = {str(site.id): site for site in company.sites}
        self._until = company.clock("17:15")

    def begin(self) -> None:
        self.clockwork.at(self.company.clock("7:30"), self.look)

    def look(self, now: datetime) -> None:
        """What is next? The phone asks when it can; else it goes by what it knew."""
        if self.sick_from is not None and now >= self.sick_from:
            self.went_home = True
            return
        visit = self._next()
        if visit is None:
            if now < self._until:
                self.clockwork.at(now + LOOKS_AGAIN, self.look)
            return
        drive = self._drive_to(visit)
        opens = read_instant(visit["promise"]["opens_at"])
        leaves = max(now, opens - drive)
        self.clockwork.at(leaves, lambda at: self.leave(at, visit, drive, sure=leaves == now))

    def _next(self) -> dict[str, Any] | None:
        if self.phone.online:
            self._known = self.phone.client.all("/visits", day=MONDAY, technician=self.company.people[self.key].id)
        mine = [v for v in self._known if v["stage"] == "prepare" and v["planned_start"] and v["id"] not in self._begun]
        return min(mine, key=lambda v: v["planned_start"], default=None)  # type: ignore[no-any-return]

    def _drive_to(self, visit: dict[str, Any]) -> timedelta:
        site = self._sites[visit["site_id"]]
        assert site.lat is not None and site.lon is not None
        seconds = float(matrix([self.where, (site.lat, site.lon)]).seconds_s[0][1])
        return timedelta(seconds=round(seconds * dice_for("road", visit["order_number"]).uniform(0.9, 1.3)))

    def leave(self, now: datetime, visit: dict[str, Any], drive: timedelta, *, sure: bool) -> None:
        """Go, unless the office has changed something while we waited."""
        if self.phone.online and not sure and self._changed(visit):
            self.look(now)
            return
        self._begun.add(visit["id"])
        self.phone.tap(now, "visit.on_the_way", visit["id"])
        delay = STUCK if visit["id"] in self.stuck_before else timedelta()
        self.clockwork.at(now + drive + delay, lambda at: self.arrive(at, visit))

    def _changed(self, visit: dict[str, Any]) -> bool:
        """Moved, cancelled or given to somebody else while we were getting ready."""
        fresh = self._next()
        return fresh is None or fresh["id"] != visit["id"]

    def arrive(self, now: datetime, visit: dict[str, Any]) -> None:
        site = self._sites[visit["site_id"]]
        assert site.lat is not None and site.lon is not None
        self.where = (site.lat, site.lon)
        self.phone.tap(now, "visit.arrive", visit["id"], lat=site.lat, lon=site.lon)
        if visit["id"] in self.nobody_home:
            self.clockwork.at(now + timedelta(seconds=NO_ACCESS_WAIT_S), lambda at: self.give_up(at, visit))
            return
        self.clockwork.at(now + 2 * MINUTE, lambda at: self.begin_work(at, visit))

    def give_up(self, now: datetime, visit: dict[str, Any]) -> None:
        proof = {"waited_s": NO_ACCESS_WAIT_S, "calls": 2}
        self.phone.tap(now, "visit.complete", visit["id"], outcome="no_access", proof=proof)
        self.look(now + MINUTE)

    def begin_work(self, now: datetime, visit: dict[str, Any]) -> None:
        self.phone.tap(now, "visit.confirm_site", visit["id"])
        self.phone.tap(now, "visit.confirm_scope", visit["id"], how="confirmed")
        self.phone.tap(now, "visit.start_work", visit["id"])
        work = WORKS[visit["work_type"]]
        spread = sqrt(log(1 + work.cv**2))
        minutes = work.minutes * dice_for("work", visit["order_number"]).lognormvariate(-(spread**2) / 2, spread)
        self.clockwork.at(now + timedelta(seconds=round(60 * minutes)), lambda at: self.finish(at, visit))

    def finish(self, now: datetime, visit: dict[str, Any]) -> None:
        self.phone.tap(now, "visit.observe_working", visit["id"])
        self.phone.tap(now + MINUTE, "visit.clean_up", visit["id"])
        self.phone.tap(now + MINUTE, "visit.walk_through", visit["id"], how="together")
        self.phone.tap(now + 2 * MINUTE, "visit.satisfied", visit["id"], satisfied=True)
        self.clockwork.at(now + 3 * MINUTE, lambda at: self.done(at, visit))

    def done(self, now: datetime, visit: dict[str, Any]) -> None:
        self.phone.tap(now, "visit.pay", visit["id"], kind="none", reason="By the bill.")
        self.phone.tap(now, "visit.complete", visit["id"], outcome="fixed")
        self.look(now)
