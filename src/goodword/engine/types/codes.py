"""Why: codes and facts. The room `dispatch` puts them into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from goodword.engine.errors import Fact


class Code(StrEnum):
    """Why: each code with the facts that come with it. Keys are opaque; times `_s`, distances `_m`, shares 0 to 1."""

    # nobody at all
    NOBODY_WITH_SKILL = "nobody-with-skill"  # skill, level, best_level (0: nobody has it)
    NOBODY_WITH_PART = "nobody-with-part"  # part
    NOBODY_ALLOWED = "nobody-allowed"  # skilled (how many have the skills but are excluded)
    NOBODY_WORKS = "nobody-works"  # (no technician in the problem)
    LONGER_THAN_SHIFT = "longer-than-shift"  # needed_s, longest_s
    # this window
    PAST = "past"  # closes_s, now_s
    BEFORE_EARLIEST = "before-earliest"  # opens_s, earliest_s
    AFTER_DEADLINE = "after-deadline"  # closes_s, deadline_s
    NOBODY_ON_SHIFT = "nobody-on-shift"  # skilled
    NO_WINDOW = "no-window"  # (the request names none)
    # the nearest miss; all with technician
    ABSENT = "absent"  # from_s, to_s
    UNREACHABLE = "unreachable"  # from_site, to_site
    LATE_RISK = "late-risk"  # p_kept, needed
    BREAKS_FLOOR = "breaks-floor"  # visit, before, after, floor
    SHIFT_OVER = "shift-over"  # shift_end_s, p_over, allowed
    BREAK_LATE = "break-late"  # p_late, allowed
    TOO_MANY = "too-many"  # most_stops: the stop rule ended the search before this was judged
    ALREADY_PLANNED = "already-planned"  # until_s
    # a forecast that cannot be made
    UNASSIGNED = "unassigned"
    NO_ARRIVAL_RECORDED = "no-arrival-recorded"
    # a move
    FROZEN = "frozen"  # visit, stage
    PINNED = "pinned"  # visit
    HELPS_THERE = "helps-there"  # technician
    # why a plan leaves a visit out, when it could be made
    COSTS_MORE = "costs-more"  # technician, added, saved (both in driving seconds, see `Costs`)
    # why a window is offered
    FITS = "fits"  # technician, after, before (visit keys or None), added_travel_s
    EARLIEST = "earliest"
    LEAST_DRIVING = "least-driving"  # added_travel_s
    SUREST = "surest"  # p_kept
    OTHER_HALF_DAY = "other-half-day"  # group
    PREFERRED_PERSON = "preferred-person"  # technician
    # why a repair moves a visit; all with technician and before_technician (None: nobody had it)
    NOBODY_COMES = "nobody-comes"  # otherwise nobody would
    SAVES = "saves"  # before, after: its own promise
    RELIEVES = "relieves"  # visit, before, after: the promise left behind that gains most
    MAKES_ROOM = "makes-room"  # visit: for that one
    LESS_WORK = "less-work"  # saved_s: driving and overtime
    NO_PLACE = "no-place"  # able (how many could make it): it would cost more than it is worth


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """A code and its facts."""

    code: Code
    facts: Mapping[str, Fact] = field(default_factory=dict)
