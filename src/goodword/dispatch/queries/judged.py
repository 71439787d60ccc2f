"""How well windows were forecast: the probability stated when each was agreed on, beside whether it was kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np

from goodword.crew.models import Branch
from goodword.dispatch.models import Option
from goodword.engine.learning import Reliability, reliability
from goodword.kit.calendar import zone
from goodword.promises.models import Promise
from goodword.promises.rules import State

Window = tuple[UUID, datetime, datetime]


def how_well(branch: Branch, since: datetime, until: datetime) -> Reliability:
    """Windows whose time was up in a span, that were chosen among offers and then kept or broken.

    What a customer changed or released is no verdict on the forecast and is left out. Three queries.
    """
    verdicts = _verdicts(branch, since, until)
    stated, kept, day = [], [], []
    where = zone(branch.zone)
    for key, p_kept in _stated(branch, since, until).items():
        if key in verdicts:
            stated.append(p_kept)
            kept.append(1.0 if verdicts[key] == State.KEPT else 0.0)
            day.append(key[2].astimezone(where).date().toordinal())
    return reliability(np.array(stated), np.array(kept), np.array(day, dtype=np.int64))


def _stated(branch: Branch, since: datetime, until: datetime) -> dict[Window, float]:
    """By order or request, and the window's ends."""
    rows: Any = Option.objects.filter(
        offer__branch=branch, status=Option.Status.CHOSEN, closes_at__gt=since, closes_at__lte=until
    ).select_related("offer__moving")
    return {
        (
            row.offer.moving.order_id if row.offer.moving else row.offer.request_id,
            row.opens_at,
            row.closes_at,
        ): row.p_kept
        for row in rows
    }


def _verdicts(branch: Branch, since: datetime, until: datetime) -> dict[Window, str]:
    rows = Promise.objects.filter(
        branch=branch, type=Promise.Type.ARRIVAL_WINDOW, closes_at__gt=since, closes_at__lte=until,
        verdict__state__in=[State.KEPT, State.BROKEN], visit__isnull=False,
    ).select_related("visit__order", "verdict")  # fmt: skip
    found: dict[Window, str] = {}
    for row in rows:
        assert row.visit is not None and row.opens_at is not None
        for about in (row.visit.order_id, row.visit.order.request_id):
            if about is not None:
                found[about, row.opens_at, row.closes_at] = row.verdict.state
    return found
