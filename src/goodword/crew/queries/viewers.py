"""Who looks, and what they may do where. Every read of every room begins with a Viewer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew.models import Person, Role
from goodword.crew.rules import READS_BRANCH, VERBS, Verb, branches_of, everywhere, roles_with
from goodword.crew.rules import may as may_any
from goodword.kit.actors import Actor
from goodword.kit.refusals import Forbidden


@dataclass(frozen=True)
class Viewer:
    """A signed-in person, or a token: its person's rights within its scopes.

    ``branches`` are those whose rows may be read (None: all; empty: none); ``held``: each role with its branch.
    """

    person: Person
    roles: frozenset[str]
    branches: frozenset[UUID] | None
    scopes: frozenset[str] | None = None
    held: frozenset[tuple[str, UUID | None]] = field(default_factory=frozenset)

    @property
    def actor(self) -> Actor:
        return Actor("person" if self.scopes is None else "token", self.person.id, self.person.name)

    @property
    def is_technician(self) -> bool:
        """Technician and nothing else: sees what their own visits name."""
        return self.roles == {"technician"}

    @property
    def reads_branches(self) -> bool:
        return self.branches != frozenset()

    @property
    def works_in(self) -> frozenset[UUID] | None:
        """The branches of any role, reading or not (None: all)."""
        return branches_of(self.held)

    def branches_where(self, verb: Verb) -> frozenset[UUID] | None:
        """The branches in which the viewer has a verb (None: all)."""
        if not self._in_scope(verb):
            return frozenset()
        return branches_of(self.held, frozenset(r for r in self.roles if may_any([r], verb)))

    def may(self, verb: Verb, branch_id: UUID | None = None) -> bool:
        """Whether the viewer has a verb in a branch; without a branch: anywhere at all."""
        return self._in_scope(verb) and any(
            may_any([role], verb) and (branch_id is None or branch in (None, branch_id) or everywhere(role))
            for role, branch in self.held
        )

    def may_give(self, role: str, branch_id: UUID | None) -> bool:
        """Whether the viewer may give somebody this role, or take it: nobody gives rights that they do not hold there.

        The steps of a visit are one's own work and no right over others. Whoever keeps the settings sets up everybody
        but owners.
        """
        where = None if everywhere(role) else branch_id
        needed = {Verb.STAFF} | VERBS.get(role, frozenset()) - {Verb.STAGE}
        if role != "owner" and self._holds(Verb.SETTINGS, where):
            needed = {Verb.STAFF}
        return all(self._holds(verb, where) for verb in needed)

    def _holds(self, verb: Verb, branch_id: UUID | None) -> bool:
        """In this branch; without one: in all of them."""
        return self.branches_where(verb) is None if branch_id is None else self.may(verb, branch_id)

    def _in_scope(self, verb: Verb) -> bool:
        return self.scopes is None or verb in self.scopes


def viewer_of(person: Person, scopes: Iterable[str] | None = None) -> Viewer:
    """The viewer behind a person: one query, and none for somebody who no longer works here."""
    held: frozenset[tuple[str, UUID | None]] = frozenset()
    if person.is_active:
        held = frozenset(Role.objects.filter(person=person).values_list("name", "branch_id"))
    within = None if scopes is None else frozenset(scopes)
    reads = within is None or Verb.READ in within
    branches = branches_of(held, READS_BRANCH) if reads else frozenset()
    return Viewer(person, frozenset(role for role, _branch in held), branches, within, held)


def require(viewer: Viewer, verb: Verb, branch_id: UUID | None = None) -> None:
    """Raise Forbidden (403) for a visible row without the right to this verb."""
    if not viewer.may(verb, branch_id):
        names = [str(Role.Name(role).label) for role in roles_with(verb)[:2]]
        raise Forbidden(who=_(" or ").join(names), verb=str(verb))


def require_giving(viewer: Viewer, roles: Iterable[tuple[str, UUID | None]]) -> None:
    """Raise Forbidden (403) for a role that the viewer may not give or take; it names who may."""
    require(viewer, Verb.STAFF)
    if not all(viewer.may_give(*held) for held in roles):
        raise Forbidden(who=_("an owner"), verb=str(Verb.STAFF))
