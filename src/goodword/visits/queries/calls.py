"""What a call told about people, for those who need it."""

from goodword.crew.queries import Viewer
from goodword.crew.rules import Verb
from goodword.visits.models import Request, Visit


def whom_it_hits(viewer: Viewer, request: Request) -> list[str]:
    """The flags about people (S1-1): for who plans at that branch, and for the technician who is to go there."""
    if not request.vulnerability:
        return []
    if viewer.may(Verb.BOOK, request.branch_id):
        return list(request.vulnerability)
    theirs = Visit.objects.filter(
        order__request=request, technician=viewer.person, completed_at=None, cancelled_at=None, moved_at=None
    )
    return list(request.vulnerability) if theirs.exists() else []
