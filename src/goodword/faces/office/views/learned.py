"""What was learned from finished work, from how much of it, and how well windows were forecast."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.dispatch.queries.judged import how_well
from goodword.dispatch.queries.learned import Learned, learned
from goodword.engine.learning import Tier
from goodword.engine.learning.labels import ENOUGH
from goodword.faces.office.views.pages import chosen_branch, desk, show
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.parts.bracket.wording import percent
from goodword.parts.doorway import SignedIn
from goodword.visits.models import WorkType
from goodword.visits.queries import work_types

MONTH = timedelta(days=30)
FEW = 30  # N-5: below, a share says nothing yet


@dataclass(frozen=True)
class WorkLine:
    """One kind of work: what was assumed, what it takes now, in minutes; ``between``: of the typical visit."""

    name: str
    assumed_min: int
    learned_min: int | None
    between: str
    n: int


@dataclass(frozen=True)
class TierLine:
    stated: str
    n: int
    kept: str
    between: str


@require_safe
@desk
def what_was_learned(request: SignedIn) -> HttpResponse:
    """For who keeps a branch's settings or staff: its newest version, and the last month's windows."""
    chosen = chosen_branch(request, request.viewer)
    if not request.viewer.may(Verb.STAFF, chosen.branch.id):
        require(request.viewer, Verb.SETTINGS, chosen.branch.id)
    now = company_now()
    known, judged = learned(chosen.branch.id, now), how_well(chosen.branch, now - MONTH, now)
    context: dict[str, Any] = {
        "chosen": chosen,
        "version": known.row,
        "work": [_work(row, known) for row in work_types()],
        "travel": _travel(known),
        "moved": _moved(known),
        "judged": judged,
        "stated_from": _stated_from(known),
        "tiers": [_tier(each) for each in judged.tiers if each.kept.n],
        "zone": zone(chosen.branch.zone),
        "now": now,
    }
    return show(request, "office/learned.html", context)


def _work(row: WorkType, known: Learned) -> WorkLine:
    found = known.row.found["work"].get(row.code) if known.row is not None else None
    assumed = round(row.mean_s / 60)
    taken = known.duration(row)
    if found is None or taken.assumed:
        return WorkLine(row.name, assumed, None, "", found["n"] if found else 0)
    low, high = (round(found[end] / 60) for end in ("low_s", "high_s"))
    return WorkLine(row.name, assumed, round(taken.mean_s / 60), f"{low}–{high}", found["n"])


def _travel(known: Learned) -> str:
    found = known.row.found.get("travel") if known.row is not None else None
    if not found or found["assumed"]:
        return _("How long drives are is taken from the roads: too few drives to learn from yet (%(n)d).") % {
            "n": found["n"] if found else 0
        }
    more = round(100 * (found["factor"] - 1.0))
    words = _("Drives take %(share)d %% longer than the roads say, from %(n)d drives.")
    if more < 0:
        words = _("Drives take %(share)d %% less than the roads say, from %(n)d drives.")
    return words % {"share": abs(more), "n": found["n"]}


def _moved(known: Learned) -> str:
    """What has changed in the last days, where it is more than its own doubt."""
    found = known.row.found.get("drift") if known.row is not None else None
    if not found or abs(found["longer"] - 1.0) < max(2.0 * found["doubt"], 0.02):
        return ""
    more = round(100 * (found["longer"] - 1.0))
    words = _("In the last days work took %(n)d %% longer than before; that is counted in.")
    if more < 0:
        words = _("In the last days work took %(n)d %% less than before; that is counted in.")
    return words % {"n": abs(more)}


def _stated_from(known: Learned) -> str:
    """Whether what we state is corrected by how windows ended."""
    labels = known.labels()
    if labels is not None:
        words = _("What we state when a window is offered is corrected by how %(n)d windows ended.")
        return words % {"n": labels.n}
    found = known.row.found.get("labels") if known.row is not None else None
    words = _(
        "What we state is taken as it is computed: it is corrected once %(enough)d windows have ended; so far %(n)d."
    )
    return words % {"enough": ENOUGH, "n": found["n"] if found else 0}


def _tier(each: Tier) -> TierLine:
    kept = each.kept
    few = kept.n < FEW or kept.estimate is None
    share = _("too few to say") if few else _("%(n)d %%") % {"n": percent(kept.estimate or 0.0)}
    between = "" if few else f"{round(100 * kept.low)}–{round(100 * kept.high)} %"
    return TierLine(_("%(n)d %%") % {"n": percent(each.stated or 0.0)}, kept.n, share, between)
