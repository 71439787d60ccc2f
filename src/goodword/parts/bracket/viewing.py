"""From instants to places between 0 and 1, and the state when the server gave none."""

from collections.abc import Callable
from datetime import datetime, timedelta

from goodword.parts.bracket.values import Bracket, BracketView, Label, State
from goodword.parts.bracket.wording import beside, said_words, times_of, words

GRACE = timedelta(seconds=60)  # P-14: clocks differ, the promise does not
ICON_OF = {State.KEPT: "check", State.BROKEN: "cross"}


def state_of(bracket: Bracket) -> State:
    """The state of a promise by the table of the look: the server's answer first, else from the values.

    Arrived: kept up to the last second of the minute of grace, and not before the opening unless an early start was
    agreed. Not arrived: the median past the edge is late, the 90 % end past the edge is at risk, a new window is told.
    """
    if bracket.state is not None:
        return bracket.state
    if bracket.arrived_at is not None:
        in_time = bracket.arrived_at <= bracket.closes_at + GRACE
        return State.KEPT if in_time and not _too_early(bracket) else State.BROKEN
    if bracket.p50 is not None and bracket.p50 > bracket.closes_at:
        return State.LATE
    if bracket.p90 is not None and bracket.p90 > bracket.closes_at:
        return State.AT_RISK
    if bracket.old_closes_at is not None:
        return State.TOLD
    return State.NO_FORECAST if bracket.p50 is None else State.QUIET


def view(bracket: Bracket) -> BracketView:
    """Everything a page needs to draw ``bracket``: places from 0 to 1 on its scale, labels, words for its audience."""
    state = state_of(bracket)
    place = _scale(bracket)

    def at(instant: datetime | None) -> float | None:
        return None if instant is None else place(instant)

    return BracketView(
        state=state,
        audience=bracket.audience,
        opens=at(bracket.opens_at),
        closes=place(bracket.closes_at),
        old_opens=at(bracket.old_opens_at),
        old_closes=at(bracket.old_closes_at),
        p10=at(bracket.p10),
        p50=at(bracket.p50),
        p90=at(bracket.p90),
        arrived=at(bracket.arrived_at),
        early=_too_early(bracket),
        labels=tuple(_labels(bracket, state, place)),
        words=words(bracket, state),
        beside=beside(bracket, state),
    )


def _too_early(bracket: Bracket) -> bool:
    return (
        bracket.arrived_at is not None
        and bracket.opens_at is not None
        and not bracket.early_agreed
        and bracket.arrived_at < bracket.opens_at - GRACE
    )


def _scale(bracket: Bracket) -> Callable[[datetime], float]:
    starts_at, ends_at = bracket.scale or _own_span(bracket)
    width = max((ends_at - starts_at).total_seconds(), 60.0)

    def place(instant: datetime) -> float:
        return min(1.0, max(0.0, (instant - starts_at).total_seconds() / width))

    return place


def _own_span(bracket: Bracket) -> tuple[datetime, datetime]:
    """The span of what is drawn; a latest time alone gets a quarter of an hour before its forecast, or an hour."""
    drawn = [
        instant
        for instant in (
            bracket.opens_at, bracket.closes_at, bracket.old_opens_at, bracket.old_closes_at,
            bracket.p10, bracket.p50, bracket.p90, bracket.arrived_at,
        )
        if instant is not None
    ]  # fmt: skip
    starts_at, ends_at = min(drawn), max(drawn)
    if bracket.opens_at is None:
        starts_at -= timedelta(minutes=15) if starts_at < bracket.closes_at else timedelta(hours=1)
    return starts_at, ends_at


def _labels(bracket: Bracket, state: State, place: Callable[[datetime], float]) -> list[Label]:
    """Times under the large drawing: each edge once, then the one that is said."""
    edges = sorted({e for e in (bracket.old_opens_at, bracket.old_closes_at, bracket.opens_at, bracket.closes_at) if e})
    write = times_of(bracket)
    labels = [Label(place(edge), write(edge)) for edge in edges]
    if bracket.arrived_at is not None:
        labels.append(Label(place(bracket.arrived_at), said_words(bracket), said=True, icon=ICON_OF.get(state, "")))
    elif bracket.p50 is not None and state not in (State.RELEASED, State.VOID):
        labels.append(Label(place(bracket.p50), said_words(bracket), said=True))
    return labels
