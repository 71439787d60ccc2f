"""A branch's day as Today shows it: rows on one scale of hours, the sentence above, the tray beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.customers.models import Site
from goodword.dispatch.queries.board import Board, Lane, Stop
from goodword.faces.office.views.stories import outcome_words
from goodword.kit.calendar import zone
from goodword.parts.bracket import BracketView, view
from goodword.parts.promised import bracket_of
from goodword.parts.times import clock_words
from goodword.promises.rules import State as Verdict
from goodword.visits.rules import Stage

HOUR = timedelta(hours=1)
BADGE = 0.07  # ours: half the badge with its margin, as a share of the column
Scale = tuple[datetime, datetime]


def door_of(site: Site) -> str:
    """The address as one says it in town: 14 Weir Lane; the whole of it where there is no street."""
    first = " ".join(part for part in (site.unit, site.house_number, site.street) if part)
    return first if site.street else str(site)


@dataclass(frozen=True)
class Row:
    """One stop, drawn."""

    stop: Stop
    n: int
    drawn: BracketView | None
    state: str
    words: str
    icon_of: str
    told_at: datetime | None = None

    @property
    def at(self) -> datetime | None:
        """When it began, or is expected, or is planned."""
        visit, forecast = self.stop.visit, self.stop.forecast
        return visit.arrived_at or (forecast.p50 if forecast is not None else None) or visit.planned_start

    @property
    def door(self) -> str:
        return door_of(self.stop.visit.order.site)

    @property
    def missing(self) -> str:
        """The parts that it cannot be done without and that are not on board, while nobody has arrived."""
        visit = self.stop.visit
        return "" if visit.is_over or visit.arrived_at is not None else ", ".join(self.stop.missing)

    @property
    def is_over(self) -> bool:
        return self.stop.visit.is_over


@dataclass(frozen=True)
class LaneView:
    """A technician's rows; ``off``: the spans outside the shift as shares (start, width) in per cent."""

    lane: Lane
    rows: tuple[Row, ...]
    off: tuple[tuple[str, str], ...]
    skills: str


