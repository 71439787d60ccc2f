"""What the branch holds dearer than what: chosen in words, seen first on the last day that is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodword.crew import queries as crew
from goodword.crew.queries import Viewer, require
from goodword.crew.rules import Verb
from goodword.dispatch import actions as dispatch
from goodword.dispatch.models import WeightsTrial, WeightsVersion
from goodword.dispatch.queries.past_day import last_day_done
from goodword.dispatch.queries.weights import newest_trial, versions_of
from goodword.dispatch.rules.weights import Weights, in_words, weights_from
from goodword.faces.office.forms.weights import WeightsForm
from goodword.faces.office.views.acting import Door, carry_out, posted
from goodword.faces.office.views.pages import chosen_branch, desk
from goodword.faces.office.views.stories import names_of
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.parts.doorway import SignedIn

SHOWN = 12  # ours: so many earlier versions


@dataclass(frozen=True)
class Version:
    """One version: since when, by whom, in words; ``again``: its answers, to choose them once more."""

    since: datetime
    by: str
    says: str
    again: Mapping[str, str]
    in_force: bool


@dataclass(frozen=True)
class Figure:
    """One figure of the day: as it stood, with the weights in force, with those on trial."""

    name: str
    stood: str
    in_force: str
    on_trial: str


@require_http_methods(["GET", "POST"])
@desk
def weights(request: SignedIn) -> HttpResponse:
    """For who keeps a branch's settings or staff. ``press`` says whether it is tried or used from now on."""
    chosen, now = chosen_branch(request, request.viewer), company_now()
    branch = chosen.branch
    if not request.viewer.may(Verb.STAFF, branch.id):
        require(request.viewer, Verb.SETTINGS, branch.id)
    rows = list(versions_of(branch.id, now)[:SHOWN])
    kept = weights_from(rows[0].chosen) if rows else Weights()
    trial = newest_trial(branch.id)
    if trial is not None and rows and trial.asked_at < rows[0].since:
        trial = None
    use = request.POST.get("press") == "use"
    context: dict[str, Any] = {
        "chosen": chosen, "now": now, "zone": zone(branch.zone), "kept_words": in_words(kept), "trial": trial,
        "day": trial.day if trial is not None else last_day_done(branch, now),
        "trial_words": in_words(weights_from(trial.chosen)) if trial is not None else "",
        "figures": _figures(trial) if trial is not None else [], "versions": _versions(request.viewer, rows),
        "is_ours": kept == Weights(), "ours": Weights().kept(),
    }  # fmt: skip
    shown = weights_from(trial.chosen) if trial is not None else kept
    return carry_out(
        request,
        WeightsForm(posted(request), weights=shown),
        lambda facts, door: _press(branch.id, facts, door, use=use),
        template="office/weights.html",
        context=context,
        to=reverse("office:weights") + f"?branch={branch.id}",
        says=_("From now on the branch weighs so.") if use else "",
    )


def _press(branch_id: UUID, facts: Mapping[str, Any], door: Door, *, use: bool) -> object:
    answers = {name: str(value) for name, value in facts.items()}
    return (dispatch.set_weights if use else dispatch.try_weights)(branch_id, answers, **door)


def _versions(viewer: Viewer, rows: list[WeightsVersion]) -> list[Version]:
    names = names_of(crew.people_visible_to(viewer).prefetch_related(None))
    return [
        Version(
            row.since,
            names.get(row.set_by, "") if row.set_by else "",
            in_words(weights_from(row.chosen)),
            weights_from(row.chosen).kept(),
            n == 0,
        )
        for n, row in enumerate(rows)
    ]


def _figures(trial: WeightsTrial) -> list[Figure]:
    found = trial.found
    if not found:
        return []

    def row(name: str, key: str, each: float = 1.0, digits: int = 0) -> Figure:
        columns = [f"{found[column][key] / each:.{digits}f}" for column in ("stood", "in_force", "on_trial")]
        return Figure(name, *columns)

    return [
        row(_("Promises broken, expected"), "broken", digits=1),
        row(_("Minutes of driving"), "driving_s", 60.0),
        row(_("Minutes of overtime"), "overtime_s", 60.0),
        row(_("Visits that somebody else would make"), "others"),
        row(_("Visits that nobody would make"), "left_out"),
    ]
