"""What is said to a customer about a window, and reasons in words for the office. Times as people say them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from goodword.kit.calendar import zone


def clock_time(at: datetime, zone_name: str) -> str:
    """9:31, without a leading zero."""
    local = at.astimezone(zone(zone_name))
    return f"{local.hour}:{local.minute:02d}"


def day_words(at: datetime, zone_name: str) -> str:
    """Monday 2 November, as the language has it."""
    return formats.date_format(at.astimezone(zone(zone_name)).date(), "l j F")


def between(opens_at: datetime, closes_at: datetime, zone_name: str) -> str:
    return _("between %(opens)s and %(closes)s") % {
        "opens": clock_time(opens_at, zone_name),
        "closes": clock_time(closes_at, zone_name),
    }


def said_window(opens_at: datetime, closes_at: datetime, zone_name: str) -> str:
    """The said words of an arrival-window promise."""
    return _("We arrive on %(day)s %(between)s.") % {
        "day": day_words(opens_at, zone_name),
        "between": between(opens_at, closes_at, zone_name),
    }


def said_call_back(due_at: datetime, zone_name: str) -> str:
    return _("We call you on %(day)s by %(time)s at the latest.") % {
        "day": day_words(due_at, zone_name),
        "time": clock_time(due_at, zone_name),
    }


def reason_words(code: str, facts: Mapping[str, Any]) -> str:
    """A reason of the engine in one plain sentence. ``facts`` come with names and times already in words."""
    about_one = f"{code}/technician" if "technician" in facts else code
    sentence = _sentences().get(about_one) or _sentences().get(code)
    if sentence is None:
        return _("It does not fit the day (%(code)s).") % {"code": code}
    return sentence % _Facts(facts)


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def _sentences() -> Mapping[str, str]:
    return {
        "nobody-with-skill": _("Nobody here is trained for %(skill)s."),
        "nobody-with-skill/technician": _("%(technician)s is not trained for %(skill)s."),
        "nobody-with-part/technician": _("%(technician)s has no %(part)s in the van."),
        "nobody-allowed/technician": _("%(technician)s may not come to this customer."),
        "nobody-on-shift/technician": _("%(technician)s has no shift then."),
        "nobody-with-part": _("Nobody has the part %(part)s in the van."),
        "nobody-allowed": _("Nobody who could do it may come to this customer."),
        "nobody-works": _("Nobody works then."),
        "longer-than-shift": _("The work is longer than any shift."),
        "past": _("It is too late for this window."),
        "before-earliest": _("It is before the earliest possible time."),
        "after-deadline": _("It is later than the customer can wait."),
        "nobody-on-shift": _("Nobody with the right training is on shift then."),
        "too-many": _("There are too many possibilities to look at all of them."),
        "no-window": _("No window was asked for."),
        "absent": _("%(technician)s is away from %(from)s to %(to)s."),
        "unreachable": _("No road leads there."),
        "late-risk": _("%(technician)s would keep it only %(p_kept)s of the time."),
        "breaks-floor": _("It would put the promise to %(visit)s at risk: %(after)s sure instead of %(before)s."),
        "shift-over": _("The shift of %(technician)s ends at %(shift_end)s, and it would likely run over."),
        "break-late": _("%(technician)s would get the break too late."),
        "already-planned": _("%(technician)s is at %(visit)s until %(until)s."),
        "costs-more": _("It would cost the day more than the visit is worth: nearest is %(technician)s."),
        "frozen": _("The visit has begun."),
        "pinned": _("The visit is fixed to its technician."),
        "helps-there": _("%(technician)s helps there already."),
        "unassigned": _("Nobody is assigned yet."),
        "no-arrival-recorded": _("The window is over and no arrival was recorded."),
        "fits": _("Fits the route of %(technician)s, %(added_travel)s more driving."),
        "earliest": _("The earliest we can keep."),
        "least-driving": _("The least driving: %(added_travel)s more."),
        "surest": _("The surest: %(p_kept)s."),
        "other-half-day": _("Another half of the day."),
        "preferred-person": _("%(technician)s has been here before."),
        "nobody-comes": _("Otherwise nobody would come."),
        "saves": _("%(technician)s can keep the promise: %(after)s sure instead of %(before)s."),
        "relieves": _("The promise to %(visit)s becomes surer: %(after)s instead of %(before)s."),
        "makes-room": _("It makes room for %(visit)s."),
        "less-work": _("Less driving and overtime."),
        "no-place": _("Somebody could come, but it would cost others more than it helps."),
    }


def percent(share: float) -> str:
    """97 %; at most 99 % and at least 1 %, since what is counted in scenarios is never certain."""
    return _("%(n)d %%") % {"n": max(1, min(99, round(share * 100)))}


def minutes(seconds: float) -> str:
    return _("%(n)d min") % {"n": max(0, round(seconds / 60))}


def held() -> str:
    return _("somebody who is just choosing")


def no_shift() -> str:
    return _("The technician has no shift on that day.")


def trade_words(trades: Sequence[str]) -> str:
    """What a way to mend the day is best at."""
    known = {
        "cheapest": _("All things weighed, the best"),
        "fewest-told": _("Fewest customers hear of it"),
        "fewest-broken": _("Fewest promises broken"),
        "least-work": _("Least driving and overtime"),
    }
    said = [known[trade] for trade in known if trade in trades]
    return "; ".join(said) if said else _("In between")
