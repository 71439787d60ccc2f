"""What finished work has taught a branch, in force now or at any past moment."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword import engine
from goodword.dispatch.models import LearnedVersion
from goodword.engine.learning import Features, Filter, LabelMap
from goodword.visits.models import WorkType

SLOWEST, FASTEST = 1.5, 1 / 1.5  # ours: beyond, a person's factor is rather a mistake in the records


@dataclass(frozen=True)
class Learned:
    """One version; without a row everything is assumed, as the kinds of work say."""

    row: LearnedVersion | None = None

    def duration(self, work: WorkType) -> engine.Duration:
        """Mean and spread of a kind of work; assumed where too little is known, or somebody has changed it since."""
        assumed = engine.Duration(mean_s=float(work.mean_s), cv=work.cv, assumed=work.assumed)
        known = self._known("work", work.code)
        if not known or known["assumed"] or (known["was_mean_s"], known["was_cv"]) != (work.mean_s, work.cv):
            return assumed
        return engine.Duration(mean_s=known["mean_s"], cv=known["cv"], assumed=False)

    def factor(self, person_id: UUID) -> float:
        """On-site time of a person beside the branch's average; 1 for somebody of whom little is known."""
        known = self._known("people", str(person_id))
        return min(max(float(known["factor"]), FASTEST), SLOWEST) if known else 1.0

    def travel(self, travel: engine.Travel) -> engine.Travel:
        """Driving times as they turned out here, and how much they spread."""
        known = self.row.found.get("travel") if self.row is not None else None
        if not known or known["assumed"]:
            return travel
        seconds = travel.seconds * known["factor"]
        return replace(travel, seconds=seconds, day_cv=known["day_cv"], leg_cv=known["leg_cv"], assumed=False)

    def labels(self) -> LabelMap | None:
        """The map from computed to stated probabilities; None where too few windows have ended to learn one."""
        known = self.row.found.get("labels") if self.row is not None else None
        if not known or known["assumed"]:
            return None
        return LabelMap(**known | {"weights": tuple(known["weights"])})

    def stated(self, features: Features, under: Filter) -> float:
        """The probability to state; as it was computed where no map speaks for this filter."""
        labels = self.labels()
        return labels.label(features, under) if labels is not None and labels.under == under.version else features.raw

    def _known(self, kind: str, key: str) -> dict[str, Any] | None:
        return self.row.found.get(kind, {}).get(key) if self.row is not None else None


def learned(branch_id: UUID, as_of: datetime) -> Learned:
    """The version that was in force at a moment. One query."""
    rows = LearnedVersion.objects.filter(branch=branch_id, made_at__lte=as_of)
    return Learned(rows.order_by("-as_of").first())
