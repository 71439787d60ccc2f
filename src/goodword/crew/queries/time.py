"""Shifts, absences and engagements: who can be planned where on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest, JSONObject

from goodword.crew.models import Absence, Branch, Engagement, Person, PersonSkill, Role, Shift
from goodword.crew.queries.company import branch as branch_by_id
from goodword.kit.calendar import local_instant


@dataclass(frozen=True)
class Technician:
    """One person who may be planned on a day: what they can do, when they work, when they are away."""

    person: Person
    skills: Mapping[str, int]
    shift: Shift | None
    absences: tuple[Absence, ...] = ()


def technicians(branch: Branch | UUID, day: date) -> list[Technician]:
    """The technicians of a branch and whoever has a shift there that day, by name. Four queries, whatever their number.

    The day is the branch's day on the wall, midnight to midnight.
    """
    where = branch if isinstance(branch, Branch) else branch_by_id(branch)
    since, until = (local_instant(d, time(), where.zone, fold=0) for d in (day, day + timedelta(days=1)))
    shifts = {
        s.person_id: s
        for s in Shift.objects.filter(branch=where, starts_at__lt=until, ends_at__gt=since).order_by("-starts_at")
    }
    people = list(_people(where, shifts))
    away = absences([p.id for p in people], since, until)
    return [Technician(p, _levels(p), shifts.get(p.id), tuple(away.get(p.id, ()))) for p in people]


def _people(where: Branch, shifts: Iterable[UUID]) -> QuerySet[Person]:
    held = Role.objects.filter(name="technician").filter(Q(branch=where) | Q(branch=None))
    levels = PersonSkill.objects.filter(person=OuterRef("id")).values(pair=JSONObject(code="skill_id", level="level"))
    return (
        Person.objects.filter(Q(id__in=held.values("person_id")) | Q(id__in=list(shifts)), is_active=True)
        .annotate(levels=ArraySubquery(levels))
        .order_by("name", "id")
    )


def _levels(person: Any) -> Mapping[str, int]:
    return {pair["code"]: pair["level"] for pair in sorted(person.levels, key=lambda pair: str(pair["code"]))}


def absences(person_ids: Iterable[UUID], since: datetime, until: datetime) -> Mapping[UUID, list[Absence]]:
    """Absences that touch a span, by person; one that ended early counts until then."""
    found: dict[UUID, list[Absence]] = defaultdict(list)
    for row in _absences(since, until).filter(person__in=list(person_ids)).order_by("starts_at", "id"):
        found[row.person_id].append(row)
    return found


def _absences(since: datetime, until: datetime) -> QuerySet[Any]:
    return (
        Absence.objects.filter(starts_at__lt=until)
        .annotate(until=Coalesce("ended_early_at", "ends_at"))
        .filter(until__gt=Greatest(F("starts_at"), Value(since)))  # one that ended before it began took no place
    )


def is_absent(person_id: UUID, at: datetime) -> bool:
    return _absences(at, at + timedelta(microseconds=1)).filter(person=person_id).exists()


def engagements(person_ids: Iterable[UUID], since: datetime, until: datetime) -> list[Engagement]:
    """Live engagements that touch a span, in order of person and time. One query."""
    rows = Engagement.objects.filter(person__in=list(person_ids), live=True, during__overlap=(since, until))
    return list(rows.order_by("person_id", "during", "id"))
