"""Offers: the question to the engine, and what became of earlier ones."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from goodword import engine
from goodword.crew import queries as crew
from goodword.crew.models import Branch
from goodword.dispatch import errors
from goodword.dispatch.models import Offer
from goodword.dispatch.queries.picture import Picture, Point, on_the_map, picture_of
from goodword.dispatch.rules import words
from goodword.dispatch.rules.windows import HORIZON_DAYS, candidates
from goodword.engine.offers.people import objections_to
from goodword.kit.calendar import zone
from goodword.promises.queries import open_window_of
from goodword.visits.models import Request, Visit, WorkType


class Question:
    """What is asked of the engine for one request, or for one visit that is to move."""

    def __init__(self, request: Request | None, moving: Visit | None, now: datetime) -> None:
        self.request, self.moving, self.now = request, moving, now
        order = moving.order if moving else None
        self.site = order.site if order else request.site  # type: ignore[union-attr]
        self.work: WorkType = order.work_type if order else request.work_type  # type: ignore[union-attr]
        self.branch = moving.branch if moving else request.branch  # type: ignore[union-attr]
        self.key = f"asked:{moving.id if moving else request.id}"  # type: ignore[union-attr]
        self.needed_by = request.needed_by if request else None

    @property
    def place(self) -> Point:
        """Where it is; refuses a site that is not on the map: nothing is guessed into its place."""
        place = on_the_map(self.site.lat, self.site.lon)
        if place is None:
            raise errors.NotOnTheMap(address=str(self.site))
        return place

    @property
    def emergency(self) -> bool:
        return self.work.emergency and self.moving is None

    @property
    def is_urgent(self) -> bool:
        """An emergency, something goes wrong meanwhile, or they said by when they need it."""
        asked = self.request
        return self.emergency or (asked is not None and bool(asked.harm or asked.vulnerability or asked.needed_by))

    def picture(self, leave_out: Iterable[UUID] = ()) -> Picture:
        first = self.now.astimezone(zone(self.branch.zone)).date()
        away = [*leave_out, *([self.moving.id] if self.moving else [])]
        return picture_of(self.branch, first, HORIZON_DAYS, self.now, places=[self.place], leave_out=away)

    def ask(self, picture: Picture) -> engine.Request:
        return engine.Request(
            visit=engine.Visit(
                key=self.key,
                site=picture.sites[self.place],
                duration=picture.learned.duration(self.work),
                skills=dict.fromkeys(self.work.skills, 1),
                severity=engine.Severity(1 if self.emergency else 0),
            ),
            windows=tuple(self._windows(picture)),
            not_before_s=picture.seconds(self.now),
            deadline_s=picture.seconds(self.needed_by) if self.needed_by and self.needed_by > self.now else None,
            emergency=self.emergency,
        )

    def check(
        self, picture: Picture, opens_at: datetime, closes_at: datetime, person: UUID
    ) -> engine.WindowOption | engine.Reason:
        """This window by this person as the day stands now, or the first reason why not."""
        asked = self.ask(picture)
        shift = f"{person}:{opens_at.astimezone(zone(self.branch.zone)).date()}"
        if shift not in picture.shifts:
            return engine.Reason(code=engine.Code.NOBODY_ON_SHIFT, facts={"technician": str(person)})
        if hard := objections_to(picture.problem.technician(shift), asked.visit):
            return hard[0]
        window = engine.Window(opens_s=picture.seconds(opens_at), closes_s=picture.seconds(closes_at))
        visit = replace(asked.visit, only=frozenset({str(person)}))
        found = engine.offers(
            picture.problem, replace(asked, visit=visit, windows=(window,), emergency=False, wanted=1)
        )
        if found.options:
            return found.options[0]
        reasons = [miss.reason for miss in found.misses] or list(found.reasons)
        return reasons[0]

    def _windows(self, picture: Picture) -> Iterable[engine.Window]:
        local = zone(self.branch.zone)
        first = self.now.astimezone(local).date()
        days = [first + timedelta(days=n) for n in range(HORIZON_DAYS)]
        spans = [span for day in days if (span := crew.hours_on(self.branch, day).span(day)) is not None]
        promised = open_window_of(self.moving.id) if self.moving else None
        for opens, closes in candidates(spans, self.now):
            if promised is not None and (opens, closes) == (promised.opens_at, promised.closes_at):
                continue  # they have this one
            noon = "am" if opens.astimezone(local).hour < 12 else "pm"
            group = f"{opens.astimezone(local).date()} {noon}"
            yield engine.Window(opens_s=picture.seconds(opens), closes_s=picture.seconds(closes), group=group)


class Speaks(Protocol):
    """What a reason needs to be said in words: the branch's zone, names for keys, instants for seconds."""

    branch: Branch

    def instant(self, seconds: float) -> datetime: ...

    def name_of(self, key: str) -> str: ...


def in_words(picture: Speaks, reason: engine.Reason) -> str:
    """A reason of the engine as a sentence, with names, times and percentages."""
    facts: dict[str, Any] = dict(reason.facts)
    for key, value in reason.facts.items():
        if value is None:
            continue
        if key.endswith("travel_s"):
            facts[key.removesuffix("_s")] = words.minutes(float(value))
        elif key.endswith("_s"):
            facts[key.removesuffix("_s")] = words.clock_time(picture.instant(float(value)), picture.branch.zone)
        elif key in {"p_kept", "before", "after", "floor", "needed", "p_over", "allowed"} and isinstance(value, float):
            facts[key] = words.percent(value)
        elif key == "skill":
            facts[key] = _skills(str(value))
        elif key in {"technician", "visit"}:
            facts[key] = picture.name_of(str(value)) if not str(value).startswith("hold:") else words.held()
    return words.reason_words(reason.code.value, facts)


def _skills(codes: str) -> str:
    """One skill by name, or several that one person would need together."""
    names = crew.skill_words()
    return _(" and ").join(names.get(code, code) for code in codes.split(" + "))


def offer_for(offer_id: UUID) -> Offer | None:
    """An offer with its options."""
    return Offer.objects.filter(id=offer_id).prefetch_related("options__technician").first()
