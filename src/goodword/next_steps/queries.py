"""Every read of next steps."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from goodword.crew.rules import Verb
from goodword.next_steps.models import Step, Steps

if TYPE_CHECKING:
    from goodword.crew.queries import Viewer


def visible_to(viewer: "Viewer") -> Steps:
    """The steps that this viewer may see: one's own, those of one's roles, those of the branches one reads."""
    if viewer.scopes is not None and Verb.READ not in viewer.scopes:
        return _all().none()
    theirs = Q(owner_id=viewer.person.id)
    for role, branch in viewer.held:
        theirs |= Q(owner_role=role) if branch is None else Q(owner_role=role, branch_id=branch)
    if viewer.branches is None:
        return _all()
    return _all().filter(theirs | Q(branch_id__in=viewer.branches))


def may_do(viewer: "Viewer", step: Step) -> bool:
    """Its owner, whoever has the role that owns it, and who may book or staff where it stands."""
    if step.owner_id == viewer.person.id:
        return True
    if any(viewer.may(verb, step.branch_id) for verb in (Verb.BOOK, Verb.STAFF)):
        return True
    return bool(step.owner_role and {(step.owner_role, step.branch_id), (step.owner_role, None)} & viewer.held)


def open_steps(viewer: "Viewer") -> Steps:
    """What is waiting, by due date."""
    return visible_to(viewer).waiting()


def steps_about(ids: Iterable[UUID], kind: str | None = None) -> Steps:
    """The steps about these rows, for the room that owns them; open ones first."""
    steps = _all().filter(about_id__in=list(ids)).order_by("done_at", "due_at")
    return steps.filter(kind=kind) if kind else steps


def overdue(as_of: datetime) -> Steps:
    """What should have been done by ``as_of`` (company time) and is not."""
    return _all().waiting().filter(due_at__lte=as_of)


def _all() -> Steps:
    steps: Steps = Step.objects.select_related("owner", "branch")
    return steps
