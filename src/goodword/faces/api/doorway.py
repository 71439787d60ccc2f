"""What every operation does: who looks, what they find, whether they may, and the door of the action."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from goodword.crew.queries import Viewer, people_visible_to, require, roles_of
from goodword.crew.rules import Verb
from goodword.customers.models import Customer
from goodword.customers.queries import visible_to as customers_visible_to
from goodword.faces.api.auth import Asked
from goodword.faces.api.inputs import Write
from goodword.kit.clock import company_now
from goodword.kit.refusals import NotFound
from goodword.visits.queries import customer_ids_of


def who(request: Asked) -> Viewer:
    return request.auth.viewer


def door(request: Asked, body: Write) -> dict[str, Any]:
    """``by``, ``at`` and ``command`` for the action."""
    return door_at(request, body.command, body.at)


def door_at(request: Asked, command: UUID, at: datetime | None = None) -> dict[str, Any]:
    return {"by": who(request).actor, "at": at or company_now(), "command": command}


def found[M: Model](rows: QuerySet[M], pk: UUID | str) -> M:
    """The row among those that may be seen, or 404: not there and not yours to see are one answer."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def must(request: Asked, verb: Verb, branch_id: UUID | None = None) -> None:
    """403 for a visible row without the right to this verb in its branch."""
    require(who(request), verb, branch_id)


def must_any(request: Asked, branch_id: UUID | None, *verbs: Verb) -> None:
    """At least one of the verbs; the refusal names who has the first."""
    if not any(who(request).may(verb, branch_id) for verb in verbs):
        must(request, verbs[0], branch_id)


def customers_seen(request: Asked) -> QuerySet[Customer]:
    """Customers of the branches that the viewer reads; a technician's are those whom their visits name."""
    viewer = who(request)
    named = customer_ids_of(viewer) if viewer.is_technician else None
    return customers_visible_to(viewer, named)


def colleague(request: Asked, person_id: UUID | None) -> UUID | None:
    """Somebody of the viewer's branches (or nobody), or 404."""
    return None if person_id is None else found(people_visible_to(who(request)), person_id).id


def home_branch(person_id: UUID) -> UUID | None:
    """The one branch of a person, or None (the company) for somebody of several."""
    branches = {branch for _role, branch in roles_of(person_id)}
    return branches.pop() if len(branches) == 1 else None
