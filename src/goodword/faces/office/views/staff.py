"""Which colleague, and what the viewer may change of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodword.crew import queries as crew
from goodword.crew.models import Branch, Person, Role
from goodword.crew.queries import Viewer, require
from goodword.crew.rules import Verb, everywhere
from goodword.faces.office.forms.people import role_key
from goodword.kit.refusals import NotFound

ROLE_DOES = {
    "technician": lazy("their own visits, on the phone"),
    "office": lazy("take calls, book, correct what was recorded"),
    "dispatcher": lazy("book, assign and move visits, keep shifts"),
    "sales": lazy("read, and answer customers"),
    "manager": lazy("all of a branch’s work, its people and its money"),
    "accountant": lazy("read everything, keep the money"),
    "owner": lazy("everything but a technician’s steps"),
    "admin": lazy("people and settings; no customers"),
}  # crew/rules.py decides; docs/roles.md prints it


def require_reader(viewer: Viewer) -> None:
    """Who reads a branch or keeps the settings sees who works there; for anybody else there is nothing here."""
    if not (viewer.reads_branches or viewer.may(Verb.SETTINGS)):
        raise NotFound


def colleague(viewer: Viewer, person_id: UUID) -> Person:
    there = crew.people_visible_to(viewer).filter(id=person_id).first()
    if there is None:
        raise NotFound
    return there


def held_by(person: Person) -> list[tuple[str, UUID | None]]:
    return [(role.name, role.branch_id) for role in person.roles.all()]


def may_staff(viewer: Viewer, person: Person) -> bool:
    return viewer.may(Verb.STAFF) and all(viewer.may_give(*held) for held in held_by(person))


def may_plan(viewer: Viewer, person: Person) -> bool:
    """The right to shifts in one of the person's branches; for who works in all of them, in any."""
    branches = {branch for _name, branch in held_by(person)} or {None}
    return any(viewer.may(Verb.SHIFTS, branch) for branch in branches)


def to_plan(viewer: Viewer, person_id: UUID) -> Person:
    """A colleague whose time the viewer keeps."""
    there = colleague(viewer, person_id)
    if not may_plan(viewer, there):
        branch = next((branch for _name, branch in held_by(there) if branch is not None), None)
        require(viewer, Verb.SHIFTS, branch)
    return there


def role_choices(viewer: Viewer) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every role that the viewer may give, below what it may do: at which branch, or at all of them."""
    branches: list[Branch | None] = [*crew.branches_visible_to(viewer), None]
    found = []
    for name in Role.Name.values:
        where = [
            (role_key(name, branch.id if branch else None), branch.name if branch else _("all branches"))
            for branch in branches
            if (branch is None or not everywhere(name)) and viewer.may_give(name, branch.id if branch else None)
        ]
        if where:
            found.append((f"{str(Role.Name(name).label).capitalize()}: {ROLE_DOES[name]}", where))
    return found


def role_words(name: str, branch: Branch | None) -> str:
    label = str(Role.Name(name).label)
    return f"{label}, {branch.name}" if branch else _("%(role)s, all branches") % {"role": label}


def roles_words(person: Person, branches: Mapping[UUID, Branch]) -> list[str]:
    """What a person does where, as far as the viewer knows the branches."""
    seen = [(n, b) for n, b in held_by(person) if b is None or b in branches]
    return sorted(role_words(n, branches[b] if b else None) for n, b in seen)


def branches_of(viewer: Viewer) -> dict[UUID, Branch]:
    return {branch.id: branch for branch in crew.branches_visible_to(viewer)}


def zone_name(viewer: Viewer, person: Person) -> str:
    """Where the person's clock hangs: at their branch, else with the company."""
    known = branches_of(viewer)
    home = next((known[b] for _name, b in held_by(person) if b in known), None)
    return home.zone if home else crew.company().zone


def who_comes(branch: Branch, day: date, skills: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The technicians to choose from, by name: those trained for the work first, the others under their own heading."""
    asked = set(skills)
    people = crew.technicians(branch, day)
    able = [(str(t.person.id), t.person.name) for t in people if asked <= set(t.skills)]
    others = [(str(t.person.id), t.person.name) for t in people if not asked <= set(t.skills)]
    return [(heading, row) for heading, row in ((_("Trained for it"), able), (_("Not trained for it"), others)) if row]
