from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from goodword.crew.errors import NoCompany, NoSuchBranch
from goodword.crew.models import Branch, Company, OpeningHours, Skill
from goodword.crew.queries.viewers import Viewer
from goodword.kit.calendar import BusinessCalendar


def company() -> Company:
    """The company of this house; raises NoCompany before it is founded."""
    there = Company.objects.first()
    if there is None:
        raise NoCompany
    return there


def signed(branch: str) -> str:
    """How a letter to a customer ends: the company, and the branch where it has another name."""
    name = company().name
    return name if branch in name else f"{name}, {branch}"


def branches_visible_to(viewer: Viewer) -> QuerySet[Branch]:
    """The branches in which the viewer has any role, by name."""
    rows = Branch.objects.order_by("name")
    return rows if viewer.works_in is None else rows.filter(id__in=viewer.works_in)


def branches() -> list[Branch]:
    """All of the company, by name: whom somebody may call who belongs to none that we know."""
    return list(Branch.objects.order_by("name", "id"))


def branch(branch_id: UUID) -> Branch:
    there = Branch.objects.filter(id=branch_id).first()
    if there is None:
        raise NoSuchBranch
    return there


def hours_on(branch: Branch, day: date) -> BusinessCalendar:
    """The opening hours in force on a day: the latest version valid then. Without any: closed, version 0."""
    row = OpeningHours.objects.filter(branch=branch, valid_from__lte=day).order_by("-valid_from", "-version").first()
    return _calendar(row, branch)


def hours_of_version(branch: Branch, version: int) -> BusinessCalendar:
    """The opening hours that something was judged by (G-7)."""
    return _calendar(OpeningHours.objects.filter(branch=branch, version=version).first(), branch)


def _calendar(row: OpeningHours | None, branch: Branch) -> BusinessCalendar:
    if row is None:
        return BusinessCalendar(branch.zone, {}, frozenset(), 0)
    row.branch = branch
    return row.calendar()


def skill_words() -> Mapping[str, str]:
    """Every skill by code as it stands within a sentence: gas, HVAC."""
    rows = Skill.objects.values_list("code", "name")
    return {code: name if name[1:2].isupper() else name[:1].lower() + name[1:] for code, name in rows}


def skills() -> QuerySet[Skill]:
    return Skill.objects.order_by("code")
