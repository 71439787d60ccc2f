"""Why a window is not offered: the nearest thing that could be done, and what is wrong with it."""

from __future__ import annotations

from goodword.engine.arrays import Ints
from goodword.engine.errors import Fact
from goodword.engine.kernel.tables import Fault, Pairs, Places, Verdicts
from goodword.engine.offers.places import Ask
from goodword.engine.types import Absence, Code, Reason, Technician, Window


def why_not(ask: Ask, places: Places, pairs: Pairs, verdicts: Verdicts, pair: int) -> Reason:
    """The fault of one pair, as a code with facts."""
    technician = ask.problem.technicians[places.tech[pairs.place[pair]]]
    who: dict[str, Fact] = {"technician": technician.key}
    found, allowed = float(verdicts.found[pair]), float(verdicts.allowed[pair])
    fault = Fault(int(verdicts.fault[pair]))
    if fault is Fault.FLOOR:
        row = int(verdicts.culprit[pair])
        visit = ask.problem.visits[ask.day.layout.visit[row]].key
        facts: dict[str, Fact] = {"visit": visit, "before": float(ask.day.p_kept[row]), "after": found}
        return Reason(code=Code.BREAKS_FLOOR, facts={**who, **facts, "floor": allowed})
    if fault is Fault.SHIFT:
        over: dict[str, Fact] = {"shift_end_s": technician.shift_end_s, "p_over": found, "allowed": allowed}
        return Reason(code=Code.SHIFT_OVER, facts={**who, **over})
    if fault is Fault.BREAK:
        return Reason(code=Code.BREAK_LATE, facts={**who, "p_late": found, "allowed": allowed})
    if fault is Fault.PLANNED:
        return Reason(code=Code.ALREADY_PLANNED, facts={**who, "until_s": _busy_until(ask, places, pairs, pair)})
    if fault is Fault.UNJUDGED:
        return Reason(code=Code.TOO_MANY, facts={**who, "most_stops": ask.problem.policy.most_stops})
    gone = _absence(technician, float(pairs.opens[pair]), float(pairs.closes[pair]))
    if gone is not None and (fault is Fault.ABSENT or found == 0.0):
        return Reason(code=Code.ABSENT, facts={**who, "from_s": gone.from_s, "to_s": gone.to_s})
    if fault is Fault.ABSENT:
        return Reason(code=Code.ABSENT, facts=who)
    return Reason(code=Code.LATE_RISK, facts={**who, "p_kept": found, "needed": allowed})


def why_no_place(ask: Ask, able: Ints, window: Window) -> Reason:
    """The fault of a window for which there is not even a place to try."""
    clocks = ask.day.layout.clocks
    working = [t for t in able if window.closes_s > clocks.start[t] and window.opens_s < clocks.end[t]]
    if not working:
        return Reason(code=Code.NOBODY_ON_SHIFT, facts={"skilled": len(able)})
    technician = ask.problem.technicians[working[0]]
    origin = int(ask.day.layout.site[ask.day.layout.last[working[0]]])
    facts: dict[str, Fact] = {"technician": technician.key, "from_site": origin, "to_site": ask.visit.site}
    return Reason(code=Code.UNREACHABLE, facts=facts)


def _busy_until(ask: Ask, places: Places, pairs: Pairs, pair: int) -> float:
    return float(ask.day.layout.busy_until[places.behind[pairs.place[pair]]])


def _absence(technician: Technician, opens_s: float, closes_s: float) -> Absence | None:
    """The absence that reaches into a window, the longest first."""
    touching = [each for each in technician.absences if each.from_s < closes_s and opens_s < each.to_s]
    return max(touching, key=lambda each: each.to_s - each.from_s, default=None)
