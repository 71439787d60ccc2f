"""What a plan of a day changes, as it is kept: ids, codes, numbers and times; names are looked up when it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from goodword import engine
from goodword.crew import queries as crew
from goodword.crew.models import Branch
from goodword.dispatch.queries.picture import Picture, picture_of
from goodword.engine.plans.search import FRESH
from goodword.promises import queries as promises
from goodword.visits.models import Visit
from goodword.visits.queries import day_of

Kept = dict[str, Any]


def begins_at(branch: Branch, day: date) -> datetime | None:
    """When the first shift of a day begins; None: nobody works."""
    starts = [row.shift.starts_at for row in crew.technicians(branch, day) if row.shift is not None]
    return min(starts, default=None)


def day_to_plan(branch: Branch, day: date, now: datetime) -> Picture:
    """The day as it stands, with the visits that were promised for it and that nobody has yet."""
    since, until = day_of(day, branch.zone)
    loose = Visit.objects.filter(branch=branch, technician=None, planned_start=None, completed_at=None)
    rows = loose.filter(cancelled_at=None, moved_at=None).select_related(
        "order__customer", "order__site", "order__work_type", "technician"
    )
    found = {row.id: row for row in rows}
    due = [
        found[visit_id]
        for visit_id, promise in promises.windows_of(found).items()
        if promise.opens_at is not None and since <= promise.opens_at < until
    ]
    return picture_of(branch, day, 1, now, also=due)


def account_of(picture: Picture, made: engine.Plan) -> Kept:
    """Both plans on the same fresh scenarios: by technician, by promise, and in sum; each pair is (before, after)."""
    problem = picture.problem
    fresh = replace(problem, seed=made.seed + FRESH, scenarios=made.fresh_scenarios)
    both = engine.explain(fresh, problem.routes), engine.explain(fresh, made.routes)
    planned = {one.visit: one.planned for one in made.planned}
    after = {route.technician: route.visits for route in made.routes}
    routes = {t.key: (problem.route_of(t.key), after.get(t.key, ())) for t in problem.technicians}
    return {
        "lanes": [_lane(picture, key, pair, both, planned) for key, pair in routes.items()],
        "left_out": [
            {"visit": one.visit, "before": _person_of(picture, one.visit), **_reason(one.reason)}
            for one in both[1].left_out
        ],
        "rules": {
            key: [[_reason(why) for why in one.broken_rules.get(key, ())] for one in both]
            for key in sorted({*both[0].broken_rules, *both[1].broken_rules})
        },
        "sums": sums(problem, both) | {"rounds": made.rounds, "stopped": made.stopped},
    }


def sums(problem: engine.Problem, both: Sequence[engine.Explained]) -> Kept:
    """Expected misses, seconds of driving and of overtime, and what all of it costs, for each of the plans."""
    return {
        "broken": [expected_broken(problem, one.forecast) for one in both],
        "driving_s": [one.value.driving / (problem.costs.driving or 1.0) for one in both],
        "overtime_s": [sum(t.overtime_s or 0.0 for t in one.forecast.technicians.values()) for one in both],
        "value_s": [one.value.total for one in both],
    }


def expected_broken(problem: engine.Problem, seen: engine.Forecast) -> float:
    """The sum of P(missed) over all promises; one to which nobody comes counts whole."""
    promised = [seen.visits[v.key] for v in problem.visits if v.window is not None]
    return sum(1.0 if f.p_kept is None else 1.0 - f.p_kept for f in promised)


def _lane(
    picture: Picture,
    key: str,
    routes: tuple[tuple[str, ...], tuple[str, ...]],
    both: tuple[engine.Explained, engine.Explained],
    planned: Mapping[str, engine.Planned],
) -> Kept:
    changed = routes[0] != routes[1]
    shifts = [one.forecast.technicians[key] for one in both]
    return {
        "shift": key,
        "person": str(picture.shifts[key]),
        "changed": changed,
        "basis": basis_of(picture, key, routes[1]) if changed else None,
        "driving_s": [
            sum(one.forecast.visits[v].travel_s or 0.0 for v in route) for one, route in zip(both, routes, strict=True)
        ],
        "overtime_s": [shift.overtime_s or 0.0 for shift in shifts],
        "stops": [_stop(picture, v, both, planned.get(v)) for v in routes[1] if v in picture.visits],
    }


def _stop(
    picture: Picture, key: str, both: tuple[engine.Explained, engine.Explained], planned: engine.Planned | None
) -> Kept:
    row = picture.visits[key]
    seen = [one.forecast.visits[key] for one in both]
    return {
        "visit": key,
        "before": _person_of(picture, key),
        "was_at": row.planned_start.isoformat() if row.planned_start is not None else None,
        "start": picture.instant(planned.start_s).isoformat() if planned else None,
        "end": picture.instant(planned.end_s).isoformat() if planned else None,
        "p": [None if one.p_kept is None else float(one.p_kept) for one in seen],
        "arrival": [picture.instant(one.arrival.p50_s).isoformat() if one.arrival else None for one in seen],
    }


def _person_of(picture: Picture, key: str) -> str | None:
    row = picture.visits.get(key)
    return str(row.technician_id) if row is not None and row.technician_id is not None else None


def _reason(reason: engine.Reason) -> Kept:
    return {"code": reason.code.value, "facts": {key: _plain(value) for key, value in reason.facts.items()}}


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def basis_of(picture: Picture, shift: str, takes: Sequence[str]) -> Kept:
    """What a technician's part of a plan rests on: shift, absences, the visits they have and those they would get."""
    problem = picture.problem
    if shift not in problem.technician_index:
        return {}
    who, has = problem.technician(shift), problem.route_of(shift)
    return {
        "shift": [who.shift_start_s, who.shift_end_s],
        "away": [[a.from_s, a.to_s] for a in who.absences],
        "has": [*has],
        "visits": {key: _state(picture, key) for key in {*has, *takes}},
    }


def _state(picture: Picture, key: str) -> list[Any] | None:
    """None: it is not in the day any more. A held offer has no revision."""
    row = picture.visits.get(key)
    if row is not None:
        return [row.revision, row.stage.name]
    return [0, ""] if key in picture.problem.visit_index else None
