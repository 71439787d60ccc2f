"""Who may change what we say, and for which branch: the company's words and each branch's own."""

from uuid import UUID

from django.utils.translation import gettext as _

from goodword.crew import queries as crew
from goodword.crew.models import Branch
from goodword.crew.queries import Viewer, require
from goodword.crew.rules import Verb
from goodword.faces.office.views.pages import uuid_or_none
from goodword.kit.refusals import NotFound


def may_write(viewer: Viewer, branch_id: UUID | None) -> bool:
    """A branch's own words, by who staffs it; the company's, by who sets up (design 5)."""
    return viewer.may(Verb.SETTINGS) or (branch_id is not None and viewer.may(Verb.STAFF, branch_id))


def require_writing(viewer: Viewer, branch_id: UUID | None) -> None:
    if not may_write(viewer, branch_id):
        require(viewer, Verb.SETTINGS)


def branch_of(viewer: Viewer, text: str) -> Branch | None:
    """The branch that an address names; none: the company. One that the viewer does not know is not there."""
    if not text:
        return None
    wanted = uuid_or_none(text)
    found = next((b for b in crew.branches_visible_to(viewer) if b.id == wanted), None)
    if found is None:
        raise NotFound
    return found


def writable(viewer: Viewer) -> list[tuple[str, str]]:
    """The company and the branches whose words the viewer may change, as choices."""
    rows = [("", _("all branches"))] if may_write(viewer, None) else []
    return rows + [(str(b.id), b.name) for b in crew.branches_visible_to(viewer) if may_write(viewer, b.id)]
