"""Staff: who works here, with which roles and skills."""

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema, Status
from pydantic import Field

from goodword.crew import queries as crew
from goodword.crew.actions import add_person, disable_person, set_roles, set_skills
from goodword.crew.models import Person
from goodword.crew.rules import Verb, everywhere
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must, who
from goodword.faces.api.inputs import Body, Code, Cursor, Id, Lat, Limit, Line, Lon, Write
from goodword.faces.api.nouns.me import RoleOut
from goodword.faces.api.pages import By, Page, page
from goodword.faces.api.router import Noun

router = Noun("people")
BY_NAME = By("name", str)


class SkillOut(Schema):
    code: str
    level: int

    @staticmethod
    def resolve_code(row: Any) -> str:
        return row.skill_id  # type: ignore[no-any-return]


class PersonOut(Schema):
    id: UUID
    name: str
    email: str
    phone: str
    note: str
    is_active: bool
    roles: list[RoleOut]
    skills: list[SkillOut]


class RoleIn(Body):
    name: Code
    branch_id: Id | None = None


class SkillIn(Body):
    code: Code
    level: Annotated[int, Field(ge=1, le=9)] = 1


class PlaceIn(Body):
    lat: Lat
    lon: Lon


Roles = Annotated[list[RoleIn], Field(min_length=1, max_length=20)]
Skills = Annotated[list[SkillIn], Field(max_length=40)]


class PersonIn(Write):
    """They set their own password by the link that "forgotten password" sends."""

    email: Annotated[str, Field(min_length=3, max_length=254)]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    roles: Roles
    skills: Skills = []
    phone: Annotated[str, Field(max_length=40)] = ""
    note: Line = ""
    base: PlaceIn | None = None


class RolesIn(Write):
    roles: Roles


class SkillsIn(Write):
    skills: Skills


@router.get("/people", response=Page[PersonOut])
def people(request: Asked, after: Cursor = None, limit: Limit = 50) -> Any:
    return page(crew.people_visible_to(who(request)), BY_NAME, after, limit)


@router.get("/people/{uuid:person_id}", response=PersonOut)
def person(request: Asked, person_id: UUID) -> Any:
    return found(crew.people_visible_to(who(request)), person_id)


@router.post("/people", response={201: PersonOut})
def new_person(request: Asked, body: PersonIn) -> Any:
    roles = [(r.name, r.branch_id) for r in body.roles]
    _may_give(request, roles)
    base = (body.base.lat, body.base.lon) if body.base else None
    made = add_person(
        body.email, body.name, None, roles, _levels(body.skills), body.phone, body.note, base, **door(request, body)
    )
    return Status(201, _shown(made))


def _shown(made: Person) -> Person:
    return Person.objects.prefetch_related("roles", "skills").get(id=made.id)


def _levels(skills: Iterable[SkillIn]) -> list[tuple[str, int]]:
    return [(s.code, s.level) for s in skills]


def _may_give(request: Asked, roles: Iterable[tuple[str, UUID | None]]) -> None:
    """A role with no more rights than the giver's own, at a branch that they see."""
    given = list(roles)
    must(request, Verb.STAFF)
    for name, branch_id in given:
        if branch_id is not None and not everywhere(name):
            found(crew.branches_visible_to(who(request)), branch_id)
    crew.require_giving(who(request), given)


def _staff(request: Asked, person_id: UUID) -> Person:
    """Somebody whose every role the caller may change."""
    there = found(crew.people_visible_to(who(request)), person_id)
    _may_give(request, crew.roles_of(there.id))
    return there


@router.post("/people/{uuid:person_id}/roles", response=PersonOut)
def new_roles(request: Asked, person_id: UUID, body: RolesIn) -> Any:
    there = _staff(request, person_id)
    roles = [(r.name, r.branch_id) for r in body.roles]
    _may_give(request, roles)
    return _shown(set_roles(there.id, roles, **door(request, body)))


@router.post("/people/{uuid:person_id}/skills", response=PersonOut)
def new_skills(request: Asked, person_id: UUID, body: SkillsIn) -> Any:
    there = _staff(request, person_id)
    return _shown(set_skills(there.id, _levels(body.skills), **door(request, body)))


@router.post("/people/{uuid:person_id}/leaving", response=PersonOut)
def leaving(request: Asked, person_id: UUID, body: Write) -> Any:
    """They work here no longer: sessions end at once, devices may still deliver (everything is held)."""
    there = _staff(request, person_id)
    return _shown(disable_person(there.id, **door(request, body)))
