"""What the customer's page says, in plain sentences. What is not known is said as not known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.dispatch.queries.board import Stop
from goodword.parts.times import clock_words, length_words, moment_words
from goodword.promises.rules import Judgement, State


@dataclass(frozen=True)
class Telling:
    """One visit, told to one person, at one moment."""

    stop: Stop
    name: str
    zone: tzinfo
    now: datetime

    @property
    def who(self) -> str:
        technician = self.stop.visit.technician
        return technician.get_short_name() if technician is not None else ""

    @property
    def initials(self) -> str:
        """In place of a picture, as long as there is none."""
        technician = self.stop.visit.technician
        return "".join(word[0] for word in technician.name.split()[:2]).upper() if technician is not None else ""

    @property
    def is_today(self) -> bool:
        promise = self.stop.promise
        return promise is not None and self._day(promise.closes_at) == self._day(self.now)

    @property
    def is_late(self) -> bool:
        """We see that we cannot be there in time: said before anything else."""
        promise, expected = self.stop.promise, self._expected
        return self._to_come and promise is not None and expected is not None and expected > promise.closes_at

    @property
    def _to_come(self) -> bool:
        return not self.stop.visit.is_over and self.stop.visit.arrived_at is None and self.stop.verdict == State.OPEN

    @property
    def _expected(self) -> datetime | None:
        return self.stop.forecast.p50 if self.stop.forecast is not None else None

    def _day(self, at: datetime) -> Any:
        return at.astimezone(self.zone).date()

    def _clock(self, at: datetime) -> str:
        return clock_words(at, self.zone)

    @property
    def greeting(self) -> str:
        hour = self.now.astimezone(self.zone).hour
        words = _("Good morning, {name}.") if hour < 12 else _("Good afternoon, {name}.")
        return (words if hour < 18 else _("Good evening, {name}.")).format(name=self.name)

    @property
    def headline(self) -> str:
        """The newest moment in one sentence."""
        visit = self.stop.visit
        if visit.cancelled_at:
            return _("{name}, this visit is cancelled.").format(name=self.name)
        if visit.completed_at:
            came = self._came(visit.arrived_at or visit.completed_at)
            return self._ended().format(name=self.name, who=self.who, **came)
        if visit.arrived_at:
            return _("{name}, {who} is with you.").format(name=self.name, who=self.who)
        if self.is_late:
            return _("{name}, we will be late, and we are sorry.").format(name=self.name)
        return self._coming()

    def _ended(self) -> str:
        """The truth about how it ended, whatever we would have liked."""
        if self.stop.visit.outcome == "no_access" and self._came_otherwise:
            return _("{name}, {who} came at {time}, and not {promised}, as we had promised. We are sorry.")
        told = {
            "no_access": _("{name}, {who} came at {time} and nobody opened."),
            "minor_only": _("{name}, {who} came at {time}, and only a child was at home."),
            "unsafe": _("{name}, {who} came at {time}, and it was not safe to work."),
            "cancelled_at_door": _("{name}, the visit was cancelled at the door."),
            "needs_return": _("{name}, the work is not finished: we come again."),
        }
        if self.stop.visit.satisfied is False:
            return told.get(self.stop.visit.outcome, _("{name}, it is not yet as you hoped. We are sorry."))
        return told.get(self.stop.visit.outcome, _("Thank you, {name}. The visit is complete."))

    def _came(self, at: datetime) -> dict[str, str]:
        """When we came, and between when we had promised to come."""
        promise = self.stop.promise
        opens, closes = (promise.opens_at, promise.closes_at) if promise is not None else (None, None)
        span = [self._clock(end) for end in (opens, closes) if end is not None]
        return {"time": self._clock(at), "promised": "–".join(span)}

    @property
    def _came_otherwise(self) -> bool:
        """We stood at the door outside the time that we had promised: whoever was not there did nothing wrong."""
        promise, came = self.stop.promise, self.stop.visit.arrived_at
        if promise is None or came is None:
            return False
        return came > promise.closes_at or (promise.opens_at is not None and came < promise.opens_at)

    def _coming(self) -> str:
        promise = self.stop.promise
        if promise is None:
            return _("{name}, we have not agreed on a time yet.").format(name=self.name)
        facts = {"greeting": self.greeting, "name": self.name, "who": self.who, "when": self._when()}
        if self.is_today:
            words = _("{greeting} {who} comes {when}.") if self.who else _("{greeting} We come {when}.")
            return words.format(**facts)
        facts["day"] = date_format(promise.closes_at.astimezone(self.zone), "l j F")
        words = _("{name}, {who} comes on {day}, {when}.") if self.who else _("{name}, we come on {day}, {when}.")
        return words.format(**facts)

    def _when(self) -> str:
        if self._expected is not None and self.who:
            return _("at about {time}").format(time=self._clock(self._expected))
        promise = self.stop.promise
        assert promise is not None
        if promise.opens_at is None:
            return _("by {closes}").format(closes=self._clock(promise.closes_at))
        return _("between {opens} and {closes}").format(
            opens=self._clock(promise.opens_at), closes=self._clock(promise.closes_at)
        )

    @property
    def lines(self) -> list[str]:
        """What stands under the drawing: what we promised and when, who is on the way, what is not known."""
        return [*self._promised(), *self._unknown()]

    def _promised(self) -> Iterator[str]:
        promise, visit = self.stop.promise, self.stop.visit
        if promise is None or not self._to_come:
            return
        if self.is_late and self._expected is not None:
            facts = {"closes": self._clock(promise.closes_at), "time": self._clock(self._expected)}
            yield _("We promised to be there by {closes}. It looks like about {time} now.").format(**facts)
        else:
            yield promise.said
            yield _("We promised you this on {day}.").format(
                day=date_format(promise.made_at.astimezone(self.zone), "l j F")
            )
        if visit.on_the_way_at:
            yield _("{who} is on the way since {time}.").format(who=self.who, time=self._clock(visit.on_the_way_at))

    def _unknown(self) -> Iterator[str]:
        if not self._to_come or self.stop.promise is None:
            return
        if not self.who:
            yield _("Who comes to you is not settled yet. You see it here as soon as it is.")
        elif self._expected is None:
            yield _("At what time in this span, we do not know yet.")

    @property
    def next_step(self) -> str:
        """What happens next, and by when."""
        visit, promise = self.stop.visit, self.stop.promise
        if visit.cancelled_at:
            return _("Nobody comes to you. If that is not what you want, call us.")
        if visit.completed_at and visit.outcome in {"no_access", "minor_only", "unsafe", "needs_return"}:
            return _("We call you to agree on another time. You need not do anything; you can also call us now.")
        if visit.satisfied is False:
            return _("You said that it is not quite as you hoped. We call you and put it right.")
        if visit.completed_at:
            return _("From us nothing is left to do for this visit. If something is not right, call us.")
        if visit.walked_through_at:
            return _("{who} finishes the visit. If something is not right, say it now or call us.").format(who=self.who)
        if visit.arrived_at:
            return _("{who} shows you what was done before going.").format(who=self.who)
        if promise is None:
            return _("We call you to agree on a time.")
        by = {"who": self.who or _("Somebody from us"), "closes": self._clock(promise.closes_at)}
        if self.is_late:
            return _("You choose: wait, another time, or call us.")
        if visit.on_the_way_at:
            return _("{who} stands at your door by {closes}.").format(**by)
        if self.is_today:
            return _("{who} sets out to you; this page then says so. At your door by {closes}.").format(**by)
        return _("On the day you see here at about what time {who} comes.").format(**by)

    def why_no_change(self, until: datetime | None, notice: timedelta) -> str:
        """Why this visit can no longer be moved or cancelled here, in the words of the policy; empty when nobody comes.

        ``until``: the last moment at which it could; ``notice``: how long before the window that is.
        """
        visit, promise = self.stop.visit, self.stop.promise
        if visit.is_over or visit.arrived_at or promise is None:
            return ""
        if visit.on_the_way_at:
            return _("{who} is on the way to you. From then on a visit cannot be moved or cancelled here.").format(
                who=self.who or _("Somebody from us")
            )
        if self.stop.verdict != State.OPEN:
            return _("The time we promised is over, so this visit cannot be moved or cancelled here.")
        if until is None:
            return _("A visit without a fixed span of time cannot be moved or cancelled here.")
        words = _("You could move or cancel this visit here until {until}, {notice} before its time begins.")
        return words.format(until=moment_words(until, self.zone, self.now), notice=length_words(notice.total_seconds()))

    def moments(self, promises: list[tuple[Any, Judgement]]) -> list[dict[str, Any]]:
        """What happened so far, newest first; after the work comes what we do not know yet."""
        visit, facts = self.stop.visit, {"who": self.who}
        told: list[tuple[datetime | None, str]] = [
            (visit.on_the_way_at, _("{who} set out to you").format(**facts)),
            (visit.arrived_at, _("{who} arrived").format(**facts)),
            (visit.work_started_at, _("The work began")),
            (visit.walked_through_at, _("{who} showed you what was done").format(**facts)),
            (visit.satisfied_at, _("You are satisfied") if visit.satisfied else _("You are not quite satisfied yet")),
            (visit.completed_at, _("The visit ended") if visit.outcome != "fixed" else _("The visit was complete")),
            (visit.cancelled_at, _("The visit was cancelled")),
            *((promise.made_at, _("We promised: {said}").format(said=promise.said)) for promise, _verdict in promises),
        ]
        happened = [(at, says) for at, says in told if at is not None]
        return [{"at": at, "says": says} for at, says in sorted(happened, key=lambda m: m[0], reverse=True)]

    @property
    def not_known(self) -> str:
        """S1-27: how the visit left them, as long as nobody has said so."""
        visit = self.stop.visit
        unsaid = visit.satisfied is None and (visit.completed_at or visit.walked_through_at)
        return _("Whether you are satisfied, we do not know yet.") if unsaid else ""


def length_of_work(mean_s: float) -> str:
    """About 40 minutes, about an hour, about 2 hours: as people say it."""
    minutes = max(5, round(mean_s / 300) * 5)
    if minutes < 55:
        return ngettext("about {n} minute", "about {n} minutes", minutes).format(n=minutes)
    if minutes <= 70:
        return _("about an hour")
    if minutes <= 100:
        return _("about an hour and a half")
    hours = round(minutes / 60)
    return ngettext("about {n} hour", "about {n} hours", hours).format(n=hours)
