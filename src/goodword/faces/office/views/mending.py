"""What could be done now that promises are in trouble: the ways side by side; one is chosen and done whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.crew.models import Branch
from goodword.crew.queries import Viewer, require
from goodword.crew.rules import Verb
from goodword.dispatch import actions as dispatch
from goodword.dispatch.queries.repair import Way, Ways, ways_to_mend
from goodword.faces.office.forms.visits import MendForm
from goodword.faces.office.views.acting import carry_out, posted
from goodword.faces.office.views.day import Day
from goodword.faces.office.views.pages import chosen_branch, desk
from goodword.faces.office.views.planning import Change, changes_of, driving_words
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.parts.doorway import SignedIn


@dataclass(frozen=True)
class WayView:
    """One way as Today and its own page show it."""

    way: Way
    changes: Sequence[Change]
    driving: str
    overtime: str


def ways_view(found: Ways | None) -> list[WayView]:
    """The cheapest first."""
    ways = found.ways if found is not None else ()
    return [
        WayView(way, tuple(changes_of(way.promises)), driving_words(way.added_travel_s), _over(way)) for way in ways
    ]


def _over(way: Way) -> str:
    minutes = round(way.added_overtime_s / 60)
    if minutes == 0:
        return ""
    return (_("%(n)d min more overtime") if minutes > 0 else _("%(n)d min less overtime")) % {"n": abs(minutes)}


def proposed(viewer: Viewer, branch: Branch, day: Day) -> dict[str, Any]:
    """For the tray of today's board, where the viewer may plan; nothing on other days."""
    found = ways_to_mend(branch) if day.is_today and viewer.may(Verb.ASSIGN, branch.id) else None
    return {"proposal": found, "ways": ways_view(found)}


@require_http_methods(["GET", "POST"])
@desk
def mending(request: SignedIn) -> HttpResponse:
    """Compare the ways; do one."""
    chosen = chosen_branch(request, request.viewer)
    require(request.viewer, Verb.ASSIGN, chosen.branch.id)
    found = ways_to_mend(chosen.branch)
    to = reverse("office:today") + f"?branch={chosen.branch.id}"
    return carry_out(
        request,
        MendForm(posted(request)),
        lambda facts, door: dispatch.repair(chosen.branch.id, facts["way"], **door),
        template="office/today/mending.html",
        context={
            "chosen": chosen,
            "proposal": found,
            "ways": ways_view(found),
            "zone": zone(chosen.branch.zone),
            "now": company_now(),
        },
        to=to,
        says=_("Planned anew. What was said to each customer stays."),
    )
