"""Ways to mend the day: worked out with each forecast that sees trouble, applied in one step or refused.

A way rests on the technicians it touches: their shifts, absences and visits as they stood. Whatever happens elsewhere
in the branch does not take it away; what happens to them does.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q

from goodword import engine
from goodword.crew.actions import defer_double_booking, lock_people
from goodword.crew.models import Branch
from goodword.dispatch import errors
from goodword.dispatch.models import Proposal
from goodword.dispatch.queries.offers import in_words
from goodword.dispatch.queries.picture import Picture, picture_of
from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.calendar import read_instant, zone
from goodword.kit.clock import company_now
from goodword.kit.events import record
from goodword.visits import actions as visits
from goodword.visits.models import Visit
from goodword.visits.queries import day_of

Way = dict[str, Any]


# Per branch, what its day was like when nothing was last proposed. Only this process knows it: one that begins
# relieves whatever is troubled, as long as there was no such moment.
_content: dict[UUID, engine.Ready] = {}


def propose(picture: Picture, forecasts: Mapping[str, engine.VisitForecast], now: datetime) -> None:
    """Keep what the engine proposes where a promise is at risk; nothing where none is, or where nothing helps."""
    ready = engine.prepare(picture.problem)
    found = _what_helps(picture, ready) if _in_trouble(forecasts) else None
    if found is None:
        _content[picture.branch.id] = ready
        Proposal.objects.filter(branch=picture.branch).delete()
        return
    ways = [_way(picture, repair) for repair in found.alternatives if repair.moves]
    Proposal.objects.update_or_create(
        branch=picture.branch,
        defaults={
            "made_at": now,
            "broken_before": found.alternatives[0].broken_before,
            "label": found.label,
            "ways": ways,
        },
    )


def _what_helps(picture: Picture, ready: engine.Ready) -> engine.Repairs | None:
    """Relieve what has become worse since nothing was proposed; where that gives nothing, whatever is troubled.

    The second question is for trouble that grows a little with every look: beside the look before it is never new.
    """
    content = _content.get(picture.branch.id)
    same_day = content is not None and _same_people(content.problem, picture.problem)
    for earlier in [content, None] if same_day else [None]:
        found = engine.repair(ready, earlier=earlier)
        if any(one.moves for one in found.alternatives):
            return found
    return None


def _same_people(then: engine.Problem, now: engine.Problem) -> bool:
    """Shifts are named by person and day: on another day nobody is the same."""
    return not {each.key for each in then.technicians}.isdisjoint(each.key for each in now.technicians)


def _in_trouble(forecasts: Mapping[str, engine.VisitForecast]) -> bool:
    open_ones = [f.p_miss for f in forecasts.values() if not f.happened and f.p_miss is not None]
    return any(engine.risk_of(p_miss) is not engine.Risk.QUIET for p_miss in open_ones)


def _way(picture: Picture, repair: engine.Repair) -> Way:
    """Ids, numbers and times of one alternative; reasons in words, as an offer keeps them."""
    on = {visit: route.technician for route in repair.routes for visit in route.visits}
    touched = sorted({route.technician for route in repair.routes})
    return {
        "key": sha256(repr([(m.visit, m.technician, m.position) for m in repair.moves]).encode()).hexdigest()[:16],
        "basis": _basis(picture, touched, [m.visit for m in repair.moves]),
        "shifts": touched,
        "trades": [trade.value for trade in repair.trades],
        "told": repair.told,
        "broken_after": repair.broken_after,
        "added_travel_s": repair.added_travel_s,
        "added_overtime_s": repair.added_overtime_s,
        "moves": [
            {
                "visit": move.visit,
                "before": _person(picture, move.before_technician),
                "to": _person(picture, move.technician),
                "says": [in_words(picture, reason) for reason in move.reasons],
            }
            for move in repair.moves
        ],
        "planned": [
            {
                "visit": one.visit,
                "person": _person(picture, on[one.visit]),
                "start": picture.instant(one.planned.start_s).isoformat(),
                "end": picture.instant(one.planned.end_s).isoformat(),
            }
            for one in repair.planned
            if one.visit in picture.visits
        ],
        "promises": [
            {
                "visit": one.visit,
                "p_before": one.p_before,
                "p_after": one.p_after,
                "arrival_before": _instant(picture, one.arrival_before_s),
                "arrival_after": _instant(picture, one.arrival_after_s),
            }
            for one in repair.promises
            if one.visit in picture.visits
        ],
        "unserved": [{"visit": key, "says": in_words(picture, why)} for key, why in repair.unserved],
    }


def _person(picture: Picture, shift: str | None) -> str | None:
    return str(picture.shifts[shift]) if shift is not None else None


def _instant(picture: Picture, seconds: float | None) -> str | None:
    return picture.instant(seconds).isoformat() if seconds is not None else None


def _basis(picture: Picture, shifts: Iterable[str], moved: Iterable[str]) -> str:
    """One word for the shifts, absences and visits that a way rests on; not for the time of day."""
    problem = picture.problem
    said: list[tuple[Any, ...]] = []
    known = {technician.key for technician in problem.technicians}
    for key in shifts:
        if key not in known:
            return ""
        who = problem.technician(key)
        away = [(a.from_s, a.to_s) for a in who.absences]
        said.append(
            (key, who.shift_start_s, who.shift_end_s, away, [_state(picture, v) for v in problem.route_of(key)])
        )
    said.append(("moved", [_state(picture, v) for v in moved]))
    return sha256(repr(said).encode()).hexdigest()


def _state(picture: Picture, key: str) -> tuple[str, int, str]:
    row = picture.visits.get(key)
    return (key, row.revision, row.stage.name) if row is not None else (key, 0, "")


@action("dispatch.repair")
def repair(branch_id: UUID, way_key: str, *, by: Actor, at: datetime, command: UUID) -> Branch:
    """Do what one way proposes, whole: every visit gets its technician and time, every promise stays as it was said.

    Raises
    ------
    RepairGone
        It is not proposed any more, or something it rests on has changed; nothing is written.
    """
    proposal = Proposal.objects.select_for_update().select_related("branch").filter(branch=branch_id).first()
    way = next((one for one in proposal.ways if one["key"] == way_key), None) if proposal else None
    if proposal is None or way is None:
        raise errors.RepairGone
    branch = proposal.branch
    _stand_in_line(branch, way)
    moved = [move["visit"] for move in way["moves"]]
    if _basis(_today(branch), way["shifts"], moved) != way["basis"]:
        raise errors.RepairGone
    with defer_double_booking():
        for one in way["planned"]:
            start, end = read_instant(one["start"]), read_instant(one["end"])
            visits.assign(UUID(one["visit"]), UUID(one["person"]), start, end, by=by, at=at, command=command)
    facts = {"visits": moved, "trades": way["trades"], "told": way["told"]}
    record("plan.repaired", about=branch, by=by, at=at, command=command, scope=branch_id, facts=facts)
    proposal.delete()
    return branch


def _today(branch: Branch) -> Picture:
    now = company_now()
    return picture_of(branch, now.astimezone(zone(branch.zone)).date(), 1, now)


def _stand_in_line(branch: Branch, way: Way) -> None:
    """Lock every visit and person that the way touches, in the order in which everybody does."""
    since, until = day_of(company_now().astimezone(zone(branch.zone)).date(), branch.zone)
    people = {UUID(shift.partition(":")[0]) for shift in way["shifts"]}
    theirs = Q(technician__in=people, planned_start__gte=since, planned_start__lt=until)
    Visit.objects.lock_in_order(theirs | Q(id__in=[move["visit"] for move in way["moves"]]))
    lock_people(people)
