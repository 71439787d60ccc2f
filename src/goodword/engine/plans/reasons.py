"""Why a visit is left out, and what speaks against a visit or a shift where it stands."""

from __future__ import annotations

from typing import Any

from goodword.engine.arrays import Ints
from goodword.engine.errors import Fact
from goodword.engine.forecast import forecast
from goodword.engine.offers.people import longer_than_shift, objections_to, who_can, why_nobody
from goodword.engine.plans.town import Open, empty_tours, laid_town, room_for, set_routes
from goodword.engine.types import Code, Explained, Forecast, LeftOut, Problem, Reason, TechnicianForecast, Value, Visit


def explained(problem: Problem, value: Value) -> Explained:
    """Everything there is to say about the routes of a problem."""
    seen = forecast(problem)
    return Explained(value=value, forecast=seen, left_out=left_out(problem), broken_rules=broken_rules(problem, seen))


def left_out(problem: Problem) -> tuple[LeftOut, ...]:
    """Every visit in no route that has not begun, with its reason."""
    wanted = Open.of(problem)
    missing = [each for each in wanted.visits if each.key not in problem.technician_of]
    if not missing:
        return ()
    town = laid_town(wanted, near=False)
    tours = empty_tours(wanted, max(map(len, wanted.routes), default=0))
    room = room_for(wanted, tours, 0)
    set_routes(town, tours, wanted.routes, room)
    return tuple(LeftOut(visit=each.key, reason=_why(wanted, town, tours, room, each)) for each in missing)


def _why(wanted: Open, town: Any, tours: Any, room: Any, visit: Visit) -> Reason:
    able = who_can(wanted.problem, visit)
    if not len(able):
        return why_nobody(wanted.problem, visit)
    return (
        longer_than_shift(wanted.problem, visit, able)
        or _wrong_time(wanted.problem, visit, able)
        or _nearest(wanted, town, tours, room, visit, able)
    )


def _wrong_time(problem: Problem, visit: Visit, able: Ints) -> Reason | None:
    """The window is over, before the earliest time, or outside every shift of those who could."""
    window = visit.window
    if window is None:
        return None
    if window.closes_s < problem.now_s:
        return Reason(code=Code.PAST, facts={"closes_s": window.closes_s, "now_s": problem.now_s})
    if visit.not_before_s is not None and window.closes_s < visit.not_before_s:
        facts: dict[str, Fact] = {"closes_s": window.closes_s, "earliest_s": visit.not_before_s}
        return Reason(code=Code.BEFORE_EARLIEST, facts=facts)
    shifts = [problem.technicians[t] for t in able]
    if any(t.shift_start_s <= window.closes_s and window.opens_s < t.shift_end_s for t in shifts):
        return None
    return Reason(code=Code.NOBODY_ON_SHIFT, facts={"skilled": len(shifts)})


def _nearest(wanted: Open, town: Any, tours: Any, room: Any, visit: Visit, able: Ints) -> Reason:
    """What the nearest place would break or cost."""
    from goodword.engine.kernel.entry import nearest_place
    from goodword.engine.kernel.town import DROP, HARD, MAY_OVER, MAY_REST, START

    v, people = wanted.index[visit.key], wanted.problem.technicians
    t, added, over, tired = nearest_place(town, tours, v, room)
    if t < 0:
        first = int(able[0])
        facts: dict[str, Fact] = {"technician": people[first].key, "from_site": int(town.people[first, START])}
        return Reason(code=Code.UNREACHABLE, facts={**facts, "to_site": visit.site})
    who: dict[str, Fact] = {"technician": people[t].key}
    if over > town.people[t, MAY_OVER]:
        facts = {"shift_end_s": people[t].shift_end_s, "p_over": over, "allowed": float(town.people[t, MAY_OVER])}
        return Reason(code=Code.SHIFT_OVER, facts={**who, **facts})
    if tired > town.people[t, MAY_REST]:
        return Reason(code=Code.BREAK_LATE, facts={**who, "p_late": tired, "allowed": float(town.people[t, MAY_REST])})
    if added >= HARD and people[t].absences:
        gone = people[t].absences[0]
        return Reason(code=Code.ABSENT, facts={**who, "from_s": gone.from_s, "to_s": gone.to_s})
    return Reason(code=Code.COSTS_MORE, facts={**who, "added": added, "saved": float(town.visits[v, DROP])})


def broken_rules(problem: Problem, seen: Forecast) -> dict[str, tuple[Reason, ...]]:
    """Visit or technician key to what speaks against it; without an entry where nothing does."""
    found: dict[str, tuple[Reason, ...]] = {}
    for visit in problem.visits:
        who = problem.technician_of.get(visit.key)
        if who is not None and not seen.visits[visit.key].happened:
            found[visit.key] = (*objections_to(problem.technician(who), visit), *_promise(problem, seen, visit, who))
    for technician in problem.technicians:
        found[technician.key] = _shift(problem, seen.technicians[technician.key])
    return {key: reasons for key, reasons in found.items() if reasons}


def _promise(problem: Problem, seen: Forecast, visit: Visit, who: str) -> list[Reason]:
    """A road that does not lead there, or a promise below its floor."""
    made = seen.visits[visit.key]
    floor = problem.policy.floor if visit.floor is None else visit.floor
    if made.reason is not None:
        return [made.reason]
    if made.p_kept is None or made.p_kept >= floor:
        return []
    facts: dict[str, Fact] = {"technician": who, "p_kept": made.p_kept, "needed": floor}
    return [Reason(code=Code.LATE_RISK, facts=facts)]


def _shift(problem: Problem, made: TechnicianForecast) -> tuple[Reason, ...]:
    """Too much overtime or a late break, too likely."""
    policy, found = problem.policy, []
    if made.p_over_limit is not None and made.p_over_limit > policy.overtime_share:
        end_s = problem.technician(made.technician).shift_end_s
        facts: dict[str, Fact] = {"technician": made.technician, "shift_end_s": end_s, "p_over": made.p_over_limit}
        found.append(Reason(code=Code.SHIFT_OVER, facts={**facts, "allowed": policy.overtime_share}))
    if made.p_break_late is not None and made.p_break_late > policy.break_late_share:
        facts = {"technician": made.technician, "p_late": made.p_break_late, "allowed": policy.break_late_share}
        found.append(Reason(code=Code.BREAK_LATE, facts=facts))
    return tuple(found)
