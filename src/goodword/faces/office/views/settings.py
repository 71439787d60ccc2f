from django.http import HttpResponse
from django.views.decorators.http import require_safe

from goodword.crew import queries as crew
from goodword.crew.models import Role
from goodword.crew.rules import Verb
from goodword.faces.office.views.pages import show
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import NotFound
from goodword.parts.doorway import SignedIn, signed_in


@require_safe
@signed_in
def settings(request: SignedIn) -> HttpResponse:
    """The company, its branches with their hours, its people. Branches change from the command line for now."""
    viewer = request.viewer
    if not (viewer.reads_branches or viewer.may(Verb.SETTINGS)):
        raise NotFound
    now = company_now()
    branches = [(b, crew.hours_on(b, now.astimezone(zone(b.zone)).date())) for b in crew.branches_visible_to(viewer)]
    people = [
        (person, ", ".join(sorted({str(Role.Name(r.name).label) for r in person.roles.all()})))
        for person in crew.people_visible_to(viewer)
    ]
    context = {"company": crew.company(), "branches": branches, "people": people, "now": now}
    return show(request, "office/settings.html", context)
