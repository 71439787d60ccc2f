"""Which roads are closed."""

from __future__ import annotations

from datetime import datetime

from goodword.territory.models import Closure, ClosureQuerySet


def closures(*, not_over_at: datetime | None = None) -> ClosureQuerySet:
    """All closures; with an instant, those in force then and those to come. They are the company's, not a branch's."""
    return Closure.objects.all() if not_over_at is None else Closure.objects.not_over(not_over_at)
