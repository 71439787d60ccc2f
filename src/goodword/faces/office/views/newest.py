"""The newest that passed between a customer and us, so that whoever picks up the phone knows it first (S1-27)."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.crew.queries import Viewer
from goodword.customers.queries import Card
from goodword.dispatch.queries.board import stops_of
from goodword.faces.office.views.stories import outcome_words
from goodword.promises.rules import State as Verdict
from goodword.visits.models import Visit
from goodword.visits.queries import requests_visible_to
from goodword.visits.queries import visible_to as visits_visible_to

SHOWN = 3  # ours
STATES = {Verdict.KEPT: "kept", Verdict.BROKEN: "broken", Verdict.RENEGOTIATED: "renegotiated"}


@dataclass(frozen=True)
class Passed:
    """One time that we met or heard each other. How they felt, where nobody knows, is said to be unknown (G-5)."""

    at: datetime
    what: str
    url: str
    words: str = ""
    state: str = ""
    felt: str = ""


def newest_with(viewer: Viewer, card: Card) -> list[Passed]:
    """Calls and visits of the whole family, the newest first, in five queries."""
    asked = requests_visible_to(viewer).filter(customer__in=card.family).order_by("-taken_at")[:SHOWN]
    calls = [Passed(r.taken_at, _("they asked us"), reverse("office:request", args=[r.id]), r.words) for r in asked]
    there = visits_visible_to(viewer).filter(order__customer__in=card.family, arrived_at__isnull=False)
    visits = [_visit(s.visit, s.verdict) for s in stops_of(list(there.order_by("-arrived_at")[:SHOWN]))]
    return sorted(calls + visits, key=lambda one: one.at, reverse=True)[:SHOWN]


def _visit(row: Visit, verdict: str) -> Passed:
    outcome = outcome_words(row.outcome) if row.outcome else _("not finished")
    felt = {True: _("satisfied"), False: _("not satisfied"), None: _("nobody knows how they felt")}[row.satisfied]
    at = row.completed_at or row.arrived_at
    assert at is not None
    what = f"{row.order.work_type.name}, {outcome}"
    return Passed(at, what, reverse("office:visit", args=[row.id]), state=STATES.get(Verdict(verdict), ""), felt=felt)
