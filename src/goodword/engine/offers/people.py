"""Who could make a visit at all, and if nobody can, why."""

from __future__ import annotations

import numpy as np

from goodword.engine.arrays import Ints
from goodword.engine.errors import Fact
from goodword.engine.types import Code, Problem, Reason, Technician, Visit


def objections_to(technician: Technician, visit: Visit) -> list[Reason]:
    """Hard reasons why this technician may not make this visit: skills, parts, wishes."""
    found = [_lacks(skill, level, technician) for skill, level in visit.skills.items()]
    found += [
        Reason(code=Code.NOBODY_WITH_PART, facts={"part": part, "technician": technician.key})
        for part in sorted(visit.parts - technician.parts)
    ]
    if technician.person in visit.never or (visit.only and technician.person not in visit.only):
        found.append(Reason(code=Code.NOBODY_ALLOWED, facts={"technician": technician.key}))
    if technician.key in visit.helpers:
        found.append(Reason(code=Code.HELPS_THERE, facts={"technician": technician.key}))
    return [each for each in found if each is not None]


def who_can(problem: Problem, visit: Visit) -> Ints:
    """Indices of the technicians without a hard objection."""
    able = [t for t, each in enumerate(problem.technicians) if can(each, visit)]
    return np.array(able, dtype=np.int64)


def can(technician: Technician, visit: Visit) -> bool:
    """Whether there is no hard objection: `objections_to` without its reasons, for asking everybody."""
    return (
        all(technician.skills.get(skill, 0) >= level for skill, level in visit.skills.items())
        and visit.parts <= technician.parts
        and technician.person not in visit.never
        and (not visit.only or technician.person in visit.only)
        and technician.key not in visit.helpers
    )


def why_nobody(problem: Problem, visit: Visit) -> Reason:
    """The reason when `who_can` is empty: the first need that nobody meets, else that nobody meets all."""
    technicians = problem.technicians
    if not technicians:
        return Reason(code=Code.NOBODY_WORKS)
    for skill, level in sorted(visit.skills.items()):
        best = max(each.skills.get(skill, 0) for each in technicians)
        if best < level:
            return Reason(code=Code.NOBODY_WITH_SKILL, facts={"skill": skill, "level": level, "best_level": best})
    for part in sorted(visit.parts):
        if not any(part in each.parts for each in technicians):
            return Reason(code=Code.NOBODY_WITH_PART, facts={"part": part})
    skilled = [t for t in technicians if all(t.skills.get(s, 0) >= level for s, level in visit.skills.items())]
    if skilled:
        return Reason(code=Code.NOBODY_ALLOWED, facts={"skilled": len(skilled)})
    together = " + ".join(sorted(visit.skills))
    facts: dict[str, Fact] = {"skill": together, "level": max(visit.skills.values()), "best_level": 0}
    return Reason(code=Code.NOBODY_WITH_SKILL, facts=facts)


def longer_than_shift(problem: Problem, visit: Visit, able: Ints) -> Reason | None:
    """The reason when the visit, on average, fits into no shift of those who could make it."""
    technicians = [problem.technicians[t] for t in able]
    needed = min((visit.duration.mean_s * t.duration_factor for t in technicians), default=0.0)
    longest = max((t.shift_end_s + t.overtime_limit_s - t.shift_start_s for t in technicians), default=np.inf)
    if needed <= longest:
        return None
    return Reason(code=Code.LONGER_THAN_SHIFT, facts={"needed_s": needed, "longest_s": longest})


def _lacks(skill: str, level: int, technician: Technician) -> Reason | None:
    has = technician.skills.get(skill, 0)
    if has >= level:
        return None
    facts: dict[str, Fact] = {"skill": skill, "level": level, "best_level": has, "technician": technician.key}
    return Reason(code=Code.NOBODY_WITH_SKILL, facts=facts)
