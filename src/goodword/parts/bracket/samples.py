"""The eight states of the signature, as the style page and the tests show them. Monday 2 November 2026."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from goodword.parts.bracket.values import Bracket, State


@dataclass(frozen=True)
class Sample:
    name: str
    note: str
    icon: str
    state: State
    bracket: Bracket


def clock(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 2, hour, minute, tzinfo=UTC)


SCALE = (clock(9), clock(11))
NINE_TO_ELEVEN = Bracket(opens_at=clock(9), closes_at=clock(11), scale=SCALE)
NINE_TO_TEN = replace(NINE_TO_ELEVEN, closes_at=clock(10))


def samples() -> Iterator[Sample]:
    """One promise in each state, all on the scale from 9 to 11."""
    quiet = replace(NINE_TO_ELEVEN, p10=clock(9, 46), p50=clock(9, 50), p90=clock(9, 58), p_kept=0.97)
    yield Sample(_("Quiet"), _("whisker inside"), "", State.QUIET, quiet)
    risk = replace(
        NINE_TO_ELEVEN, opens_at=clock(9, 30), closes_at=clock(10, 30), p_kept=0.78, amber_since=clock(9, 31)
    )
    risk = replace(risk, p10=clock(10, 2), p50=clock(10, 16), p90=clock(10, 41))
    yield Sample(_("At risk"), _("whisker crosses"), "triangle", State.AT_RISK, risk)
    late = replace(NINE_TO_TEN, known_at=clock(9, 14), p10=clock(10, 2), p50=clock(10, 20), p90=clock(10, 46))
    yield Sample(_("Late"), _("dot is past"), "cross", State.LATE, late)
    told = replace(
        NINE_TO_ELEVEN, opens_at=clock(10), old_opens_at=clock(9), old_closes_at=clock(10), told_at=clock(8, 20)
    )
    told = replace(told, p10=clock(10, 8), p50=clock(10, 20), p90=clock(10, 46))
    yield Sample(_("Told"), _("new window agreed in time"), "speech", State.TOLD, told)
    yield Sample(_("Kept"), _("arrived"), "check", State.KEPT, replace(NINE_TO_ELEVEN, arrived_at=clock(9, 50)))
    broken = replace(NINE_TO_TEN, arrived_at=clock(10, 25))
    yield Sample(_("Broken"), _("for ever hollow"), "cross", State.BROKEN, broken)
    by = replace(NINE_TO_ELEVEN, opens_at=None, closes_at=clock(10, 40), p_kept=0.98)
    by = replace(by, p10=clock(9, 30), p50=clock(9, 52), p90=clock(10, 18))
    yield Sample(_("By a time"), _("only the closing end"), "", State.QUIET, by)
    unknown = replace(NINE_TO_ELEVEN, unassigned=True)
    yield Sample(_("No forecast"), _("bracket only"), "", State.NO_FORECAST, unknown)
