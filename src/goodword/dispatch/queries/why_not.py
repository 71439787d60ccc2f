"""Why not nine o'clock? One true sentence about a time that somebody asked for, and the nearest that can be kept."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from goodword import engine
from goodword.crew import queries as crew
from goodword.dispatch.queries.labels import stated_of
from goodword.dispatch.queries.offers import Question, in_words
from goodword.dispatch.queries.picture import Picture
from goodword.dispatch.rules import words
from goodword.dispatch.rules.windows import HORIZON_DAYS, NOTICE_NEEDED
from goodword.kit.calendar import zone
from goodword.promises.queries import open_window_of
from goodword.visits.models import Request, Visit


@dataclass(frozen=True)
class Answer:
    """What can be said to whoever asked for this time.

    Attributes
    ----------
    code : str
        ``can``, the engine's code of what speaks against it, or ours: ``over``, ``closed``, ``too-far``, ``has-it``.
    visit_id : UUID or None
        Whose promise it would break, where that is the reason.
    opens_at, closes_at, nearest
        The window that holds the time, and the nearest that can be kept, where there is one.
    """

    wanted: datetime
    code: str
    says: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    visit_id: UUID | None = None
    nearest: tuple[datetime, datetime] | None = None


Ends = tuple[datetime, datetime]


def why_not(request: Request | None, moving: Visit | None, wanted: datetime, now: datetime) -> Answer:
    """Ask the day as it stands whether this time can be kept; nothing is offered, held or written down.

    Of the windows that hold the time, one that can be kept answers; else the reason of the one that begins nearest.
    """
    question = Question(request, moving, now)
    plain = _plainly(question, wanted)
    if plain is not None and plain.code in {"over", "has-it"}:
        return plain
    picture = question.picture()
    asked = question.ask(picture)
    found = engine.offers(picture.problem, replace(asked, emergency=False, wanted=max(len(asked.windows), 1)))
    can = {_ends(picture, one.window): one for one in (*found.options, *found.further)}
    nearest = min(can, key=lambda ends: (abs(ends[0] - wanted), ends[0]), default=None)
    if plain is not None:
        return replace(plain, says=_with_nearest(plain.says, nearest, question), nearest=nearest)
    good = _holding(can, wanted)
    if good is not None:
        return _can(question, wanted, good, can[good], picture)
    return _cannot(question, wanted, found, nearest, picture)


def _plainly(question: Question, wanted: datetime) -> Answer | None:
    """What needs no computing: it is over, they have it, we are closed, or it is farther than we look."""
    branch, now, local = question.branch, question.now, zone(question.branch.zone)
    if wanted < now:
        return Answer(wanted, "over", _("%(time)s is over.") % {"time": _at(wanted, branch.zone)})
    promised = open_window_of(question.moving.id) if question.moving else None
    if promised is not None and promised.opens_at and promised.opens_at <= wanted < promised.closes_at:
        between = words.between(promised.opens_at, promised.closes_at, branch.zone)
        return Answer(wanted, "has-it", _("That is promised already: %(between)s.") % {"between": between})
    day = wanted.astimezone(local).date()
    if day >= now.astimezone(local).date() + timedelta(days=HORIZON_DAYS):
        says = _("We look %(n)d days ahead. A later day is booked by hand.") % {"n": HORIZON_DAYS}
        return Answer(wanted, "too-far", says)
    open_ = crew.hours_on(branch, day).span(day)
    if open_ is None:
        return Answer(wanted, "closed", _("We are closed on %(day)s.") % {"day": words.day_words(wanted, branch.zone)})
    if not open_[0] <= wanted < open_[1]:
        between = words.between(*open_, branch.zone)
        return Answer(wanted, "closed", _("We are open %(between)s then.") % {"between": between})
    return None


def _ends(picture: Picture, window: engine.Window) -> Ends:
    return picture.instant(window.opens_s), picture.instant(window.closes_s)


def _holding(windows: Iterable[Ends], wanted: datetime) -> Ends | None:
    """Of the windows that hold the time, the one that begins nearest to it."""
    holding = [ends for ends in windows if ends[0] <= wanted < ends[1]]
    return min(holding, key=lambda ends: (wanted - ends[0], ends[1]), default=None)


def _can(question: Question, wanted: datetime, ends: Ends, option: engine.WindowOption, picture: Picture) -> Answer:
    zone_name = question.branch.zone
    facts = {
        "time": _at(wanted, zone_name), "between": words.between(*ends, zone_name),
        "technician": picture.name_of(option.technician), "sure": words.percent(stated_of(picture, option)),
    }  # fmt: skip
    says = _("%(time)s can be kept: %(between)s, %(technician)s, %(sure)s sure.") % facts
    return Answer(wanted, "can", says, *ends, nearest=ends)


def _cannot(
    question: Question, wanted: datetime, found: engine.Offers, nearest: Ends | None, picture: Picture
) -> Answer:
    misses = {_ends(picture, miss.window): miss.reason for miss in found.misses}
    ends = _holding(misses, wanted)
    if ends is not None:
        reason = misses[ends]
    elif found.reasons:
        reason = found.reasons[0]
    else:
        soon = words.clock_time(question.now + NOTICE_NEEDED, question.branch.zone)
        says = _("No window that holds this time ends later than %(soon)s.") % {"soon": soon}
        return Answer(wanted, "over", _with_nearest(says, nearest, question), nearest=nearest)
    about = str(reason.facts.get("visit") or "")
    visit = picture.visits.get(about)
    says = _with_nearest(in_words(picture, reason), nearest, question)
    opens, closes = ends or (None, None)
    return Answer(wanted, reason.code.value, says, opens, closes, visit.id if visit else None, nearest)


def _with_nearest(says: str, nearest: Ends | None, question: Question) -> str:
    if nearest is None:
        return _("%(why)s No time of the next days can be kept.") % {"why": says}
    facts = {
        "why": says, "day": words.day_words(nearest[0], question.branch.zone),
        "between": words.between(*nearest, question.branch.zone),
    }  # fmt: skip
    return _("%(why)s The nearest that can be kept: %(day)s %(between)s.") % facts


def _at(at: datetime, zone_name: str) -> str:
    return _("%(time)s on %(day)s") % {
        "time": words.clock_time(at, zone_name),
        "day": words.day_words(at, zone_name),
    }
