"""The same in words: for office and technician with the probability, for the customer without a figure to interpret."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from goodword.parts.bracket.values import Audience, Beside, Bracket, State
from goodword.parts.times import clock_words

Write = Callable[[datetime], str]


def times_of(bracket: Bracket) -> Write:
    """How this drawing writes an instant: 9:31, and with the weekday when its instants lie on several days."""
    instants = (bracket.opens_at, bracket.closes_at, bracket.old_opens_at, bracket.p50, bracket.arrived_at)
    days = {instant.astimezone(bracket.zone).date() for instant in instants if instant is not None}
    if len(days) < 2:
        return lambda at: clock_words(at, bracket.zone)
    return lambda at: f"{_weekday(at.astimezone(bracket.zone))} {clock_words(at, bracket.zone)}"


def words(bracket: Bracket, state: State) -> str:
    """The text alternative of the drawing, for its audience."""
    write = times_of(bracket)
    if bracket.audience is Audience.CUSTOMER:
        return _for_the_customer(bracket, state, write)
    return " ".join(part for part in (_said(bracket, state, write), *_since(bracket, state, write)) if part)


def said_words(bracket: Bracket) -> str:
    """What is written under the dot or the tick: "about 9:50" before, "arrived 9:50" after."""
    write = times_of(bracket)
    if bracket.arrived_at is not None:
        return _("arrived {time}").format(time=write(bracket.arrived_at))
    assert bracket.p50 is not None
    return _("about {time}").format(time=write(bracket.p50))


def beside(bracket: Bracket, state: State) -> Beside | None:
    """Icon and word that stand beside the drawing; None while nothing needs to be said."""
    write = times_of(bracket)
    match state:
        case State.AT_RISK:
            since = bracket.amber_since
            text = _("at risk since {time}").format(time=write(since)) if since else _("may be late")
            return Beside(state, "triangle", text)
        case State.LATE:
            return Beside(state, "cross", _late_beside(bracket, write))
        case State.TOLD:
            told = bracket.told_at
            return Beside(state, "speech", _("told {time}").format(time=write(told)) if told else _("told"))
        case State.KEPT:
            return Beside(state, "check", _("kept"))
        case State.BROKEN:
            return Beside(state, "cross", _("broken"))
        case State.NO_FORECAST:
            return Beside(state, "", _("no forecast yet"))
        case State.RELEASED:
            return Beside(state, "", _("released"))
        case State.VOID:
            return Beside(state, "", _("void"))
    if bracket.p_kept is not None and bracket.audience is not Audience.CUSTOMER:
        return Beside(state, "", _("{percent} % sure").format(percent=percent(bracket.p_kept)))
    return None


def percent(share: float) -> int:
    """Whole per cent, never rounded up to certainty: 99.7 % reads 99, 0.2 % reads 1."""
    return max(1, min(99, round(share * 100)))


def _late_beside(bracket: Bracket, write: Write) -> str:
    told = _("told {time}").format(time=write(bracket.told_at)) if bracket.told_at else _("not told")
    if bracket.known_at is None:
        return _("will be late, {told}").format(told=told)
    return _("known since {time}, {told}").format(time=write(bracket.known_at), told=told)


def _window(opens_at: datetime | None, closes_at: datetime, write: Write, *, first: bool = False) -> str:
    if opens_at is None:
        return (_("First by {closes}.") if first else _("By {closes}.")).format(closes=write(closes_at))
    text = _("First between {opens} and {closes}.") if first else _("Between {opens} and {closes}.")
    return text.format(opens=write(opens_at), closes=write(closes_at))


def _lower_window(opens_at: datetime | None, closes_at: datetime, write: Write) -> str:
    if opens_at is None:
        return _("by {closes}").format(closes=write(closes_at))
    return _("between {opens} and {closes}").format(opens=write(opens_at), closes=write(closes_at))


def _said(bracket: Bracket, state: State, write: Write) -> str:
    """What was promised, and what was agreed since."""
    if bracket.old_closes_at is None:
        return _window(bracket.opens_at, bracket.closes_at, write)
    first = _window(bracket.old_opens_at, bracket.old_closes_at, write, first=True)
    agreed = _lower_window(bracket.opens_at, bracket.closes_at, write)
    if bracket.told_at is None:
        return f"{first} " + _("Agreed {window}.").format(window=agreed)
    return f"{first} " + _("Told at {time}, agreed {window}.").format(time=write(bracket.told_at), window=agreed)


def _since(bracket: Bracket, state: State, write: Write) -> list[str]:
    """What happened or is expected, and since when we know."""
    if state is State.RELEASED:
        return [_("Released: it was changed at the customer's wish.")]
    if state is State.VOID:
        return [_("Void: entered by mistake.")]
    if bracket.arrived_at is not None:
        arrived = _("Arrived {time}.").format(time=write(bracket.arrived_at))
        early = bracket.opens_at is not None and bracket.arrived_at < bracket.opens_at and state is State.BROKEN
        verdict = _("Kept.") if state is State.KEPT else _("Broken: too early.") if early else _("Broken.")
        return [arrived, verdict]
    parts = [_expected(bracket, state, write)]
    if state is State.BROKEN:
        return [_("Broken."), *parts]
    if state is State.AT_RISK and bracket.amber_since is not None:
        parts.append(_("At risk since {time}.").format(time=write(bracket.amber_since)))
    if state in (State.AT_RISK, State.LATE) and bracket.known_at is not None:
        parts.append(_("Known since {time}.").format(time=write(bracket.known_at)))
        told = _("Told at {time}.").format(time=write(bracket.told_at)) if bracket.told_at else _("Not told yet.")
        parts.append(told if bracket.old_closes_at is None else "")
    return parts


def _expected(bracket: Bracket, state: State, write: Write) -> str:
    if bracket.p50 is None:
        if state is State.BROKEN:
            return ""
        return _("No forecast yet: nobody is assigned.") if bracket.unassigned else _("No forecast yet.")
    time = write(bracket.p50)
    if state is State.LATE:
        return _("We expect {time}, so we will not keep it.").format(time=time)
    if bracket.p_kept is None or state in (State.TOLD, State.BROKEN):
        return _("We expect {time}.").format(time=time)
    sure = _("We expect {time}, and are {percent} % sure to be in time.")
    return sure.format(time=time, percent=percent(bracket.p_kept))


def _for_the_customer(bracket: Bracket, state: State, write: Write) -> str:
    """What she reads: a time, the window we said, nothing she must interpret."""
    window = _lower_window(bracket.opens_at, bracket.closes_at, write)
    sentence = window[:1].upper() + window[1:] + "."
    if bracket.arrived_at is not None:
        came = _("We came at {time}.").format(time=write(bracket.arrived_at))
        kept, broken = _("We promised {window}, and kept it."), _("We promised {window}, and did not keep it.")
        return f"{came} " + (kept if state is State.KEPT else broken).format(window=window)
    if state is State.BROKEN:
        return _("We promised {window}, and did not keep it.").format(window=window)
    if bracket.p50 is not None and state is State.LATE:
        return _("About {time}. We promised {window}, and will be late.").format(time=write(bracket.p50), window=window)
    if bracket.p50 is not None and state not in (State.RELEASED, State.VOID):
        sentence = _("About {time}, {window}.").format(time=write(bracket.p50), window=window)
    if bracket.old_closes_at is not None:
        old = _lower_window(bracket.old_opens_at, bracket.old_closes_at, write)
        sentence += " " + _("First we promised {window}.").format(window=old)
    return sentence


def _weekday(local: datetime) -> str:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[local.weekday()]
