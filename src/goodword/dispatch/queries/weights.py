"""What a branch holds dearer than what, now or at any past moment."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from goodword.dispatch.models import WeightsTrial, WeightsVersion
from goodword.dispatch.rules.weights import Weights, weights_from


def versions_of(branch_id: UUID, as_of: datetime) -> QuerySet[WeightsVersion]:
    """Newest first: the first is in force; none, where nobody has weighed anything."""
    return WeightsVersion.objects.filter(branch=branch_id, since__lte=as_of).order_by("-since", "-id")


def weights_of(branch_id: UUID, as_of: datetime) -> Weights:
    """Those in force at a moment. One query."""
    version = versions_of(branch_id, as_of).first()
    return weights_from(version.chosen) if version is not None else Weights()


def newest_trial(branch_id: UUID) -> WeightsTrial | None:
    return WeightsTrial.objects.filter(branch=branch_id).order_by("-asked_at", "-id").first()
