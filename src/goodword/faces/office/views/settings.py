from django.http import HttpResponse
from django.views.decorators.http import require_safe

from goodword.crew import queries as crew
from goodword.crew.models import Branch, Role
from goodword.crew.queries import Viewer
from goodword.crew.rules import Verb
from goodword.dispatch.queries.day_plans import evening_plan
from goodword.faces.office.views.pages import show
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import NotFound
from goodword.parts.doorway import SignedIn, signed_in


def _may_set(viewer: Viewer, branch: Branch) -> bool:
    """Who may have the branch's evening planned, on the page for those who read it."""
    reads = viewer.branches is None or branch.id in viewer.branches
    return reads and (viewer.may(Verb.SETTINGS, branch.id) or viewer.may(Verb.STAFF, branch.id))


@require_safe
@signed_in
def settings(request: SignedIn) -> HttpResponse:
    """The company, its branches with their hours, its people. Branches change from the command line for now."""
    viewer = request.viewer
    if not (viewer.reads_branches or viewer.may(Verb.SETTINGS)):
        raise NotFound
    now = company_now()
    branches = [
        (b, crew.hours_on(b, now.astimezone(zone(b.zone)).date()), evening_plan(b), _may_set(viewer, b))
        for b in crew.branches_visible_to(viewer)
    ]
    people = [
        (person, ", ".join(sorted({str(Role.Name(r.name).label) for r in person.roles.all()})))
        for person in crew.people_visible_to(viewer)
    ]
    context = {"company": crew.company(), "branches": branches, "people": people, "now": now}
    return show(request, "office/settings.html", context)