@dataclass(frozen=True)
class Day:
    """The board with everything that is drawn of it."""

    board: Board
    now: datetime
    told: Mapping[UUID, datetime] = field(default_factory=dict)
    skill_words: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def zone(self) -> tzinfo:
        return zone(self.board.branch.zone)

    @cached_property
    def is_today(self) -> bool:
        return self.now.astimezone(self.zone).date() == self.board.day

    @cached_property
    def scale(self) -> Scale:
        """Whole hours around every shift and every window of the day, at least from 8 to 17."""
        moments = [m for lane in self.board.lanes for m in (lane.starts_at, lane.ends_at) if m is not None]
        for stop in self.board.stops:
            if stop.promise is not None:
                moments += [stop.promise.opens_at or stop.promise.closes_at, stop.promise.closes_at]
            moments += [m for m in (stop.visit.planned_start, stop.visit.planned_end) if m is not None]
        day = self.board.day
        first = datetime(day.year, day.month, day.day, 8, tzinfo=self.zone)
        here = [m.astimezone(self.zone) for m in moments if abs(m - first) < timedelta(hours=24)]
        starts = min([first, *here]).replace(minute=0, second=0, microsecond=0)
        last = max([first + 9 * HOUR, *here])
        return starts, last.replace(minute=0, second=0, microsecond=0) + (HOUR if last.minute else timedelta())

    def place(self, at: datetime) -> str:
        """Where an instant lies on the scale, in per cent."""
        starts, ends = self.scale
        return f"{100 * min(1.0, max(0.0, (at - starts) / (ends - starts))):.2f}%"

    @property
    def hours(self) -> list[str]:
        """The places of the full hours."""
        starts, ends = self.scale
        return [self.place(starts + n * HOUR) for n in range(1, round((ends - starts) / HOUR))]

    @property
    def hour_marks(self) -> list[tuple[str, int]]:
        """The hours to write, with their places; one that the clock's badge would touch is left out."""
        starts, ends = self.scale
        marks = [starts + n * HOUR for n in range(round((ends - starts) / HOUR) + 1)]
        room = (ends - starts) * BADGE
        return [(self.place(m), m.hour) for m in marks if not self.is_today or abs(m - self.now) > room]

    @property
    def now_place(self) -> str:
        starts, ends = self.scale
        return self.place(self.now) if starts <= self.now <= ends else ""

    @property
    def now_words(self) -> str:
        return clock_words(self.now, self.zone)

    @cached_property
    def lanes(self) -> list[LaneView]:
        names = self.skill_words
        return [
            LaneView(
                lane, tuple(self.rows(lane.stops)), tuple(self._off(lane)),
                ", ".join(names.get(code, code) for code in lane.skills),
            )
            for lane in self.board.lanes
        ]  # fmt: skip

    def _off(self, lane: Lane) -> Iterable[tuple[str, str]]:
        starts, ends = self.scale
        if lane.starts_at is None or lane.ends_at is None:
            yield "0%", "100%"
            return
        for a, b in ((starts, lane.starts_at), (lane.ends_at, ends)):
            if b > a:
                yield self.place(a), f"{float(self.place(b)[:-1]) - float(self.place(a)[:-1]):.2f}%"

    def rows(self, stops: Sequence[Stop]) -> list[Row]:
        return [self._row(stop, n) for n, stop in enumerate(stops, start=1)]

    def _row(self, stop: Stop, n: int) -> Row:
        bracket = bracket_of(stop, scale=self.scale)
        drawn = view(bracket) if bracket is not None else None
        told = self.told.get(stop.promise.id) if stop.promise is not None else None
        return Row(stop, n, drawn, *self._beside(stop, drawn), told_at=told)

    def _beside(self, stop: Stop, drawn: BracketView | None) -> tuple[str, str, str]:
        """State, words and icon at the end of the row: what the technician does, else what becomes of the promise."""
        visit = stop.visit
        said = drawn.beside if drawn is not None else None
        broken = stop.verdict == Verdict.BROKEN
        if visit.stage is not Stage.OVER and not broken:
            if visit.arrived_at is not None:
                return "at-work", _("at work"), ""
            if visit.on_the_way_at is not None and not stop.is_at_risk:
                return "quiet", _("on the way"), ""
        if said is not None:
            return said.state.value, said.text, said.icon
        if visit.completed_at is not None:
            return "quiet", outcome_words(visit.outcome), ""
        return "quiet", _("no time promised") if stop.promise is None else "", ""

    # The tray

    @cached_property
    def must_hear(self) -> list[Row]:
        """Who must hear first: the promise that ends soonest; those already broken while nobody came, before it."""
        stops = [s for s in self.board.stops if s.is_at_risk or _broken_and_waiting(s)]
        return self.rows(sorted(stops, key=lambda s: s.promise.closes_at if s.promise else self.now))

    def who_could(self, skills: Iterable[str]) -> str:
        """The technicians on shift who are trained for it, by first name."""
        asked = set(skills)
        able = [
            lane.name.split(" ")[0]
            for lane in self.board.lanes
            if lane.starts_at is not None and not lane.absent and asked <= set(lane.skills)
        ]
        if not able:
            return _("nobody on shift is trained for it")
        return able[0] if len(able) == 1 else _(" or ").join([", ".join(able[:-1]), able[-1]])

    # The sentence

    @cached_property
    def counts(self) -> tuple[str, str]:
        """34 visits: and then 11 done, 5 at work, 2 driving, 16 to come."""
        total = len(self.board.stops)
        n = self.board.counts
        parts = [
            (n["done"], _("%(n)d done")),
            (n["at_work"], _("%(n)d at work")),
            (n["driving"], _("%(n)d driving")),
            (n["to_come"], _("%(n)d to come")),
        ]
        head = ngettext("%(n)d visit:", "%(n)d visits:", total) % {"n": total}
        return head, ", ".join(says % {"n": count} for count, says in parts if count) + "."

    @cached_property
    def worry(self) -> str:
        """One promise needs a word with the customer; nothing when all is well."""
        n = sum(1 for row in self.must_hear if row.told_at is None)
        if not n:
            return ""
        text = ngettext("One promise needs a word with the customer", "%(n)d promises need a word with the customer", n)
        return text % {"n": n}

    @cached_property
    def good(self) -> str:
        """33 are in good shape: promised, and neither at risk nor broken."""
        worried = {row.stop.visit.id for row in self.must_hear}
        n = sum(1 for s in self.board.stops if s.promise and s.visit.id not in worried and s.verdict != Verdict.BROKEN)
        if not n:
            return ""
        if not worried and n == len(self.board.stops) == sum(1 for s in self.board.stops if s.promise):
            return _("Every promise is in good shape.")
        return ngettext("%(n)d is in good shape.", "%(n)d are in good shape.", n) % {"n": n}


def _broken_and_waiting(stop: Stop) -> bool:
    return stop.verdict == Verdict.BROKEN and stop.visit.arrived_at is None and not stop.visit.is_over
